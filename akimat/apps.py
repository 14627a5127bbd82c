"""The administrators' site takes the place of Django's own."""

from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    default_site = "akimat.admin_site.AdministratorsSite"
