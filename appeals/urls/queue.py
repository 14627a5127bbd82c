"""The commission's desk: the queue of requests."""

from django.urls import path

from appeals.views import entering, personal, queue

urlpatterns = [
    path("", queue.queue, name="requests_desk"),
    path("<uuid:uuid>/", queue.question, name="requests_question"),
    path("personal-data/", personal.accesses, name="personal_accesses"),
    path("people/<uuid:uuid>/", personal.person, name="personal_person"),
    path("people/<uuid:uuid>/data.json", personal.take_along, name="personal_file"),
    path("<uuid:uuid>/person/", personal.read_of_question, name="requests_person"),
    path("enter/", entering.enter, name="requests_enter"),
    path("enter/table/", entering.sheet, name="requests_enter_sheet"),
    path("enter/table/template.xlsx", entering.template, name="requests_enter_template"),
    path("enter/table/<str:token>/", entering.shown, name="requests_enter_shown"),
    path("<uuid:uuid>/files/<uuid:name>/", queue.file, name="requests_file"),
    path("<uuid:uuid>/<slug:deed>/", queue.act, name="requests_act"),
]
