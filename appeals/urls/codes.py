"""Where codes from letters are typed."""

from django.urls import path

from appeals.views import codes

urlpatterns = [
    path("confirm/<uuid:uuid>/", codes.confirm, name="confirm"),
    path("confirm/<uuid:uuid>/again/", codes.again, name="confirm_again"),
]
