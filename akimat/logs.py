"""No secret reaches a log: links that open something by themselves are cut out of every line.

Django writes the path of each answer of 4xx, a server that of each request; a link to follow a
question, to a booking, to stop letters or to set a password is a key. ``watch`` is called by the
settings: from then on every line of every logger (Django, gunicorn, our own) is made without them,
whatever handler it goes to. Lines of an error's trace pass the formatter of settings.LOGGING.
"""

import logging
import re

CUT = "…"
# What stands before a secret in our addresses; tests/akimat/test_logs.py walks every address.
BEFORE_SECRETS = (
    "/questions/follow/", "/receptions/bookings/", "/letters/stop/", "/password/reset/key/",
    "/confirm/", "/my-data/", "/demands/follow/",
)  # fmt: skip
_SECRET = re.compile(
    "(" + "|".join(re.escape(one) for one in BEFORE_SECRETS) + r")[^/\s\"'?#<>]+", re.IGNORECASE
)
# Other links of the kind are known by their look: a long run of small and capital letters and
# digits, as neither words nor UUIDs nor names of our files have.
_RANDOM = re.compile(
    r"(?<![\w:-])(?=[\w:-]*\d)(?=[\w:-]*[a-z])(?=[\w:-]*[A-Z])[\w:-]{24,}", re.ASCII
)
# What visitors type stands after the question mark: words, names, codes.
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]+")


def mask(text: str) -> str:
    """The text without secrets and without what was typed into an address."""
    if "/" not in text:
        return text
    text = _SECRET.sub(rf"\1{CUT}", text)
    text = _QUERY.sub(f"?{CUT}", text)
    return _RANDOM.sub(CUT, text)


def watch() -> None:
    """Every record is made without secrets from now on; called twice it does nothing more."""
    make = logging.getLogRecordFactory()
    if isinstance(make, _Careful):
        return
    logging.setLogRecordFactory(_Careful(make))


class _Careful:
    """Makes records whose message is said, and masked, at once: no handler can see more."""

    def __init__(self, make):
        self.make = make

    def __call__(self, *args, **kwargs) -> logging.LogRecord:
        record = self.make(*args, **kwargs)
        try:
            said = record.getMessage()
        except Exception:
            return record  # signs that do not fit the values: logging itself tells of it
        if (masked := mask(said)) != said:
            record.msg, record.args = masked, ()
        return record


class LineFormatter(logging.Formatter):
    """Masks the whole line: what an error says, and its trace, too.

    A refusal (403, 404) is no fault: Django would write the trace of the exception that said no.
    """

    def format(self, record: logging.LogRecord) -> str:
        if record.name == "django.request" and record.levelno < logging.ERROR:
            record.exc_info = record.exc_text = None
        return mask(super().format(record))
