"""Calls the site's WSGI application as a server would, and measures the CPU time of a request."""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

EMPTY = "/bench/empty/"


class Visitor:
    """A program that asks over and over. ``EMPTY`` is a view of two letters behind the whole
    stack: what it costs is E, the unit of the goals."""

    def __init__(self):
        from django.core.wsgi import get_wsgi_application
        from django.http import HttpResponse
        from django.urls import path

        from akimat import urls

        urls.urlpatterns.insert(0, path(EMPTY.lstrip("/"), lambda request: HttpResponse("ok")))
        self.application = get_wsgi_application()

    def get(self, address: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
        """Status, headers and body; headers are given as ``if_none_match="…"``."""
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": quote(query, safe="=&."),
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "HTTP_HOST": "127.0.0.1:8000",
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
            "wsgi.multiprocess": False, "wsgi.run_once": False,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }  # fmt: skip
        said = {}

        def start(status, headers, exc_info=None):
            said.update(status=status[:3], headers=dict(headers))

        answer = self.application(environ, start)
        body = b"".join(answer)
        answer.close()
        return said["status"], said["headers"], body

    def in_e(self, address: str, times: int, **headers) -> float:
        """What a request costs in E: asked in turns with the empty view, so that a busy machine
        slows both alike."""
        here, empty = [], []
        for _turn in range(3):
            self.get(address, **headers)
        gc.collect()
        for _turn in range(times):
            here.append(self._spent(address, headers))
            empty.append(self._spent(EMPTY, {}))
        return statistics.quantiles(here, n=4)[0] / statistics.quantiles(empty, n=4)[0]

    def _spent(self, address: str, headers: dict[str, str]) -> float:
        start = time.process_time_ns()
        self.get(address, **headers)
        return (time.process_time_ns() - start) / 1e6

    def cpu_ms(
        self, address: str, times: int, *, before: Callable[[], object] | None = None, **headers
    ) -> float:
        """The CPU time of a request, in milliseconds; ``before`` is not counted.

        The lower quartile: neighbours on a shared machine only ever add to it.
        """
        for _turn in range(3):
            self.get(address, **headers)
        spent = []
        gc.collect()
        for _turn in range(times):
            if before:
                before()
            spent.append(self._spent(address, headers))
        return statistics.quantiles(spent, n=4)[0]
