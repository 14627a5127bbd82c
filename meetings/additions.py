"""Where other rooms add to the pages of a meeting and of a place.

Meetings know nothing of questions, problems or demands (imports point the other way): a room that
has something to say there registers a function here when it starts (appeals/additions/).
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from django.http import HttpRequest


class Spot(StrEnum):
    """A place on a page. Public ones are kept and handed to all: nothing of the visitor's own.

    The function is given the request and what the page is about: a Meeting, for UNIT a Unit, for
    DESK the person whose desk it is.
    """

    MEETING_TOP = "meeting_top"
    MEETING_BOTTOM = "meeting_bottom"
    UNIT = "unit"
    DESK_MEETING = "desk_meeting"
    DESK = "desk"
    # On the console of a meeting's day, given its MeetingDay; the script fetches it again.
    DESK_DAY = "desk_day"


class Block(NamedTuple):
    """A template, what it is given (as ``part``), and the style sheets and scripts it needs."""

    template: str
    values: Mapping[str, Any]
    styles: Sequence[str] = ()
    scripts: Sequence[str] = ()


class Added(NamedTuple):
    """The blocks of one spot, in their order, and each style sheet and script once."""

    blocks: Sequence[Block]
    styles: Sequence[str]
    scripts: Sequence[str] = ()


Maker = Callable[[HttpRequest, Any], Block | None]
_makers: dict[Spot, list[tuple[int, Maker]]] = {spot: [] for spot in Spot}


def adds_to(spot: Spot, *, order: int = 50) -> Callable[[Maker], Maker]:
    """The function makes a block for this spot, or None when there is nothing to say.

    ``order``: lower ones stand first; those alike in the order in which they were registered.
    The same function is taken once, however often its module is loaded.
    """

    def register(maker: Maker) -> Maker:
        taken = _makers[spot]
        if all(kept is not maker for _order, kept in taken):
            taken.append((order, maker))
            taken.sort(key=lambda one: one[0])
        return maker

    return register


def added_to(spot: Spot, request: HttpRequest, subject) -> Added:
    """What stands at this spot of the page about ``subject``."""
    made = [maker(request, subject) for _order, maker in _makers[spot]]
    blocks = [block for block in made if block is not None]
    styles = dict.fromkeys(path for block in blocks for path in block.styles)
    scripts = dict.fromkeys(path for block in blocks for path in block.scripts)
    return Added(blocks, list(styles), list(scripts))
