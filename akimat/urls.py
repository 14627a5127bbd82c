"""Addresses of the site; those that stay are listed in the README."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from akimat import views
from meetings.maslikhat_admin import maslikhat_site

urlpatterns = [
    path("", views.root, name="root"),
    path("favicon.ico", views.icon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("health/live", views.live, name="health_live"),
    path("health/ready", views.ready, name="health_ready"),
    path("feeds/", include("meetings.urls.feeds")),
    path("accounts/", include("akimat.account_urls")),
    path("admin/", admin.site.urls),
    path("maslikhat-admin/", maslikhat_site.urls),
    *i18n_patterns(
        path("", include("meetings.urls.public")),
        path("", include("meetings.urls.revisions")),
        path("desk/", include("meetings.urls.desk")),
        path("maslikhat/", include("meetings.urls.maslikhat")),
    ),
]

handler400 = "akimat.views.bad_request"
handler403 = "akimat.views.permission_denied"
handler404 = "akimat.views.page_not_found"
handler500 = "akimat.views.server_error"
handler429 = "akimat.views.too_many_requests"
