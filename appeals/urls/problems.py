"""The pool of problems: what everybody reads, and the verdict of those who asked."""

from django.urls import path

from appeals.views import problems

urlpatterns = [
    path("", problems.problem_list, name="problem_list"),
    path("<uuid:uuid>/", problems.problem, name="problem"),
    path("<uuid:uuid>/verdict/", problems.verdict, name="problem_verdict"),
    path("<uuid:uuid>/evidence/<uuid:name>/", problems.evidence, name="problem_evidence"),
]
