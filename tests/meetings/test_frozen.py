"""What the database refuses, whoever asks: the ORM, its bulk methods, SQL by hand."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from meetings import frozen
from meetings.enums import Stance, State, Step
from meetings.models import (
    Act,
    Endorsement,
    Explanation,
    Line,
    Move,
    Remark,
    Revision,
    Submission,
)
from meetings.services import log
from tests.factories import Region, a_moment, make_calendar, make_line, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved():
    """An approved revision with a row of each kind."""
    place = Region()
    calendar = make_calendar(place.region)
    revision = calendar.revisions.get()
    user = make_user()
    line = make_line(revision, place.office(place.region), [place.first], "2027-04-14")
    _said_about(revision, place, user)
    Move.objects.create(
        revision=revision, step=Step.SUBMIT, from_state=State.DRAFT, to_state=State.WITH_MASLIKHAT,
        by=user, at=a_moment(2026, 12, 1),
    )  # fmt: skip
    Submission.objects.create(
        revision=revision, number=1, at=a_moment(2026, 12, 1), contents={"lines": []}
    )
    with transaction.atomic():
        log.record("calendar.submit", f"calendar:{calendar.uuid}", by=user)
    Revision.objects.filter(pk=revision.pk).update(state=State.APPROVED, sha256="0" * 64)
    revision.refresh_from_db()
    revision.line, revision.place, revision.user = line, place, user
    return revision


def _said_about(revision, place, user):
    Explanation.objects.create(
        revision=revision, norm="N1", host=place.region, target=place.second,
        window_start=date(2027, 1, 1), text="Bridge under repair", by=user, at=timezone.now(),
    )  # fmt: skip
    Remark.objects.create(revision=revision, text="Good", by=user, at=timezone.now())
    Endorsement.objects.create(
        revision=revision, by=user, stance=Stance.ENDORSES, at=timezone.now()
    )


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


ATTEMPTS = {
    "line saved": lambda r: r.line.save(),
    "line updated in bulk": lambda r: r.lines.update(day=date(2027, 5, 1)),
    "lines bulk_updated": lambda r: Line.objects.bulk_update([r.line], ["day"]),
    "line deleted": lambda r: r.lines.all().delete(),
    "line added": lambda r: make_line(
        r, r.place.office(r.place.region), [r.place.first], "2027-05-01"
    ),
    "lines added in bulk": lambda r: Line.objects.bulk_create(
        [Line(revision=r, host=r.place.office(r.place.region), day=date(2027, 5, 1))]
    ),
    "line taken to another revision": lambda r: Line.objects.filter(pk=r.line.pk).update(
        revision=make_calendar(r.place.region, 2028).revisions.get()
    ),
    "line brought from another revision": lambda r: Line.objects.filter(
        pk=make_line(
            make_calendar(r.place.region, 2028).revisions.get(), r.line.host, [], "2028-01-20"
        ).pk
    ).update(revision=r),
    "target added": lambda r: r.line.targets.add(r.place.second),
    "target taken away": lambda r: r.line.targets.clear(),
    "target changed": lambda r: Line.targets.through.objects.update(unit=r.place.second),
    "explanation changed": lambda r: r.explanations.update(text="None"),
    "explanation deleted": lambda r: r.explanations.all().delete(),
    "explanation added": lambda r: Explanation.objects.create(
        revision=r, norm="N2", host=r.place.region, target=r.place.first,
        window_start=date(2027, 1, 1), text="Late", by=r.user, at=timezone.now(),
    ),
    "remark changed": lambda r: r.remarks.update(text="Bad"),
    "remark added": lambda r: Remark.objects.create(
        revision=r, text="Late", by=r.user, at=timezone.now()
    ),
    "endorsement turned": lambda r: r.endorsements.update(stance=Stance.OBJECTS),
    "revision saved": lambda r: r.save(),
    "revision reopened": lambda r: Revision.objects.filter(pk=r.pk).update(state=State.DRAFT),
    "hash changed": lambda r: Revision.objects.filter(pk=r.pk).update(sha256="1" * 64),
    "step rewritten": lambda r: r.moves.update(note="another"),
    "step deleted": lambda r: Move.objects.all().delete(),
    "submission rewritten": lambda r: r.submissions.update(contents={}),
    "submission deleted": lambda r: r.submissions.all().delete(),
    "act rewritten": lambda r: Act.objects.update(verb="nothing"),
    "act deleted": lambda r: Act.objects.all().delete(),
    "line by SQL": lambda r: sql("UPDATE meetings_line SET place_kk = %s", "elsewhere"),
    "lines deleted by SQL": lambda r: sql("DELETE FROM meetings_line_targets"),
    "revision by SQL": lambda r: sql("UPDATE meetings_revision SET is_late = %s", False),
    "revision deleted by SQL": lambda r: sql("DELETE FROM meetings_revision"),
    "act by SQL": lambda r: sql("DELETE FROM meetings_act"),
}  # fmt: skip


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_database_refuses(approved, attempt):
    tables = (Revision, Line, Line.targets.through, Explanation, Remark, Endorsement, Move, Act)
    before = [list(model.objects.order_by("pk").values()) for model in tables]

    with pytest.raises(Error) as refused, transaction.atomic():
        ATTEMPTS[attempt](approved)

    assert "is frozen" in str(refused.value) or "is a record" in str(refused.value)
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before


def test_a_draft_beside_an_approved_revision_is_free(approved):
    draft = Revision.objects.create(calendar=approved.calendar, number=2)
    line = make_line(draft, approved.line.host, [approved.place.first], "2027-05-01")
    line.targets.add(approved.place.second)
    line.day = date(2027, 5, 2)
    line.save()
    line.delete()

    assert not draft.lines.exists()


def test_an_approved_revision_needs_its_hash():
    revision = make_calendar(Region().region).revisions.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(state=State.APPROVED)


def test_every_trigger_stands_after_migrations_and_comes_back():
    def standing():
        with connection.cursor() as cursor:
            return frozen.standing(cursor)

    expected = set(frozen.MAKERS[connection.vendor]())
    assert standing() == expected

    frozen.take_down()
    assert standing() == set()

    frozen.put_up()
    assert standing() == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_the_next_test_finds_an_empty_database_although_rows_were_frozen(approved, time):
    assert Revision.objects.filter(state=State.APPROVED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_migrations_pass_the_triggers_back_and_forth():
    call_command("migrate", "meetings", "0001", verbosity=0)
    call_command("migrate", "meetings", verbosity=0)
    with connection.cursor() as cursor:
        assert 0 < len(frozen.standing(cursor)) < len(frozen.MAKERS[connection.vendor]())
    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        assert frozen.standing(cursor) == set(frozen.MAKERS[connection.vendor]())
