"""How gunicorn serves the site: a few threads a worker, nothing listening but the port."""

import os

workers = int(os.environ.get("AKIMAT_WORKERS", "2"))
threads = int(os.environ.get("AKIMAT_THREADS", "4"))
worker_class = "gthread"
control_socket_disable = True
timeout = 60
max_requests = 10_000
max_requests_jitter = 500


def when_ready(server) -> None:
    """Say where the site is, and who can sign in to the demo."""
    from akimat.greeting import greeting

    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    print(greeting(f"http://{host}:{port}"), flush=True)
