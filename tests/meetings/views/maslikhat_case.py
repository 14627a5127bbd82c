"""A calendar that was given to the maslikhat, and short ways to its pages."""

from django.urls import reverse


def url(name, case, *args):
    return reverse(name, args=[case.calendar.uuid, *args])


def english(case):
    return url("maslikhat_calendar", case).replace("/kk/", "/en/")


def page(client, user, address, **more):
    client.force_login(user)
    return client.get(address, **more)
