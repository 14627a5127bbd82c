"""Questions of the demo: some being read, some published, held back, objected to, answered."""

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain, repeat
from typing import NamedTuple

from django.utils import timezone

from appeals.cleaning import Cleaned
from appeals.demo.question_texts import SAID, Said, Stage
from appeals.enums import Channel, HoldReason
from appeals.models import Question, Support
from appeals.services import asking, moderation, voices
from appeals.services.asking import Asked
from meetings.demo.calendars import at
from meetings.demo.people import holder
from meetings.documents import Document, Paragraph, to_pdf
from meetings.models import LetterStop, Meeting, Unit, User
from meetings.sealing import address_mark

REGION, COMMISSION = "270000000", "commission@akimat.example"
# So many questions are put to each meeting ahead.
TO_EACH = 3
# Those who confirmed a voice: nobody can be written to.
SUPPORTERS = "voice-{}@demo.example"


class Put(NamedTuple):
    """Where and when a question is asked."""

    unit: Unit
    meeting: Meeting | None
    moment: datetime


def load(today: date) -> None:
    """Write them in the order in which they came, then what the commission did, day by day."""
    member = User.objects.get(email=COMMISSION)
    units = {unit.kato: unit for unit in Unit.objects.filter(kato__in={one.place for one in SAID})}
    asides = chain.from_iterable(repeat(one, TO_EACH) for one in _coming(today))
    put = [_put(n, said, units[said.place], today, asides) for n, said in enumerate(SAID)]
    order = sorted(range(len(SAID)), key=lambda number: put[number].moment)
    kept = {number: _asked(number, SAID[number], put[number]) for number in order}
    for number in order:
        _moderate(SAID[number], kept, number, member)


def _coming(today: date) -> list[Meeting]:
    """Meetings ahead that take questions, the next first."""
    ahead = Meeting.objects.filter(region__kato=REGION, day__gt=today).order_by("day", "pk")
    found = [one for one in ahead.prefetch_related("targets")[:12] if asking.is_open(one)]
    return [one for one in found if one.targets.all()]


def _put(number: int, said: Said, unit: Unit, today: date, asides: Iterator[Meeting]) -> Put:
    meeting = _last(unit, today) if said.meeting == "last" else None
    if said.meeting == "next":
        # Where no meeting is ahead at the place itself, the words are of the place of the next.
        meeting = next(asides, None)
        unit = meeting.targets.all()[0] if meeting is not None else unit
    return Put(unit, meeting, _moment(said, number, today, meeting))


def _last(unit: Unit, today: date) -> Meeting | None:
    around = [unit.pk, *Unit.objects.above(unit).order_by("-path").values_list("pk", flat=True)[:1]]
    near = Meeting.objects.filter(targets__in=around, day__lt=today)
    return near.order_by("-day", "pk").first()


def _moment(said: Said, number: int, today: date, meeting: Meeting | None) -> datetime:
    """So many days ago; before the meeting it was put to, and never later than now."""
    day = today - timedelta(days=said.days)
    if meeting is not None and said.meeting == "last":
        day = min(day, meeting.day - timedelta(days=2))
    moment = at(day, 9 + number % 9) + timedelta(minutes=number * 7 % 60)
    return min(moment, max(at(today, 0), timezone.now() - timedelta(minutes=50 - number)))


def _asked(number: int, said: Said, put: Put) -> Question:
    email = f"person-{number + 1}@demo.example" if said.channel == Channel.SITE else ""
    if email:  # the demo's mailbox is for letters of those who try it
        LetterStop.objects.create(mark=address_mark(email), at=put.moment)
    question = asking.write_down(
        Asked(
            unit=put.unit, text=said.text, topic=said.topic, kind=said.kind,
            place_words=said.where, meeting=put.meeting, files=_files(said, number, put.moment),
            name=holder(number + 11)[said.language == "ru"], email=email,
        ),
        language=said.language, channel=said.channel, at=put.moment,
    )  # fmt: skip
    asking.receive(question, put.moment)
    return question


def _moderate(said: Said, kept: dict[int, Question], number: int, member: User) -> None:
    """What the commission did with a question, each deed some hours after the one before."""
    if said.stage == Stage.WAITING:
        return
    question, by = kept[number], member
    when = _clock(question)
    if said.stage == Stage.PUBLISHED:
        question = moderation.publish(
            question, text=said.public or said.text, by=by, version=question.version, at=when(3)
        )
        _voices(said, question, when(5))
    else:
        question = _hold(said, question, by, when)
    shown = question.attachments.all() if said.photos_public else ()
    if shown:
        question = moderation.show_files(
            question, [one.uuid for one in shown], by=by, version=question.version, at=when(3)
        )
    if said.registered:
        day = timezone.localdate(question.asked_at)
        question = moderation.register(
            question, said.registered.values(day), by=by, version=question.version, at=when(400)
        )
    if said.answer:
        question = moderation.answer(
            question, text=said.answer, by=by, version=question.version, at=when(96)
        )
    if said.of is not None:
        question = moderation.merge(
            question, kept[said.of], by=by, version=question.version, at=when(30)
        )
    kept[number] = question


def _hold(said: Said, question: Question, by: User, when) -> Question:
    question = moderation.hold(
        question,
        reason=HoldReason(said.reason or "other"),
        words=said.words,
        by=by,
        version=question.version,
        at=when(4),
    )
    if said.objection:
        question = moderation.object_to(question, words=said.objection, at=when(20))
    if said.upheld:
        question = moderation.uphold(
            question, words=said.upheld, by=by, version=question.version, at=when(28)
        )
    return question


def _clock(question: Question):
    """So many hours after it was asked, and never later than now."""
    asked = question.asked_at or question.created_at
    return lambda hours: min(asked + timedelta(hours=hours), timezone.now())


def _voices(said: Said, question: Question, moment: datetime) -> None:
    Support.objects.bulk_create(
        Support(
            question=question, mark=address_mark(SUPPORTERS.format(number)),
            language=said.language, at=moment,
        )
        for number in range(said.voices)
    )  # fmt: skip
    if said.voices:
        voices.recount(question)


def _files(said: Said, number: int, moment: datetime) -> tuple[Cleaned, ...]:
    photos = (Cleaned("image/jpeg", "jpg", _picture(number + one)) for one in range(said.photos))
    return (*photos, *_papers(said, moment))


def _papers(said: Said, moment: datetime) -> tuple[Cleaned, ...]:
    if not said.paper:
        return ()
    title, *words = said.paper
    paper = Document(title, said.language, moment, [Paragraph(one) for one in words])
    return (Cleaned("application/pdf", "pdf", to_pdf(paper)),)


def _picture(number: int) -> bytes:
    """A drawn road in the steppe with a hole in it, in place of a photo."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (960, 640), (158, 196, 222))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 300, 960, 640), fill=(176, 160 - number % 20, 104))
    draw.polygon([(440, 300), (520, 300), (840, 640), (120, 640)], fill=(96, 96, 98))
    draw.polygon([(478, 300), (482, 300), (496, 640), (464, 640)], fill=(222, 222, 214))
    left = 360 + number * 37 % 160
    draw.ellipse((left, 470, left + 170, 530), fill=(58, 54, 50))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()
