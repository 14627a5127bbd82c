"""The commission's desk: its sittings."""

from django.urls import path

from appeals.views import sitting, sittings

urlpatterns = [
    path("", sittings.sitting_list, name="desk_sittings"),
    path("plan/", sittings.plan, name="desk_sitting_plan"),
    path("<uuid:uuid>/", sitting.sitting, name="desk_sitting"),
    path("<uuid:uuid>/members/", sittings.members, name="desk_sitting_members"),
    path("<uuid:uuid>/agenda/", sittings.pick, name="desk_sitting_agenda"),
    path(
        "<uuid:uuid>/protocol-<slug:language>.<slug:kind>",
        sittings.protocol,
        name="desk_sitting_protocol",
    ),
    path("<uuid:uuid>/<slug:deed>/", sitting.act, name="desk_sitting_act"),
]
