"""Words a question for the desk: values of rows in, words out."""

from collections.abc import Callable
from datetime import date

from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from appeals.enums import QuestionState as State
from appeals.masking import find, parts
from appeals.maskwords import KINDS
from appeals.models import Attachment, Question
from appeals.transitions import Deed
from meetings.dates import say_day

SHOWN_LETTERS = 240
DEEDS = {
    "ask": gettext_lazy("The code was typed: the question got its number."),
    "enter": gettext_lazy("Staff entered the question."),
    Deed.PUBLISH: gettext_lazy("Published."),
    Deed.HOLD: gettext_lazy("Held back."),
    Deed.OBJECT: gettext_lazy("The author objected."),
    Deed.UPHOLD: gettext_lazy("The objection was answered: it stays held back."),
    Deed.CLASSIFY: gettext_lazy("Kind, topic or place changed."),
    Deed.ANSWER: gettext_lazy("Answered."),
    Deed.MERGE: gettext_lazy("Merged into another question."),
    Deed.SPLIT: gettext_lazy("Split off again."),
    "pool": gettext_lazy("Put to a problem of the pool."),
    "unpool": gettext_lazy("Taken out of a problem of the pool."),
    "erase": gettext_lazy("The data was erased at the person’s request."),
    "forget": gettext_lazy("Its days were over: what only the office read was emptied."),
    Deed.REGISTER: gettext_lazy("Number and term in e-Otinish were kept."),
    Deed.SHOW_FILES: gettext_lazy("It was set which files everybody may download."),
}


def at_desk(questions: list[Question], today: date) -> list[dict]:
    """What appeals/desk/_row.html shows of each question."""
    return [
        {
            "number": one.number, "url": reverse("requests_question", args=[one.uuid]),
            "text": shortened(one.public_text or one.text), "unit": one.unit.name,
            "topic": one.get_topic_display(), "kind": one.get_kind_display(),
            "channel": one.get_channel_display(),
            "asked": f"{timezone.localtime(one.asked_at):%d.%m.%Y %H:%M}",
            "state": state_of(one), "voices": say_voices(one.voices) if one.voices else "",
            "due": _due(one, today), "has_objection": has_objection(one),
        }
        for one in questions
    ]  # fmt: skip


def to_public(questions: list[Question]) -> list[dict]:
    """What appeals/public/_question_rows.html shows of published questions."""
    return [
        {
            "number": one.number, "url": reverse("question", args=[one.uuid]),
            "text": shortened(one.public_text), "unit": one.unit.name,
            "topic": one.get_topic_display(),
            "asked": f"{timezone.localtime(one.asked_at):%d.%m.%Y}",
            "voices": say_voices(one.voices) if one.voices else "",
            "state": {"class": "held", "word": _("answered")} if one.answered_at else
            {"class": "draft", "word": _("without an answer")},
        }
        for one in questions
    ]  # fmt: skip


def state_of(question: Question) -> dict:
    """The word of a state and its class."""
    if question.merged_into_id:
        return {"class": "moved", "word": _("merged")}
    if question.answered_at and question.state == State.PUBLISHED:
        return {"class": "held", "word": _("answered")}
    classes = {State.WAITING: "draft", State.PUBLISHED: "announced", State.HELD: "cancelled"}
    state = State(question.state)
    return {"class": classes[state], "word": state.label}


def has_objection(question: Question) -> bool:
    return bool(question.objected_at) and not question.objection_answer


def say_voices(count: int) -> str:
    return ngettext("%(n)s voice", "%(n)s voices", count) % {"n": count}


def shortened(text: str) -> str:
    """The beginning of a text, whole words."""
    flat = " ".join(text.split())
    if len(flat) <= SHOWN_LETTERS:
        return flat
    return flat[:SHOWN_LETTERS].rsplit(" ", 1)[0] + "…"


def _due(question: Question, today: date) -> dict | None:
    if question.due_on is None or question.answered_at or question.state == State.HELD:
        return None
    said = say_day(question.due_on, get_language() or "kk", weekday=False)
    if question.due_on < today:
        return {"class": "late", "words": _("late: was due on %(day)s") % {"day": said}}
    return {"class": "far", "words": _("to be answered by %(day)s") % {"day": said}}


def files(question: Question, url: Callable[[Attachment], str]) -> list[dict]:
    """What appeals/partials/_files.html shows of photos and documents; one query."""
    return [
        {
            "url": url(one), "uuid": one.uuid, "is_public": one.is_public,
            "label": _("%(number)d: %(kind)s, %(size)s") % {
                "number": number, "kind": _("document (PDF)") if one.extension == "pdf" else
                _("photo"), "size": filesizeformat(one.size),
            },
        }
        for number, one in enumerate(question.attachments.all(), start=1)
    ]  # fmt: skip


def moves(question: Question) -> list[dict]:
    """The history of a question, newest first."""
    return [
        {
            "iso": timezone.localtime(move.at).isoformat(timespec="seconds"),
            "when": f"{timezone.localtime(move.at):%d.%m.%Y %H:%M}",
            "who": move.by.name if move.by else "", "what": DEEDS.get(move.deed, move.deed),
        }
        for move in question.moves.select_related("by").order_by("-pk")[:100]
    ]  # fmt: skip


def personal(text: str, kept: set[int]) -> dict:
    """The text cut where personal data were found, and what may be done about each.

    ``kept``: numbers of the masks that are taken back; each link turns one over.
    """
    found = find(text)
    said = [
        {"text": piece, "kind": KINDS[one.kind] if one else ""} for piece, one in parts(text, found)
    ]
    return {
        "text_parts": said,
        "personal": [
            {"words": text[one.start : one.end], "kind": KINDS[one.kind], "is_kept": number in kept,
             "url": _keeping(kept ^ {number})}
            for number, one in enumerate(found)
        ],
    }  # fmt: skip


def _keeping(numbers: set[int]) -> str:
    query = QueryDict(mutable=True)
    query.setlist("keep", [str(number) for number in sorted(numbers)])
    return f"?{query.urlencode()}#publish"
