"""What became of a letter at the mail server, noted in a file: one byte, changed in its place.

The table cannot say it: between the server's word and the commit a worker may be killed. A byte
that is written over in a file that is there already needs no room on the disk, takes a few
microseconds, and stays when the process is killed. The last line of the letter goes out and is
noted in one step where the system can do it (akimat/sending.py): no moment is left in which a
killed worker has noted what it did not send, or sent what it did not note.
"""

import mmap
import os
import socket
from contextlib import suppress
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import UUID

from django.conf import settings

from akimat import sending
from meetings import holders

# One page: the word, the run of the machine, and what the system writes of the last line.
PAGE, BOOT, LINE = mmap.PAGESIZE, slice(1, 64), slice(64, 64 + sending.SIZE)


class Word(Enum):
    """How far a letter came."""

    NOTHING = b"-"  # the server does not have it
    OFFERED = b"?"  # all of it was handed over; the server's answer was not read
    TAKEN = b"+"  # the server answered that it has it


class Note:
    """The note of one letter. Opened before the letter is offered: where it cannot be written,
    nothing is sent. Raises OSError then."""

    def __init__(self, letter: UUID):
        self.path = folder() / str(letter)
        self.file = -1

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            begun = Word.NOTHING.value + holders.boot().encode()
            os.write(self.file, begun.ljust(PAGE, b"\0"))
        except OSError:
            os.close(self.file)
            raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        try:
            if isinstance(error, Exception):  # this worker lives, and will try again
                self.say(Word.NOTHING)
        finally:
            os.close(self.file)

    def say(self, word: Word) -> None:
        os.pwrite(self.file, word.value, 0)
        if word is Word.NOTHING:
            os.pwrite(self.file, bytes(sending.SIZE), LINE.start)

    def send(self, sock: socket.socket, line: bytes) -> None:
        """Send the last line of the letter and note that it went. Raises OSError."""
        if not sending.can_note(sock):
            self.say(Word.OFFERED)
            sock.sendall(line)
            return
        with mmap.mmap(self.file, PAGE) as memory:
            sending.send(sock, line, memory, LINE.start)


def read(letter: UUID) -> Word:
    """What an earlier worker noted of the letter.

    OFFERED counts in the run of the machine in which it was noted: the system hands over what a
    killed process gave it, but not when the machine itself stopped.
    """
    try:
        kept = (folder() / str(letter)).read_bytes()
    except FileNotFoundError:
        return Word.NOTHING
    word = Word(kept[:1]) if kept[:1] in {one.value for one in Word} else Word.NOTHING
    if word is Word.NOTHING and sending.was_sent(kept[LINE]):
        word = Word.OFFERED
    if word is Word.OFFERED and kept[BOOT].rstrip(b"\0") != holders.boot().encode():
        return Word.NOTHING
    return word


def drop(letter: UUID) -> None:
    """The table says it now; a note that cannot be taken away does no harm."""
    with suppress(OSError):
        (folder() / str(letter)).unlink()


def kept() -> list[UUID]:
    """The letters that have a note."""
    return [UUID(path.name) for path in folder().glob("*-*-*-*-*")]


def folder() -> Path:
    return Path(settings.DATA_DIR) / "letters-taken"
