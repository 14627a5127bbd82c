"""What a service answers when it will not do what was asked. Views turn these into 409 and 422."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from meetings.enums import State


class StepRefused(Exception):
    """The calendar does not stand where this step begins; somebody moved it meanwhile (409).

    ``present_state`` is where it stands now.
    """

    def __init__(self, present_state: State):
        super().__init__(f"The calendar is {present_state}.")
        self.present_state = State(present_state)


class StaleEdit(Exception):
    """The row changed since the page was opened (409). ``theirs`` is what is stored now."""

    def __init__(self, theirs: Any = None):
        super().__init__("The row changed meanwhile.")
        self.theirs = theirs


class Refused(Exception):
    """What was sent cannot be done (422): a sentence for the person, and the field it is about.

    ``details`` may carry what the page needs to explain itself, such as the findings.
    """

    def __init__(self, message: str, field: str | None = None, *, details: Mapping | None = None):
        super().__init__(message)
        self.message = message
        self.field = field
        self.details = dict(details or {})


class NotThere(Http404):
    """Nothing is at this address (404), with a sentence that the page tells instead of its own."""
