"""The ways through the site: what stands in the head of every page, and for whom."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.permissions import RIGHTS, Act, assignments, is_administrator


class Way(NamedTuple):
    """A room of the site. ``act``: the right that opens it, or None: it is public.

    ``besides``: names of other addresses whose pages belong to the room.
    """

    label: Any
    name: str
    act: Act | None = None
    besides: tuple[str, ...] = ()


PUBLIC = (
    Way(_("Meetings"), "meeting_list"),
    Way(_("Places"), "unit_search"),
    Way(_("Calendars"), "year"),
    Way(_("Questions"), "question_list"),
    Way(_("Problems"), "problem_list"),
    Way(_("Demands"), "demand_list"),
    Way(_("Receptions"), "reception_list"),
)
STAFF = (
    Way(_("Desk"), "desk", Act.READ_DRAFT),
    Way(_("Requests"), "requests_desk", Act.READ_REQUESTS, ("desk_demands",)),
    Way(_("Desk of receptions"), "desk_receptions", Act.RUN_RECEPTION),
    Way(_("Given to us"), "bodies_desk", Act.REPORT_PROMISE),
    Way(_("Maslikhat"), "maslikhat", Act.READ_SUBMITTED),
)


def ways_of(request) -> dict[str, list[dict]]:
    """Links for ``public`` and ``staff``: label, url and ``current`` ("page", "true" or "")."""
    user = getattr(request, "user", None)
    roles = {role for role, _path in assignments(user)}
    open_to = [way for way in STAFF if way.act is None or roles & RIGHTS[way.act]]
    said = {"public": _links(PUBLIC), "staff": _links(open_to)}
    if is_administrator(user):
        said["staff"].append({"label": _("Administration"), "url": reverse("admin:index")})
    _mark([*said["public"], *said["staff"]], request.path)
    return said


def _links(ways) -> list[dict]:
    return [
        {"label": way.label, "url": _address(way.name), "besides": list(map(_address, way.besides))}
        for way in ways
    ]


def _address(name: str) -> str:
    return reverse(name, args=[timezone.localdate().year] if name == "year" else [])


def _mark(links: list[dict], here: str) -> None:
    """The page itself, or else the room with the longest address that the page lies in."""
    inside = [
        (len(url), number)
        for number, link in enumerate(links)
        for url in (link["url"], *link.get("besides", ()))
        if here.startswith(url)
    ]
    for link in links:
        link["current"] = ""
    if inside:
        nearest = links[max(inside)[1]]
        nearest["current"] = "page" if nearest["url"] == here else "true"
