"""Addresses of feeds: they stay for as long as anybody is subscribed."""

from django.urls import path, re_path

from meetings.views import feeds

urlpatterns = [
    path("meetings/<uuid:uuid>.ics", feeds.meeting, name="meeting_feed"),
    re_path(r"^(?P<kato>[0-9]{9}(?:-[0-9]{1,3})?)\.(?P<form>ics|atom)\Z", feeds.feed, name="feed"),
]
