"""Addresses of the site; those that stay are listed in the README."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from akimat import letters, views
from appeals.views.hall import short as hall_short
from meetings.maslikhat_admin import maslikhat_site

urlpatterns = [
    path("", views.root, name="root"),
    path("favicon.ico", views.icon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("health/live", views.live, name="health_live"),
    path("health/ready", views.ready, name="health_ready"),
    path("feeds/", include("meetings.urls.feeds")),
    path("h/<slug:code>", hall_short, name="hall_short"),
    path("accounts/", include("akimat.account_urls")),
    path("admin/", admin.site.urls),
    path("maslikhat-admin/", maslikhat_site.urls),
    *i18n_patterns(
        path("letters/stop/<str:token>/", letters.stop, name="stop_letters"),
        path("mailbox/", letters.mailbox, name="mailbox"),
        path("", include("meetings.urls.public")),
        path("", include("meetings.urls.revisions")),
        path("", include("appeals.urls.codes")),
        path("desk/requests/", include("appeals.urls.queue")),
        path("desk/sittings/", include("appeals.urls.sittings")),
        path("", include("appeals.urls.questions")),
        path("my-data/", include("appeals.urls.my_data")),
        path("receptions/", include("appeals.urls.receptions")),
        path("h/", include("appeals.urls.hall")),
        path("desk/receptions/", include("appeals.urls.reception_desk")),
        path("demands/", include("appeals.urls.demands")),
        path("desk/demands/", include("appeals.urls.demand_desk")),
        path("desk/meetings/<uuid:uuid>/day/hall/", include("appeals.urls.hall_desk")),
        path("problems/", include("appeals.urls.problems")),
        path("desk/", include("appeals.urls.pool")),
        path("desk/", include("meetings.urls.desk")),
        path("maslikhat/", include("meetings.urls.maslikhat")),
    ),
]

handler400 = "akimat.views.bad_request"
handler403 = "akimat.views.permission_denied"
handler404 = "akimat.views.page_not_found"
handler500 = "akimat.views.server_error"
handler429 = "akimat.views.too_many_requests"
