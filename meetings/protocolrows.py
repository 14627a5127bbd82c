"""Versions of a protocol in words: number, state, reason, days."""

from datetime import datetime

from django.utils import timezone

from meetings.dates import say_day
from meetings.enums import ProtocolState
from meetings.models import Protocol
from meetings.protocolwords import STATES


def say_version(protocol: Protocol, language: str) -> dict:
    """What the lists of versions show; nobody is named: the log of acts knows who did what."""
    return {
        "number": protocol.number, "reason": protocol.reason, "sha256": protocol.sha256,
        "state": say_state(protocol.state),
        "written": _day(protocol.written_at, language),
        "signed": _day(protocol.signed_at, language),
        "published": _day(protocol.published_at, language),
    }  # fmt: skip


def say_state(state: str) -> dict:
    """The word of a state and its class."""
    known = ProtocolState(state)
    return {"class": STATES[known], "word": known.label}


def _day(moment: datetime | None, language: str) -> str:
    return say_day(timezone.localdate(moment), language, weekday=False) if moment else ""
