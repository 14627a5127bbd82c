"""What staff open."""

from django.urls import path

from meetings.urls import converters  # noqa: F401 - registers <kato:…>
from meetings.views import (
    approval,
    day,
    desk,
    desk_calendar,
    desk_call,
    desk_findings,
    desk_lines,
    desk_log,
    desk_meetings,
    desk_year,
    protocols,
)

urlpatterns = [
    path("", desk.dashboard, name="desk"),
    path("open/", desk.open_year, name="desk_open"),
    path("calendars/<uuid:uuid>/", desk_calendar.calendar, name="desk_calendar"),
    path("calendars/<uuid:uuid>/lines/", desk_lines.add, name="desk_lines"),
    path("calendars/<uuid:uuid>/lines/<uuid:line>/", desk_lines.line, name="desk_line"),
    path("calendars/<uuid:uuid>/lines/<uuid:line>/drop/", desk_lines.drop, name="desk_line_drop"),
    path("calendars/<uuid:uuid>/lines/<uuid:line>/undo/", desk_lines.undo, name="desk_line_undo"),
    path("calendars/<uuid:uuid>/targets/", desk_lines.targets, name="desk_targets"),
    path("calendars/<uuid:uuid>/grid/", desk_year.grid, name="desk_grid"),
    path("calendars/<uuid:uuid>/findings/", desk_findings.findings, name="desk_findings"),
    path("calendars/<uuid:uuid>/explain/", desk_findings.explain, name="desk_explain"),
    path(
        "calendars/<uuid:uuid>/explain-together/",
        desk_findings.explain_together,
        name="desk_explain_together",
    ),
    path("calendars/<uuid:uuid>/log/", desk_log.log, name="desk_log"),
    path("calendars/<uuid:uuid>/meetings/", desk_meetings.published, name="desk_meetings"),
    path("calendars/<uuid:uuid>/decide/<str:step>/", approval.decision, name="desk_decide"),
    path("units/<kato:kato>/call/", desk_call.call, name="desk_call"),
    path("meetings/<uuid:uuid>/", desk_meetings.meeting, name="desk_meeting"),
    path("meetings/<uuid:uuid>/day/", day.console, name="desk_day"),
    path("meetings/<uuid:uuid>/day/open/", day.open_console, name="desk_day_open"),
    path("meetings/<uuid:uuid>/day/part/", day.part, name="desk_day_part"),
    path("meetings/<uuid:uuid>/day/note/", day.note, name="desk_day_note"),
    path("meetings/<uuid:uuid>/day/describe/", day.describe, name="desk_day_describe"),
    path("meetings/<uuid:uuid>/protocol/", protocols.protocol, name="desk_protocol"),
    path("meetings/<uuid:uuid>/protocol/begin/", protocols.begin, name="desk_protocol_begin"),
    path(
        "meetings/<uuid:uuid>/protocol/<int:number>/",
        protocols.protocol,
        name="desk_protocol_version",
    ),
    path(
        "meetings/<uuid:uuid>/protocol/<int:number>/write/",
        protocols.write,
        name="desk_protocol_write",
    ),
    path(
        "meetings/<uuid:uuid>/protocol/<int:number>/sign/",
        protocols.sign,
        name="desk_protocol_sign",
    ),
    path(
        "meetings/<uuid:uuid>/protocol/<int:number>/publish/",
        protocols.publish,
        name="desk_protocol_publish",
    ),
    path(
        "meetings/<uuid:uuid>/protocol/<int:number>/<str:language>.<str:kind>",
        protocols.paper,
        name="desk_protocol_paper",
    ),
    path("meetings/<uuid:uuid>/<slug:deed>/", desk_meetings.act, name="desk_meeting_act"),
]
