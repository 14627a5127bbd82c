"""The requests side of the small demo: what people said, and what became of it.

Each part is a module with ``load(today)``; they run in this order, in the transaction of the whole
demo, after the calendars and the people who sign in are there.
"""

from collections.abc import Callable
from datetime import date

from appeals.demo import demands, hall, pool, protocols, questions, sittings

PARTS: tuple[Callable[[date], None], ...] = (
    questions.load,
    hall.load,
    demands.load,
    protocols.load,
    pool.load,
    sittings.load,
)


def load(today: date) -> None:
    """Write every part as it stands on a day."""
    from appeals.demo import receptions  # after all the rest: talks lead to problems of the pool

    for part in (*PARTS, receptions.load):
        part(today)
