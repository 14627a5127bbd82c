"""Photos and documents that people send, made safe to keep: Django-free.

What a file is, its content says; its name and the type a browser declares are never believed. It
is read and written anew in a child process with limits on memory and time, so that nothing stays
in it but what is seen: no place where a photo was taken, no script, no file within the file.

The list of kinds is short on purpose. JPEG, PNG and WebP are what telephones and screens make (an
iPhone turns its own HEIC into JPEG for a form that asks for that). PDF is what a scanner and every
office program can write, and it can be taken apart with certainty. Word and other archives are not
taken: they may reach out to other addresses, hold programs and hide what was deleted; the same
paper can be sent as PDF, or its words be typed.
"""

import json
import os
import subprocess  # nosec B404
import sys
import threading
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

_CHILD = Path(__file__).with_name("child.py")
_MB = 1 << 20
# What a field of a form may offer in the window where files are chosen.
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"
REASONS = ("empty", "large", "kind", "pixels", "pages", "locked", "broken", "heavy", "busy")
# As many files are read at a time in one process of the server, however many people send some.
_room = threading.BoundedSemaphore(2)
_PATIENCE_SECONDS = 30


class FileRefused(ValueError):
    """A file that is not taken. ``reason`` is one of ``REASONS``."""

    def __init__(self, reason: str):
        self.reason = reason
        super().__init__(reason)


class Limits(NamedTuple):
    """What one file may cost: bytes, pixels, pages; ``side``: pictures are made no longer.

    A JPEG is unpacked at the size it will be kept in; other pictures only whole: ``whole_pixels``.
    """

    file: int = 10 * _MB
    pixels: int = 50_000_000
    whole_pixels: int = 24_000_000
    side: int = 2560
    pages: int = 100
    unpacked: int = 96 * _MB
    memory: int = 448 * _MB
    seconds: int = 15


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file as it may be kept."""

    media_type: str
    extension: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def cleaned(content: bytes, limits: Limits = Limits()) -> Cleaned:  # noqa: B008
    """Give a file anew, with nothing in it but what is seen.

    Raises:
        FileRefused: with a reason of ``REASONS``.
    """
    if not content:
        raise FileRefused("empty")
    if len(content) > limits.file:
        raise FileRefused("large")
    if not _room.acquire(timeout=_PATIENCE_SECONDS):
        raise FileRefused("busy")
    try:
        answer = _in_a_child(content, limits)
    finally:
        _room.release()
    head, _line, body = answer.partition(b"\n")
    said = json.loads(head)
    if "refused" in said:
        raise FileRefused(said["refused"])
    return Cleaned(said["media_type"], said["extension"], body)


def _in_a_child(content: bytes, limits: Limits) -> bytes:
    command = [sys.executable, "-I", str(_CHILD), json.dumps(limits._asdict())]
    try:
        # Our own program and no shell: nothing of the file reaches the command.
        child = subprocess.run(  # noqa: S603  # nosec B603
            command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=limits.seconds * 2, check=False,
            env={"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as expired:
        raise FileRefused("heavy") from expired
    if child.returncode != 0 or not child.stdout:
        raise FileRefused("heavy" if child.returncode < 0 else "broken")
    return child.stdout
