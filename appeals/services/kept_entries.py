"""Tables of requests between their showing and their entering: sealed, in the data folder.

What is kept is what was understood of the file, so that exactly what was shown is entered; who
sent it alone finds it, once. A file that was not entered is thrown away after a day.
"""

import json
import os
import re
import secrets
import time
from pathlib import Path

from django.conf import settings

from meetings.sealing import seal, unseal

KEPT_SECONDS = 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")


def keep(rows: list[dict], *, by: int) -> str:
    """Keep rows; give the token under which they are found."""
    folder = _folder()
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
    token = secrets.token_hex(16)
    descriptor = os.open(folder / token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(seal(json.dumps({"by": by, "rows": rows}, ensure_ascii=False)))
    return token


def find(token: str, *, by: int) -> list[dict] | None:
    """The rows kept under a token, for whoever sent them."""
    if not _TOKEN.fullmatch(token):
        return None
    try:
        kept = json.loads(unseal((_folder() / token).read_text(encoding="ascii")))
    except FileNotFoundError:
        return None
    return kept["rows"] if kept["by"] == by else None


def take(token: str) -> bool:
    """Whether this call is the one that enters them: of two at once, one gets False."""
    try:
        (_folder() / token).rename(_folder() / f"{token}.taken")
    except FileNotFoundError:
        return False
    return True


def give_back(token: str) -> None:
    """They were not entered after all."""
    (_folder() / f"{token}.taken").rename(_folder() / token)


def throw_away(token: str) -> None:
    (_folder() / f"{token}.taken").unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "entries"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
