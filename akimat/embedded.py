"""The worker of a site on one's own machine: started, watched and stopped with the server."""

import logging
import os
import subprocess  # nosec B404
import sys
import threading
from pathlib import Path

log = logging.getLogger("akimat.worker")
FIRST_PAUSE, LONGEST_PAUSE, STEADY = 1.0, 60.0, 30.0


class EmbeddedWorker:
    """Runs ``manage.py run_worker`` beside the server, and again when it ended by itself."""

    def __init__(self):
        self.stopping = threading.Event()
        self.process: subprocess.Popen | None = None
        self.thread = threading.Thread(target=self._watch, name="worker-watch", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
        self.thread.join(timeout=5)

    def _watch(self) -> None:
        pause = FIRST_PAUSE
        while not self.stopping.is_set():
            ran_long = threading.Event()
            steady = threading.Timer(STEADY, ran_long.set)
            steady.daemon = True
            steady.start()
            self.process = subprocess.Popen(self._command())  # noqa: S603 # nosec B603 - our own command
            self.process.wait()
            steady.cancel()
            if self.stopping.is_set():
                return
            pause = FIRST_PAUSE if ran_long.is_set() else min(pause * 2, LONGEST_PAUSE)
            log.warning("The worker ended; it starts again in %d s.", pause)
            self.stopping.wait(pause)

    def _command(self) -> list[str]:
        manage = Path(__file__).resolve().parent.parent / "manage.py"
        return [sys.executable, str(manage), "run_worker", "--beside", str(os.getpid())]
