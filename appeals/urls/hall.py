"""The hall of a meeting: short addresses for phones, the screen, the sheet for the wall."""

from django.urls import path

from appeals.views import hall

urlpatterns = [
    path("", hall.entrance, name="hall_entrance"),
    path("<slug:code>/", hall.hall, name="hall"),
    path("<slug:code>/ask/", hall.ask, name="hall_ask"),
    path("<slug:code>/screen/", hall.screen, name="hall_screen"),
    path("<slug:code>/poster/", hall.poster, name="hall_poster"),
    path("<slug:code>/<uuid:uuid>/support/", hall.support, name="hall_support"),
]
