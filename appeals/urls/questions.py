"""Questions: asked, followed by those who asked, read by all."""

from django.urls import path

from appeals.views import asking, following, question_list, questions

urlpatterns = [
    path("questions/", question_list.question_list, name="question_list"),
    path("questions/ask/", asking.ask, name="ask"),
    path("questions/follow/<str:token>/", following.follow, name="follow"),
    path("questions/follow/<str:token>/object/", following.object_to, name="follow_object"),
    path("questions/<uuid:uuid>/", questions.question, name="question"),
    path("questions/follow/<str:token>/files/<uuid:uuid>/", following.file, name="follow_file"),
    path("questions/<uuid:uuid>/files/<uuid:name>/", questions.file, name="question_file"),
    path("questions/<uuid:uuid>/support/", questions.support, name="support"),
]
