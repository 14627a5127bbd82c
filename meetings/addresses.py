"""Absolute addresses that are shown, subscribed to and shared."""

from django.conf import settings

HOST = settings.SITE_URL.split("://", 1)[-1]


def feed(kato: str, language: str, *, level: str = "") -> str:
    """The subscription of a place, as a calendar program takes it over the web."""
    return f"{settings.SITE_URL}{_feed(kato, language, level)}"


def webcal(kato: str, language: str, *, level: str = "") -> str:
    """The same subscription, in the form that opens the visitor's calendar program."""
    return f"webcal://{HOST}{_feed(kato, language, level)}"


def atom(kato: str, language: str) -> str:
    return f"/feeds/{kato}.atom?lang={language}"


def entry(uuid, language: str) -> str:
    """One meeting as a file for a calendar program."""
    return f"/feeds/meetings/{uuid}.ics?lang={language}"


def _feed(kato: str, language: str, level: str) -> str:
    return f"/feeds/{kato}.ics?lang={language}" + (f"&level={level}" if level else "")
