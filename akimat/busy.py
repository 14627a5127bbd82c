"""When a change waited too long for those of others: the person is told to send it again (503).

The database gave up on one statement and the transaction was taken back: nothing was saved, and
nothing is broken.
"""

import logging

from django.db import OperationalError
from django.http import HttpResponse
from django.template import loader

log = logging.getLogger("akimat.busy")
# PostgreSQL, appendix A: lock_not_available, deadlock_detected, serialization_failure.
WAITED = {"55P03", "40P01", "40001"}
AGAIN_SECONDS = 5


class BusyMiddleware:
    """Turns a wait that was given up into an answer; every other fault stays a fault."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not waited_too_long(exception):
            return None
        log.warning("Waited too long for other changes at %s", request.path)
        body = loader.render_to_string("503.html")
        return HttpResponse(body, status=503, headers={"Retry-After": str(AGAIN_SECONDS)})


def waited_too_long(error: Exception) -> bool:
    """Whether the database gave up waiting, on either of the two."""
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    # SQLite's own words for SQLITE_BUSY.
    return code in WAITED or "database is locked" in str(error)
