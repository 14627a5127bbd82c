"""Demands for meetings at the desk: read first by the commission, answered by the office."""

from django.urls import path

from appeals.views import demand_desk

urlpatterns = [
    path("", demand_desk.demands, name="desk_demands"),
    path("<uuid:uuid>/", demand_desk.demand, name="desk_demand"),
    path("<uuid:uuid>/meeting/", demand_desk.meet, name="desk_demand_meeting"),
    path("<uuid:uuid>/person/", demand_desk.read_person, name="desk_demand_person"),
    path("<uuid:uuid>/<slug:deed>/", demand_desk.act, name="desk_demand_act"),
]
