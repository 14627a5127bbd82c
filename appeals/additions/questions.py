"""Questions on the pages of meetings and places: what is asked there, and the way to ask."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from appeals import questionrows
from appeals.selectors.question_list import latest_of, top_of_meeting
from appeals.services import asking
from meetings.additions import Block, Spot, adds_to
from meetings.models import Meeting, Unit

AT_MEETING, AT_PLACE = 5, 3
STYLES = ("css/requests.css",)


@adds_to(Spot.MEETING_BOTTOM, order=20)
def questions_of_meeting(request, meeting: Meeting) -> Block | None:
    """Those that most people support, and until when one may ask."""
    found, is_open = top_of_meeting(meeting, AT_MEETING + 1), asking.is_open(meeting)
    if not found and not is_open:
        return None
    closes = asking.say_moment(asking.closes_at(meeting), get_language() or "kk")
    values = {
        "rows": questionrows.to_public(found[:AT_MEETING]), "has_more": len(found) > AT_MEETING,
        "closes": closes if is_open else "",
        "ask_url": f"{reverse('ask')}?meeting={meeting.uuid}",
        "list_url": f"{reverse('question_list')}?meeting={meeting.uuid}",
    }  # fmt: skip
    return Block("appeals/additions/meeting_questions.html", values, STYLES)


@adds_to(Spot.UNIT, order=30)
def questions_of_place(request, unit: Unit) -> Block | None:
    """What was asked here last, and the way to ask."""
    if unit.valid_to is not None and unit.valid_to < timezone.localdate():
        return None
    found = latest_of(unit, AT_PLACE + 1)
    values = {
        "rows": questionrows.to_public(found[:AT_PLACE]), "has_more": len(found) > AT_PLACE,
        "ask_url": f"{reverse('ask')}?unit={unit.kato}",
        "list_url": f"{reverse('question_list')}?unit={unit.kato}",
    }  # fmt: skip
    return Block("appeals/additions/unit_questions.html", values, STYLES)
