"""Runs the worker: sends letters, and does what the clock brings."""

import os
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.utils.module_loading import autodiscover_modules
from huey.consumer import Consumer


class Worker(Consumer):
    """Huey's consumer that ends alike however it is asked: after the letter in hand."""

    def _set_signal_handlers(self) -> None:
        # A restart in its own place (SIGHUP, a closed terminal) would outlive who started it.
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._end)

    def _end(self, _number, _frame) -> None:
        from meetings import tasks

        tasks.stopping.set()
        self._received_signal = self._graceful = True


class Command(BaseCommand):
    help = "Sends the letters of the outbox and does what is due, until it is stopped."

    def add_arguments(self, parser):
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="end when this process, its parent, is gone"
        )

    def handle(self, *args, beside=None, **options):
        from huey.contrib.djhuey import HUEY

        autodiscover_modules("tasks")
        if beside:
            threading.Thread(target=_end_with, args=[beside], daemon=True).start()
        Worker(HUEY, workers=1, worker_type="thread", periodic=True, max_delay=2).run()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
