"""One sitting of the commission with what may be done to it."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from appeals import sittingrows
from appeals.enums import IN_WORK, Risk, SittingState
from appeals.forms import sittings as forms
from appeals.models import Body, Sitting, SittingItem
from appeals.services import problems, sitting_items, sitting_pool, sittings
from appeals.views.sittings import open_sitting, say_stale, with_version
from meetings.errors import Refused, StaleEdit
from meetings.models import Unit
from meetings.permissions import Act, may
from meetings.views.desk_page import at_the_desk

MOST_BODIES = 200


@at_the_desk
@require_safe
def sitting(request, uuid):
    return show(request, open_sitting(request, uuid))


@at_the_desk
@require_POST
def act(request, uuid, deed):
    """Do one thing to a sitting, or to an item of its agenda (``item``)."""
    if deed not in _DEEDS:
        raise Http404
    found = open_sitting(request, uuid, to_change=True)
    item = _item_sent(request, found) if deed in _OF_ITEM else None
    form = _form(deed, found, item, request.POST)
    key = _key(deed, item)
    if not form.is_valid():
        return show(request, found, typed={key: form}, status=422)
    given = dict(form.cleaned_data)
    try:
        _DEEDS[deed](found, item, given, {"by": request.user, "version": given.pop("version")})
    except StaleEdit:
        now = open_sitting(request, uuid)
        form.data = with_version(request.POST, now.version)
        return show(request, now, typed={key: form}, told=say_stale(), status=409)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return show(request, open_sitting(request, uuid), typed={key: form}, status=422)
    place = f"#item-{item.uuid}" if item is not None and deed != "drop" else ""
    return redirect(f"{found.get_absolute_url()}{place}")


def _item_sent(request, found: Sitting) -> SittingItem:
    try:
        identity = UUID(request.POST.get("item", "")[:36])
    except ValueError:
        raise Http404 from None
    rows = found.items.select_related("problem__unit", "question__unit")
    item = rows.filter(uuid=identity).first()
    if item is None:
        raise Http404
    return item


def _key(deed: str, item: SittingItem | None) -> str:
    return f"{deed}:{item.uuid}" if item is not None else deed


def _form(deed: str, found: Sitting, item: SittingItem | None, data=None, bodies=None):
    """The form of a deed; without data with what is kept. ``bodies``: if they are known already."""
    initial = {"version": found.version}
    own = f"id_{deed}_%s"  # fields of several forms of the page have one name
    if deed == "change":
        kept = {name: getattr(found, name) for name in sittings.PLAN_FIELDS}
        return forms.SittingForm(data, initial=initial | kept, auto_id=own)
    if deed == "words":
        return forms.WordsForm(data, initial=initial, auto_id=own)
    if deed == "hold":
        ended = {"ends_at": found.ends_at}
        return forms.HoldSittingForm(data, initial=initial | ended, auto_id=own)
    if item is None or deed in ("drop", "raise"):
        return forms.VersionForm(data, initial=initial)
    key = f"{deed}-{item.uuid}"
    if deed == "form":
        question = item.question
        words = {"title_kk": item.title_kk[:200], "title_ru": item.title_ru[:200]}
        topic = question.topic if question else None
        return forms.ProblemForm(
            data, initial=initial | words | {"topic": topic, "risk": Risk.NONE}, key=key
        )
    if deed == "assign":
        return forms.AssignForm(
            data, initial=initial, key=key, bodies=_bodies(found) if bodies is None else bodies
        )
    names = ("title_kk", "title_ru", "decision_kk", "decision_ru")
    return forms.DecisionForm(
        data, initial=initial | {name: getattr(item, name) for name in names}, key=key
    )


def _bodies(found: Sitting) -> list[Body]:
    """The organisations of the place and of what it lies in."""
    above = [*Unit.objects.above(found.unit), found.unit]
    bodies = Body.objects.active().filter(unit__in=above).order_by("unit__path", "name_kk")
    return list(bodies[:MOST_BODIES])


def _change(found, item, given, by) -> None:
    sittings.change(found, given, **by)


def _words(found, item, given, by) -> None:
    sitting_items.add_words(found, **given, **by)


def _decide(found, item, given, by) -> None:
    sitting_items.decide(found, item, **given, **by)


def _drop(found, item, given, by) -> None:
    sitting_items.drop(found, item, **by)


def _raise(found, item, given, by) -> None:
    sitting_items.raise_item(found, item, **by)


def _form_problem(found, item, given, by) -> None:
    unit = item.question.unit if item.question else found.unit
    sitting_pool.form_problem(found, item, problems.Draft(unit=unit, **given), **by)


def _assign(found, item, given, by) -> None:
    body = next(one for one in _bodies(found) if str(one.uuid) == given.pop("body"))
    sitting_pool.assign(found, item, body, **given, **by)


def _hold(found, item, given, by) -> None:
    sittings.hold(found, ends_at=given["ends_at"], **by)


_DEEDS: dict[str, Callable] = {
    "change": _change, "words": _words, "decide": _decide, "drop": _drop, "raise": _raise,
    "form": _form_problem, "assign": _assign, "hold": _hold,
}  # fmt: skip
_OF_ITEM = frozenset({"decide", "drop", "raise", "form", "assign"})


def show(request, found: Sitting, *, typed: dict | None = None, told: str = "", status: int = 200):
    """The page; ``typed``: the form that was sent, by its key; it stands open."""
    typed = typed or {}
    is_planned = found.state == SittingState.PLANNED
    may_change = is_planned and may(request.user, Act.HOLD_SITTING, found.unit)
    rows = found.items.select_related("problem__body", "question__unit")
    items = sittingrows.items_of(list(rows))
    bodies = _bodies(found) if may_change else []
    for row in items if may_change else ():
        row["forms"] = _item_forms(found, row["item"], typed, bodies)
    context = {
        "sitting": found, "row": sittingrows.in_list([found])[0], "told": told, "items": items,
        "members": [(one, one.post_in(request.LANGUAGE_CODE)) for one in found.members.all()],
        "may_change": may_change, "is_held": not is_planned,
        "crumbs": [
            {"label": _("Sittings"), "url": reverse("desk_sittings")},
            {"label": str(found), "url": ""},
        ],
    }  # fmt: skip
    if may_change:
        context |= {deed: _offer(deed, found, None, typed) for deed in ("change", "words", "hold")}
    return render(request, "appeals/desk/sitting.html", context, status=status)


def _item_forms(found: Sitting, item: SittingItem, typed: dict, bodies: list) -> list[dict]:
    deeds = ["decide"]
    if item.question is not None and item.problem is None and item.question.problem_id is None:
        deeds.append("form")
    if item.problem is not None and item.problem.state in IN_WORK:
        deeds.append("assign")
    return [_offer(deed, found, item, typed, bodies) for deed in deeds]


def _offer(deed: str, found: Sitting, item: SittingItem | None, typed: dict, bodies=None) -> dict:
    sent = typed.get(_key(deed, item))
    return {
        "deed": deed, "form": sent or _form(deed, found, item, bodies=bodies),
        "open": sent is not None,
        "url": reverse("desk_sitting_act", args=[found.uuid, deed]),
    }  # fmt: skip
