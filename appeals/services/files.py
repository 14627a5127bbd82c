"""Keeps what people send with a question and bodies with a step: under our own names, outside the
web root, handed out as a download alone.

A file lies under the UUID of its row. It is written before the row is committed: where the
transaction is rolled back, no row names it, nobody can be given it, and ``sweep`` takes it away.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.utils import timezone

from appeals.cleaning import Cleaned
from appeals.models import Attachment, PromiseStep, Question

MOST_WITH_A_QUESTION = 3
# Longer than any request: what is written now may be committed a moment later.
ORPHANS_KEPT = timedelta(days=1)
# Every model whose rows name files by their ``uuid``.
HOLDERS = (Attachment, PromiseStep)
BATCH = 500


class Named(Protocol):
    """A row that names a file."""

    uuid: UUID
    media_type: str
    extension: str


def described(file: Cleaned) -> dict:
    """The columns of a row that names the file, ``uuid`` aside."""
    return {
        "media_type": file.media_type, "extension": file.extension, "size": file.size,
        "sha256": file.sha256,
    }  # fmt: skip


def keep(file: Cleaned, uuid: UUID) -> None:
    """Write a file for the row that has or will have this UUID, in that row's transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A file is written in the transaction of the row that names it.")
    path = _path(uuid)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(file.content)
        out.flush()
        os.fsync(out.fileno())


def attach(question: Question, files: Sequence[Cleaned], *, at: datetime) -> list[Attachment]:
    """Keep what came with a question; nobody but its author and the staff can have it."""
    kept = []
    for file in files[:MOST_WITH_A_QUESTION]:
        row = Attachment(question=question, at=at, **described(file))
        keep(file, row.uuid)
        row.save(force_insert=True)
        kept.append(row)
    return kept


def show(step: PromiseStep, file: Cleaned) -> None:
    """Keep the evidence of a step that is about to be saved; everybody may have it."""
    for name, value in described(file).items():
        setattr(step, name, value)
    keep(file, step.uuid)


def download(row: Named, called: str) -> FileResponse:
    """The file of a row, to be saved and never opened in the page.

    Args:
        called: what it is called on the reader's machine, without its ending; nothing personal.
    Raises:
        Http404: the file is not there.
    """
    try:
        content = _path(row.uuid).open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(
        content, as_attachment=True, filename=f"{called}.{row.extension}",
        content_type=row.media_type,
    )  # fmt: skip
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def one_of(rows: QuerySet, uuid: UUID, called: str | None) -> FileResponse:
    """The file of these rows that has this name; it is called after the question's number.

    Raises:
        Http404: there is none among them.
    """
    names = list(rows.order_by("pk").values_list("uuid", flat=True))
    if uuid not in names:
        raise Http404
    return download(rows.get(uuid=uuid), f"{called}-{names.index(uuid) + 1}")


def forget(rows: Iterable[Named]) -> None:
    """Take the files away once the transaction that takes their rows out is committed."""
    for uuid in [row.uuid for row in rows]:
        transaction.on_commit(partial(_path(uuid).unlink, missing_ok=True))


def sweep(now: datetime | None = None) -> int:
    """Take away files that no row names: of transactions that were rolled back; how many."""
    before = ((now or timezone.now()) - ORPHANS_KEPT).timestamp()
    gone = 0
    for folder in sorted(_folder().glob("[0-9a-f][0-9a-f]")):
        old = [path for path in folder.iterdir() if path.stat().st_mtime < before]
        for first in range(0, len(old), BATCH):
            gone += _sweep(old[first : first + BATCH])
    return gone


def _sweep(paths: list[Path]) -> int:
    names = {path.name for path in paths}
    named = {
        uuid.hex
        for model in HOLDERS
        for uuid in model._default_manager.filter(uuid__in=names).values_list("uuid", flat=True)
    }
    orphans = [path for path in paths if path.name not in named]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "attachments"


def _path(uuid: UUID) -> Path:
    return _folder() / uuid.hex[:2] / uuid.hex
