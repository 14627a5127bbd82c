"""The desk of personal receptions."""

from django.urls import path

from appeals.views import booking_desk, reception_desk, reception_journal, reception_plan

urlpatterns = [
    path("", reception_desk.reception_list, name="desk_receptions"),
    path("new/", reception_plan.new, name="desk_reception_new"),
    path("<uuid:uuid>/", reception_desk.reception, name="desk_reception"),
    path("<uuid:uuid>/edit/", reception_plan.edit, name="desk_reception_edit"),
    path("<uuid:uuid>/names/", booking_desk.names, name="desk_reception_names"),
    path("<uuid:uuid>/journal/", reception_journal.take, name="desk_reception_journal"),
    path("<uuid:uuid>/call/", booking_desk.call_next, name="desk_reception_call"),
    path("<uuid:uuid>/enter/", booking_desk.enter, name="desk_reception_enter"),
    path("<uuid:uuid>/bookings/<uuid:booking>/", booking_desk.booking, name="desk_booking"),
    path("<uuid:uuid>/bookings/<uuid:booking>/<slug:deed>/", booking_desk.act,
         name="desk_booking_act"),
    path("<uuid:uuid>/<slug:deed>/", reception_desk.act, name="desk_reception_act"),
]  # fmt: skip
