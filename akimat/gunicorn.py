"""How gunicorn serves the site: a few threads a worker, nothing listening but the port."""

import os

workers = int(os.environ.get("AKIMAT_WORKERS", "2"))
threads = int(os.environ.get("AKIMAT_THREADS", "4"))
worker_class = "gthread"
# Loaded once before the workers part: they share the memory of the code.
preload_app = True
control_socket_disable = True
timeout = 60
max_requests = 10_000
max_requests_jitter = 500
# On one's own machine the worker that sends letters runs beside the server.
worker_beside = os.environ.get("AKIMAT_WORKER_BESIDE", "0") == "1"


def when_ready(server) -> None:
    """Say where the site is, and who can sign in to the demo."""
    from django.db import connections

    from akimat.greeting import greeting

    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    print(greeting(f"http://{host}:{port}"), flush=True)
    # A connection must not be shared by the processes that come of this one.
    connections.close_all()
    if worker_beside:
        from akimat.embedded import EmbeddedWorker

        server.letters = EmbeddedWorker()
        server.letters.start()


def on_exit(server) -> None:
    """The worker ends with the server."""
    if getattr(server, "letters", None) is not None:
        server.letters.stop()
