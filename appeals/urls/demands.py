"""Demands for meetings: what everybody opens."""

from django.urls import path

from appeals.views import demand_following, demands

urlpatterns = [
    path("", demands.demand_list, name="demand_list"),
    path("new/", demands.new, name="demand_new"),
    path("follow/<str:token>/", demand_following.follow, name="demand_follow"),
    path("follow/<str:token>/object/", demand_following.object_to, name="demand_follow_object"),
    path("<uuid:uuid>/", demands.demand, name="demand"),
    path("<uuid:uuid>/support/", demands.support, name="demand_support"),
]
