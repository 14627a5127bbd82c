"""Reads the environment, and refuses what would be unsafe to run with."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def env_bool(name: str, *, default: bool) -> bool:
    """0 or 1; anything else stops the start, so that a typing error never opens a door."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to 0 or 1.")
    return value == "1"


def env_int(name: str, *, default: int, least: int = 0) -> int:
    """A whole number of at least ``least``."""
    value = os.environ.get(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is {value!r}; set it to a whole number from {least}.")
    return int(value)


def secret_key(data_dir: Path, *, production: bool) -> str:
    """The key from the environment; on one's own machine, a random one kept in the data folder."""
    key = os.environ.get("AKIMAT_SECRET_KEY", "")
    if key:
        if production and len(key) < 40:
            raise ImproperlyConfigured(
                "AKIMAT_SECRET_KEY is too short; give at least 40 characters."
            )
        return key
    if production:
        raise ImproperlyConfigured(
            "AKIMAT_SECRET_KEY is not set; production does not start without it."
        )
    return _kept_key(data_dir / "secret_key")


def _kept_key(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: of two processes that start together one writes and both read the same key.
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(fd, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


def require_fresh_zone(zone: str) -> None:
    """Asia/Almaty is UTC+5 since 2024-03-01; an older tzdata puts meetings an hour off."""
    offset = datetime(2026, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(zone)).utcoffset()
    if offset != timedelta(hours=5):
        raise ImproperlyConfigured(
            f"The time zone data is too old: {zone} must be UTC+5. Update tzdata."
        )


def database(data_dir: Path) -> dict:
    """DATABASE_URL as django-environ reads it; without it, SQLite in the data folder."""
    found = env.db("DATABASE_URL", default=f"sqlite:///{data_dir / 'db.sqlite3'}")
    options = found.setdefault("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE: a transaction that will write takes the lock at its start; otherwise most
        # concurrent ones fail in the middle. FULL: an acknowledged act survives a power cut.
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("timeout", 20)
        options.setdefault(
            "init_command",
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;",
        )
        # Opening it anew for each request costs more than most requests do.
        found["CONN_MAX_AGE"] = 60
        if found["NAME"] and found["NAME"] != ":memory:":
            Path(found["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    else:
        found["CONN_MAX_AGE"] = 60
        found["CONN_HEALTH_CHECKS"] = True
        options.setdefault("connect_timeout", 5)
        options.setdefault("tcp_user_timeout", 10_000)
        options.setdefault(
            "options",
            "-c statement_timeout=30000 -c lock_timeout=10000"
            " -c idle_in_transaction_session_timeout=30000",
        )
    return found


def queue(data_dir: Path, url: str) -> dict:
    """What wakes the worker: Redis at ``url``, else a file beside the database.

    Nothing is lost with it: what must happen lies in tables, and the worker looks there each
    minute by itself.
    """
    if url:
        return {
            "huey_class": "huey.RedisHuey",
            "name": "akimat",
            "url": url,
            "results": False,
            "immediate": False,
        }
    data_dir.mkdir(parents=True, exist_ok=True)
    return {
        "huey_class": "huey.SqliteHuey", "name": "akimat", "results": False, "immediate": False,
        "filename": str(data_dir / "queue.sqlite3"),
    }  # fmt: skip
