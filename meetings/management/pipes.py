"""Printing for a reader who may leave: ``manage.py … | head``."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def until_nobody_reads(stream) -> Iterator[None]:
    """Print inside it; when the reader has left, the rest is not printed and nothing else stops."""
    try:
        yield
        stream.flush()
    except BrokenPipeError:
        # What the buffer still holds must go somewhere, or the interpreter fails at its end.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
