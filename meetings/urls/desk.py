"""What staff open."""

from django.urls import path

from meetings.views import (
    approval,
    desk,
    desk_calendar,
    desk_findings,
    desk_lines,
    desk_log,
    desk_meetings,
    desk_year,
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
    path("calendars/<uuid:uuid>/log/", desk_log.log, name="desk_log"),
    path("calendars/<uuid:uuid>/meetings/", desk_meetings.published, name="desk_meetings"),
    path("calendars/<uuid:uuid>/decide/<str:step>/", approval.decision, name="desk_decide"),
    path("meetings/<uuid:uuid>/", desk_meetings.meeting, name="desk_meeting"),
    path("meetings/<uuid:uuid>/<slug:deed>/", desk_meetings.act, name="desk_meeting_act"),
]
