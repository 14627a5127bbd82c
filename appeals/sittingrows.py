"""Words sittings of the commission for the desk."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from appeals.enums import SittingState
from appeals.models import Sitting, SittingItem
from meetings.dates import say_when


def in_list(sittings: list[Sitting]) -> list[dict]:
    """What the list shows of each; ``items_count`` is counted by the selector."""
    return [
        {
            "url": one.get_absolute_url(), "unit": one.unit.name, "number": one.number,
            "when": say_when(one.day, one.starts_at, get_language() or "kk"),
            "state": state_of(one), "items": say_items(getattr(one, "items_count", 0)),
        }
        for one in sittings
    ]  # fmt: skip


def state_of(sitting: Sitting) -> dict:
    state = SittingState(sitting.state)
    return {"class": "held" if state == SittingState.HELD else "draft", "word": state.label}


def say_items(count: int) -> str:
    return ngettext("%(n)d item", "%(n)d items", count) % {"n": count}


def items_of(items: list[SittingItem]) -> list[dict]:
    """Each item of the agenda with its number, its subject and whether it is decided."""
    return [
        {
            "item": one, "number": number, "title": one.title or _("(no words yet)"),
            "question": one.question, "problem": one.problem,
            "is_decided": bool(one.decision_in("kk").strip()), "is_first": number == 1,
        }
        for number, one in enumerate(items, 1)
    ]  # fmt: skip
