"""One's own data."""

from django.urls import path

from appeals.views import my_data

urlpatterns = [
    path("", my_data.ask, name="my_data"),
    path("erased/", my_data.erased, name="my_data_erased"),
    path("<str:token>/", my_data.kept, name="my_data_kept"),
    path("<str:token>/data.json", my_data.download, name="my_data_file"),
    path("<str:token>/erase/", my_data.erase, name="my_data_erase"),
]
