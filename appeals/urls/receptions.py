"""Personal receptions: what citizens open."""

from django.urls import path

from appeals.views import bookings, receptions

urlpatterns = [
    path("", receptions.reception_list, name="reception_list"),
    path("<uuid:uuid>/", receptions.reception, name="reception"),
    path("<uuid:uuid>/book/", receptions.book, name="reception_book"),
    path("<uuid:uuid>/queue/", receptions.queue, name="reception_queue"),
    path("bookings/<str:token>/", bookings.booking, name="booking"),
    path("bookings/<str:token>/entry.ics", bookings.entry, name="booking_entry"),
]
