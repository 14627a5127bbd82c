"""Absolute addresses that are shown, subscribed to and shared."""

from django.conf import settings
from django.urls import reverse

HOST = settings.SITE_URL.split("://", 1)[-1]


def feed(kato: str, language: str, *, level: str = "") -> str:
    """The subscription of a place, as a calendar program takes it over the web."""
    return f"{settings.SITE_URL}{_feed(kato, language, level)}"


def webcal(kato: str, language: str, *, level: str = "") -> str:
    """The same subscription, in the form that opens the visitor's calendar program."""
    return f"webcal://{HOST}{_feed(kato, language, level)}"


def atom(kato: str, language: str) -> str:
    return f"{reverse('feed', args=[kato, 'atom'])}?lang={language}"


def entry(uuid, language: str) -> str:
    """One meeting as a file for a calendar program."""
    return f"{reverse('meeting_feed', args=[uuid])}?lang={language}"


def _feed(kato: str, language: str, level: str) -> str:
    address = f"{reverse('feed', args=[kato, 'ics'])}?lang={language}"
    return f"{address}&level={level}" if level else address
