"""What changed between two states of a calendar: new, moved, changed, taken out. Pure."""

from typing import NamedTuple

NEW, MOVED, CHANGED, DROPPED = "new", "moved", "changed", "dropped"


class Change(NamedTuple):
    """One meeting that is not as it was; ``fields`` names what differs when it is in both."""

    kind: str
    before: dict | None
    after: dict | None
    fields: tuple[str, ...] = ()

    @property
    def line(self) -> dict:
        """The line as it is now, or as it last was."""
        return self.after or self.before or {}


def differences(before: dict, after: dict) -> list[Change]:
    """Compare what ``services.freezing.contents_of`` gives; in the order of days.

    A meeting is itself by its ``uuid``, wherever it went.
    """
    was = {line["uuid"]: line for line in before["lines"]}
    now = {line["uuid"]: line for line in after["lines"]}
    changes = [
        change
        for uuid in {**now, **was}
        if (change := _change(was.get(uuid), now.get(uuid))) is not None
    ]
    return sorted(changes, key=lambda one: (one.line["day"], one.line["host"], one.line["uuid"]))


def _change(was: dict | None, now: dict | None) -> Change | None:
    if was is None:
        return Change(NEW, None, now)
    if now is None:
        return Change(DROPPED, was, None)
    fields = tuple(name for name in now if was.get(name) != now[name])
    if not fields:
        return None
    return Change(MOVED if "day" in fields else CHANGED, was, now, fields)
