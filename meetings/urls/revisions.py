"""The frozen texts of approved revisions, under the page of their calendar."""

from django.urls import path

from meetings.views.revisions import revision_json

urlpatterns = [
    path(
        "calendars/<int:year>/<str:kato>/revisions/<int:number>.json",
        revision_json,
        name="revision_json",
    )
]
