"""What citizens open."""

from django.urls import path

from meetings.urls import converters  # noqa: F401 - registers <kato:…>
from meetings.views import akims, calendars, places, public, public_protocols

urlpatterns = [
    path("", public.home, name="home"),
    path("meetings/", public.meeting_list, name="meeting_list"),
    path("meetings/<uuid:uuid>/", public.meeting, name="meeting"),
    path("meetings/<uuid:uuid>/protocol/", public_protocols.protocol, name="meeting_protocol"),
    path(
        "meetings/<uuid:uuid>/protocol/<int:number>/",
        public_protocols.protocol,
        name="meeting_protocol_version",
    ),
    path(
        "meetings/<uuid:uuid>/protocol/<int:number>/protocol.json",
        public_protocols.text,
        name="meeting_protocol_json",
    ),
    path(
        "meetings/<uuid:uuid>/protocol/<int:number>/<str:language>.<str:kind>",
        public_protocols.paper,
        name="meeting_protocol_paper",
    ),
    path("units/", places.unit_search, name="unit_search"),
    path("units/<kato:kato>/", places.unit, name="unit"),
    path("akims/<kato:kato>/", akims.akim, name="akim"),
    path("calendars/<int:year>/", calendars.year, name="year"),
    path("calendars/<int:year>/<kato:kato>/", calendars.region_calendar, name="region_calendar"),
]
