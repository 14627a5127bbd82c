"""Moderation: every deed from every state by every role; nothing is lost on the way."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from appeals.enums import HoldReason, Kind
from appeals.enums import QuestionState as State
from appeals.models import Question, QuestionMove, Support
from appeals.services import moderation, voices
from appeals.transitions import RULES, Deed
from meetings.enums import Role, Topic
from meetings.errors import Refused, StaleEdit
from meetings.models import Act, PublicVersion
from meetings.services import outbox
from tests.factories import Region, make_user
from tests.factories_requests import make_person, make_question, make_support

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return Region()


@pytest.fixture
def member(region):
    return make_user(Role.COMMISSION, region.region)


E_OTINISH = dict.fromkeys(moderation.E_OTINISH) | {
    "eotinish_number": "ЖТ-2026-01", "eotinish_received_on": date(2026, 3, 3),
    "eotinish_forwarded_to": "",
}  # fmt: skip


def do(deed: Deed, question: Question, by, other: Question, version=None) -> Question:
    """The deed with plain values."""
    who = {"by": by, "version": question.version if version is None else version}
    unit = other.unit
    return {
        Deed.PUBLISH: lambda: moderation.publish(question, text="Дорога у школы.", **who),
        Deed.HOLD: lambda: moderation.hold(question, reason=HoldReason.INSULT, words="", **who),
        Deed.UPHOLD: lambda: moderation.uphold(question, words="Оскорбления остались.", **who),
        Deed.CLASSIFY: lambda: moderation.classify(
            question, kind=Kind.COMPLAINT, topic=Topic.ROADS, unit=unit, **who
        ),
        Deed.ANSWER: lambda: moderation.answer(question, text="Починят в мае.", **who),
        Deed.MERGE: lambda: moderation.merge(question, other, **who),
        Deed.SPLIT: lambda: moderation.split(question, **who),
        Deed.REGISTER: lambda: moderation.register(question, E_OTINISH, **who),
        Deed.SHOW_FILES: lambda: moderation.show_files(
            question, question.attachments.values_list("uuid", flat=True), **who
        ),
    }[deed]()


def question_for(deed: Deed, state: State, region: Region, other: Question) -> Question:
    """A question in that state, otherwise ready for the deed."""
    fields = {}
    if deed == Deed.UPHOLD:
        fields = {"objection": "Там нет оскорблений.", "objected_at": other.asked_at}
    if deed == Deed.SPLIT:
        fields = {"merged_into": other}
    question = make_question(region.okrug, state=state, person=make_person(), **fields)
    if deed == Deed.SHOW_FILES:
        question.attachments.create(
            media_type="image/jpeg", extension="jpg", size=1, at=question.asked_at
        )
    return question


STAFF_DEEDS = [deed for deed in Deed if RULES[deed].act is not None]
CONFIRMED = [State.WAITING, State.PUBLISHED, State.HELD]


@pytest.mark.parametrize("state", CONFIRMED)
@pytest.mark.parametrize("deed", STAFF_DEEDS)
def test_a_deed_is_done_from_the_states_of_the_table_and_from_no_other(region, member, deed, state):
    other = make_question(region.first, state=State.PUBLISHED)
    question = question_for(deed, state, region, other)
    rule = RULES[deed]

    if state in rule.sources:
        done = do(deed, question, member, other)
        question.refresh_from_db()
        assert (done.state, question.state) == (rule.target or state, rule.target or state)
        assert question.version == 2
        assert [move.deed for move in question.moves.all()] == [deed]
        assert Act.objects.get().verb == f"question.{deed}"
        assert PublicVersion.objects.get(name="appeals").number == 1
    else:
        with pytest.raises(Refused):
            do(deed, question, member, other)
        question.refresh_from_db()
        assert (question.state, question.version) == (state, 1)
        assert not QuestionMove.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMMISSION])
def test_no_other_role_moderates(region, role):
    other = make_question(region.first, state=State.PUBLISHED)
    user = make_user(role, region.region)
    for deed in STAFF_DEEDS:
        question = question_for(deed, State.WAITING, region, other)
        with pytest.raises(PermissionDenied):
            do(deed, question, user, other)


def test_the_commission_of_another_place_does_not_moderate(region):
    question = make_question(region.first)
    for unit in (region.second, region.okrug):
        with pytest.raises(PermissionDenied):
            moderation.publish(
                question, text="…", by=make_user(Role.COMMISSION, unit), version=question.version
            )


def test_who_saw_an_older_version_is_told(region, member):
    question = make_question(region.okrug)
    moderation.answer(question, text="Починят в мае.", by=member, version=1)

    with pytest.raises(StaleEdit) as told:
        moderation.hold(question, reason=HoldReason.INSULT, words="", by=member, version=1)
    assert told.value.theirs.answer == "Починят в мае."


EDITS = [  # written, published, marked as edited
    ("Когда починят дорогу?", "Когда починят дорогу?", False),
    ("Позвоните мне: 8 701 000 00 00", "Позвоните мне: [телефон скрыт]", True),
]


@pytest.mark.parametrize(("written", "published", "edited"), EDITS)
def test_an_edit_is_marked_and_what_was_written_is_kept(region, member, written, published, edited):
    question = make_question(region.okrug, written)

    moderation.publish(question, text=published, by=member, version=1)

    question.refresh_from_db()
    assert (question.text, question.public_text, question.is_edited) == (written, published, edited)


def test_an_author_objects_once_and_is_answered_once(region, member):
    question = make_question(region.okrug, state=State.HELD, person=make_person())

    moderation.object_to(question, words="Это не оскорбление.")
    with pytest.raises(Refused):
        moderation.object_to(question, words="Ещё раз.")
    question = moderation.uphold(question, words="Слово осталось.", by=member, version=2)
    with pytest.raises(Refused):
        moderation.uphold(question, words="Ещё раз.", by=member, version=3)
    outbox.drain()

    assert (question.objection, question.objection_answer) == (
        "Это не оскорбление.", "Слово осталось.",
    )  # fmt: skip
    assert [letter.subject for letter in mail.outbox] == [
        f"Дан ответ на ваше возражение по вопросу № {question.number}"
    ]


def test_merging_loses_no_voice_and_splitting_gives_them_back(region, member):
    main = make_question(region.okrug, state=State.PUBLISHED, person=make_person("main@example.kz"))
    same = make_question(
        region.okrug, "Жол қашан жөнделеді?", state=State.PUBLISHED,
        person=make_person("same@example.kz"),
    )  # fmt: skip
    for email in ("a@example.kz", "b@example.kz"):
        make_support(main, email)
    for email in ("b@example.kz", "c@example.kz", "main@example.kz"):
        make_support(same, email)
    voices.recount(main)
    voices.recount(same)

    merged = moderation.merge(same, main, by=member, version=1)
    main.refresh_from_db()
    # a, b, c and the author of the merged one; the author of the main one has no second voice.
    assert main.voices == 4
    moderation.split(merged, by=member, version=2)
    main.refresh_from_db()
    same.refresh_from_db()

    assert (main.voices, same.voices) == (2, 3)
    assert Support.objects.count() == 5


def test_all_who_follow_are_told_of_the_answer_once_in_their_language(region, member):
    main = make_question(region.okrug, state=State.PUBLISHED, person=make_person("main@example.kz"))
    same = make_question(
        region.okrug, state=State.PUBLISHED, merged_into=main,
        person=make_person("same@example.kz", language="kk"),
    )  # fmt: skip
    make_support(main, "a@example.kz", language="kk")
    make_support(same, "a@example.kz", language="kk")

    moderation.answer(main, text="Починят в мае.", by=member, version=1)
    outbox.drain()

    number = main.number
    assert sorted((letter.to[0], letter.subject) for letter in mail.outbox) == [
        ("a@example.kz", f"№ {number} сұраққа жауап берілді"),
        ("main@example.kz", f"На вопрос № {number} дан ответ"),
        ("same@example.kz", f"№ {number} сұраққа жауап берілді"),
    ]
    assert all("Починят в мае." in letter.body for letter in mail.outbox)


REFUSED_MERGES = ["itself", "waiting", "merged", "foreign"]


@pytest.mark.parametrize("case", REFUSED_MERGES)
def test_a_question_is_merged_into_a_public_one_of_the_territory(region, member, case):
    question = make_question(region.okrug, state=State.PUBLISHED)
    other = make_question(region.okrug, state=State.PUBLISHED)
    if case == "itself":
        other = question
    elif case == "waiting":
        other = make_question(region.okrug)
    elif case == "merged":
        other = make_question(region.okrug, state=State.PUBLISHED, merged_into=other)
    else:
        other = make_question(Region("230000000", "Атырау").first, state=State.PUBLISHED)

    with pytest.raises(PermissionDenied if case == "foreign" else Refused):
        moderation.merge(question, other, by=member, version=1)


def test_what_is_merged_into_a_merged_one_goes_on_to_the_last(region, member):
    first, second, third = (
        make_question(region.okrug, state=State.PUBLISHED) for _number in range(3)
    )
    moderation.merge(first, second, by=member, version=1)

    moderation.merge(second, third, by=member, version=1)

    assert set(third.merged.all()) == {first, second}


SENSELESS = [  # what e-Otinish is said to hold, the field that is told
    ({"eotinish_received_on": None}, "eotinish_received_on"),
    ({"eotinish_received_on": date(2999, 1, 1)}, "eotinish_received_on"),
    ({"eotinish_forwarded_on": date(2026, 3, 2)}, "eotinish_forwarded_on"),
    ({"eotinish_extended_on": date(2026, 3, 10)}, "eotinish_extended_to"),
    (
        {"eotinish_extended_on": date(2026, 3, 10), "eotinish_extended_to": date(2026, 3, 9)},
        "eotinish_extended_to",
    ),
]


@pytest.mark.parametrize(("values", "field"), SENSELESS)
def test_days_of_e_otinish_must_make_sense(region, member, values, field):
    question = make_question(region.okrug)

    with pytest.raises(Refused) as told:
        moderation.register(question, E_OTINISH | values, by=member, version=1)
    assert told.value.field == field


def test_a_question_moves_only_within_the_territory(region, member):
    question = make_question(region.okrug)
    foreign = Region("230000000", "Атырау").first

    with pytest.raises(Refused) as told:
        moderation.classify(
            question, kind=Kind.COMPLAINT, topic=Topic.WATER, unit=foreign, by=member, version=1
        )
    assert told.value.field == "unit"
