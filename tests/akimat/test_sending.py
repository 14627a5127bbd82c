"""A line and the note of it go in one step, however the sending process ends."""

import mmap
import os
import signal
import socket
from contextlib import suppress

import pytest

from akimat import sending
from meetings.notes import Note, Word, read

PLACE = 64
LINE = b".\r\n"


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0.2)
        theirs.settimeout(5)
        yield ours, theirs


def test_what_was_sent_is_noted(pair):
    ours, theirs = pair
    with mmap.mmap(-1, mmap.PAGESIZE) as memory:
        assert not sending.was_sent(memory[PLACE : PLACE + sending.SIZE])
        sending.send(ours, LINE, memory, PLACE)
        assert sending.was_sent(memory[PLACE : PLACE + sending.SIZE])
        assert (memory[:PLACE], memory[PLACE + sending.SIZE :].strip(b"\0")) == (bytes(PLACE), b"")
    assert theirs.recv(9) == LINE


def fill(sock: socket.socket) -> None:
    """Until not a byte more goes in."""
    usual = sock.gettimeout()
    sock.setblocking(False)
    for size in (4096, 1):
        with suppress(BlockingIOError):
            while True:
                sock.send(bytes(size))
    sock.settimeout(usual)


def test_what_could_not_be_sent_is_not_noted(pair):
    ours, theirs = pair
    with mmap.mmap(-1, mmap.PAGESIZE) as memory:
        fill(ours)
        with pytest.raises(TimeoutError):
            sending.send(ours, LINE, memory, PLACE)
        theirs.close()
        with pytest.raises(BrokenPipeError):
            sending.send(ours, LINE, memory, PLACE)
        assert not sending.was_sent(memory[PLACE : PLACE + sending.SIZE])


def test_a_process_killed_at_any_moment_notes_just_what_it_sent(tmp_path, settings, pair):
    """The child is killed while it sends again and again; its note never errs."""
    settings.DATA_DIR = tmp_path
    ours, theirs = pair
    outcomes = set()
    for number in range(60):
        letter = f"00000000-0000-0000-0000-{number:012}"
        child = os.fork()
        if child == 0:
            try:
                with Note(letter) as note:
                    ours.sendall(b"s")
                    note.send(ours, LINE)
            finally:
                os.kill(os.getpid(), signal.SIGKILL)
        assert theirs.recv(1) == b"s"
        for _wait in range(number * 40):
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        ours.sendall(b"|")
        sent = theirs.recv(9) != b"|"
        outcomes.add(sent)
        assert (read(letter) is Word.OFFERED) == sent
    assert True in outcomes
