"""What deputies and the chair of a maslikhat open."""

from django.urls import path

from meetings.views import maslikhat

urlpatterns = [
    path("", maslikhat.calendars, name="maslikhat"),
    path("changes/", maslikhat.changes, name="maslikhat_changes"),
    path("changes/<uuid:uuid>/", maslikhat.confirm, name="maslikhat_confirm"),
    path("calendars/<uuid:uuid>/", maslikhat.calendar, name="maslikhat_calendar"),
    path("calendars/<uuid:uuid>/remarks/", maslikhat.remark, name="maslikhat_remark"),
    path("calendars/<uuid:uuid>/word/", maslikhat.word, name="maslikhat_word"),
    path("calendars/<uuid:uuid>/decide/<str:step>/", maslikhat.decision, name="maslikhat_decide"),
]
