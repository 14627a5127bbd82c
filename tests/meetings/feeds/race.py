"""Pollers and an editor at once: the harness of a test and of a benchmark."""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting
from meetings.services import publishing

COUNT = re.compile(r"^SEQUENCE:(\d+)\r$", re.MULTILINE)


@dataclass
class Outcome:
    """What pollers saw. ``hidden``: a 304 or a body older than what was committed before the poll;
    ``torn``: a body with entries of two different edits."""

    fresh: int = 0
    unchanged: int = 0
    hidden: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


class Race:
    """Edits all the given meetings together, time after time, while pollers ask for their feed."""

    def __init__(self, path: str, meetings: list[Meeting], *, pollers: int, edits: int):
        self.path, self.meetings = path, meetings
        self.pollers, self.edits = pollers, edits
        self.committed = 0
        self.is_over = False
        self.outcome = Outcome()
        self._lock = threading.Lock()

    def run(self) -> Outcome:
        threads = [threading.Thread(target=self._guarded(self._poll)) for _n in range(self.pollers)]
        for thread in threads:
            thread.start()
        self._guarded(self._edit)()
        for thread in threads:
            thread.join()
        return self.outcome

    def _guarded(self, work: Callable[[], None]) -> Callable[[], None]:
        def run():
            try:
                work()
            except Exception as error:  # a thread's failure must reach the test
                self._note(self.outcome.failed, repr(error))
            finally:
                if threading.current_thread() is not threading.main_thread():
                    connection.close()

        return run

    def _edit(self) -> None:
        numbers = [meeting.pk for meeting in self.meetings]
        try:
            for count in range(1, self.edits + 1):
                with transaction.atomic():
                    Meeting.objects.filter(pk__in=numbers).update(
                        sequence=count, changed_at=timezone.now()
                    )
                    publishing.refresh(self.meetings)
                self.committed = count
                time.sleep(random.random() / 25)
        finally:
            self.is_over = True
            close_old_connections()

    def _poll(self) -> None:
        client, seen, validators = Client(SERVER_NAME="127.0.0.1"), -1, {}
        encoding = random.choice(["gzip", "identity"])
        while True:
            is_last, before = self.is_over, self.committed
            answer = client.get(self.path, headers={"accept-encoding": encoding, **validators})
            if answer.status_code == 304:
                self.outcome.unchanged += 1
            else:
                seen = self._read(answer)
                validators = random.choice(_validators(answer))
            if seen < before:
                what = f"{answer.status_code} shows {seen} after {before}: {validators}"
                self._note(self.outcome.hidden, what)
            if is_last:
                return
            time.sleep(random.random() / 50)

    def _read(self, answer) -> int:
        import gzip

        packed = answer.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(answer.content) if packed else answer.content).decode()
        counts = {int(count) for count in COUNT.findall(text)}
        if len(counts) != 1 or not text.endswith("END:VCALENDAR\r\n"):
            self._note(self.outcome.torn, f"{answer.status_code}: {sorted(counts)}")
        self.outcome.fresh += 1
        return min(counts)

    def _note(self, notes: list[str], what: str) -> None:
        with self._lock:
            notes.append(what)


def _validators(answer) -> list[dict[str, str]]:
    """Programs differ: some send the etag back, some the date, some both."""
    etag = {"if-none-match": answer["ETag"]}
    if "Last-Modified" not in answer.headers:
        return [etag]
    date = {"if-modified-since": answer["Last-Modified"]}
    return [etag, date, etag | date]
