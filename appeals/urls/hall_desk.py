"""The row in the hall, as the secretary notes it."""

from django.urls import path

from appeals.views import hall_desk

urlpatterns = [
    path("", hall_desk.enter, name="hall_enter"),
    path("<uuid:item>/<slug:deed>/", hall_desk.act, name="hall_act"),
]
