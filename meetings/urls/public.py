"""What citizens open."""

from django.urls import path

from meetings.urls import converters  # noqa: F401 - registers <kato:…>
from meetings.views import calendars, places, public

urlpatterns = [
    path("", public.home, name="home"),
    path("meetings/", public.meeting_list, name="meeting_list"),
    path("meetings/<uuid:uuid>/", public.meeting, name="meeting"),
    path("units/", places.unit_search, name="unit_search"),
    path("units/<kato:kato>/", places.unit, name="unit"),
    path("calendars/<int:year>/", calendars.year, name="year"),
    path("calendars/<int:year>/<kato:kato>/", calendars.region_calendar, name="region_calendar"),
]
