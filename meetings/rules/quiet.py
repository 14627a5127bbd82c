"""A pause of the garbage collector, for work that makes tens of thousands of plain tuples."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for reference cycles meanwhile: tuples of values have none, and the searches
    among a country's worth of them take longer than the work. Nested and parallel uses are safe;
    at worst the collector runs again a little early.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
