"""Files of the classifier between their showing and their import, in the data folder.

What is kept is what was understood of the file, so that exactly what was shown is applied. Names
are random; a file is thrown away once it is applied, and after a day in any case.
"""

import hashlib
import json
import os
import re
import secrets
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from meetings.kato.types import Classifier, Kind, Row

KEPT_SECONDS = 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")


class Kept(NamedTuple):
    """A file shown: its own name, the SHA-256 of its bytes, its day, and who sent it.

    ``digest`` is that of what is kept: the form that applies it sends it back.
    """

    token: str
    name: str
    file_sha256: str
    day: date
    by: int
    classifier: Classifier
    digest: str


def keep(classifier: Classifier, *, name: str, content: bytes, day: date, by: int) -> str:
    """Keep an understood file; give its token. Files older than a day are thrown away."""
    folder = _folder()
    _sweep(folder)
    token = secrets.token_hex(16)
    kept = {
        "name": name,
        "file_sha256": hashlib.sha256(content).hexdigest(),
        "day": day.isoformat(),
        "by": by,
        "rows": classifier.rows,
    }
    descriptor = os.open(_path(token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False)
    return token


def find(token: str, *, by: int) -> Kept | None:
    """Give the file kept under a token for the one who sent it, or None."""
    if not _TOKEN.fullmatch(token):
        return None
    try:
        content = _path(token).read_bytes()
    except FileNotFoundError:
        return None
    kept = json.loads(content)
    if kept["by"] != by:
        return None
    rows = tuple(Row(row[0], Kind(row[1]), *row[2:]) for row in kept["rows"])
    return Kept(
        token=token,
        name=kept["name"],
        file_sha256=kept["file_sha256"],
        day=date.fromisoformat(kept["day"]),
        by=kept["by"],
        classifier=Classifier(rows, ()),
        digest=hashlib.sha256(content).hexdigest(),
    )


def throw_away(token: str) -> None:
    """Forget a kept file."""
    if _TOKEN.fullmatch(token):
        _path(token).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "classifiers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(token: str) -> Path:
    return _folder() / f"{token}.json"


def _sweep(folder: Path) -> None:
    for path in folder.glob("*.json"):
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            path.unlink(missing_ok=True)
