"""What is told where a secret link leads to nothing."""

from django.utils.translation import gettext as _

from meetings.errors import NotThere


def leads_nowhere() -> NotThere:
    """A link that was never given, was cut short, or whose days are over: all look the same."""
    return NotThere(
        _("Nothing is under this secret link. Check that you copied the whole of it. A link stops"
          " working some years after the request, or when its author had the data erased.")
    )  # fmt: skip
