"""Random sequences of acts and kills against a real mail server: each letter once, in its words."""

from datetime import UTC, datetime, timedelta
from itertools import count
from unittest import mock

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from akimat import smtp
from meetings import holders, notes
from meetings.enums import LetterState
from meetings.models import Letter, LetterStop
from meetings.sealing import address_mark
from meetings.services import outbox
from tests.smtp import Server

pytestmark = pytest.mark.django_db(transaction=True)
BEGINNING = datetime(2027, 1, 10, 4, tzinfo=UTC)
LANGUAGES = ("kk", "ru", "en")
# What stands in the foot of every letter, by language: who writes.
FEET = {
    "kk": "Akimat: әкімдердің халықпен кездесулері",
    "ru": "Akimat: встречи акимов с населением",
    "en": "Akimat: meetings of akims with the population",
}
ANSWERS = ["451 4.7.1 later", "550 5.1.1 nobody", "554 5.7.1 relay denied", "421 4.3.2 off"]
PEOPLE = [f"a{number}@example.kz" for number in range(4)]


class Killed(BaseException):
    """The worker is dead: nothing of it runs any more."""


# Where a worker dies: the function, and whether before or after it did its work.
MOMENTS = [
    (outbox, "_take", True), (outbox, "_message", False), (notes.Note, "__enter__", True),
    (smtp._Session, "mail", True), (smtp._Session, "data", False),
    (smtp._Session, "_last_line", True), (outbox, "_done", False), (outbox, "_done", True),
    (notes, "drop", False),
]  # fmt: skip


class World:
    """The outbox, a server, the clock, one worker after another; and what must be so."""

    def __init__(self, server: Server, clock: time_machine.Traveller):
        self.server, self.clock = server, clock
        self.posted: dict[str, tuple[str, str, bool]] = {}
        self.lives = count()
        self.life = next(self.lives)
        self.refused_for_ever: set[str] = set()

    def worker(self) -> str:
        return f"life {self.life}"

    def post(self, number: int, person: int, language: int, is_stoppable: bool) -> None:
        key = f"fact:{number}"
        with transaction.atomic():
            outbox.post(
                "ready", to=PEOPLE[person], language=LANGUAGES[language], key=key,
                context={"subject": key, "body": "…"}, stoppable=is_stoppable,
            )  # fmt: skip
        if not (is_stoppable and self.is_stopped(person)):
            self.posted.setdefault(key, (PEOPLE[person], LANGUAGES[language], is_stoppable))

    def post_in_vain(self, number: int) -> None:
        """The fact did not happen after all."""
        with transaction.atomic():
            outbox.post(
                "ready", to=PEOPLE[0], language="kk", key=f"vain:{number}",
                context={"subject": "никогда", "body": "…"},
            )  # fmt: skip
            transaction.set_rollback(True)

    def stop(self, person: int) -> None:
        outbox.stop(address_mark(PEOPLE[person]))

    def is_stopped(self, person: int) -> bool:
        return LetterStop.objects.filter(mark=address_mark(PEOPLE[person])).exists()

    def drain(self) -> None:
        outbox.drain()

    def drain_and_die(self, moment: int, after: int) -> None:
        """The worker dies at that moment of its ``after``-th letter."""
        place, name, is_after = MOMENTS[moment]
        work, calls = getattr(place, name), count()

        def deadly(*args, **options):
            if is_after:
                answer = work(*args, **options)
            if next(calls) == after:
                raise Killed
            return answer if is_after else work(*args, **options)

        with mock.patch.object(place, name, deadly):
            try:
                outbox.drain()
            except Killed:
                self.life = next(self.lives)

    def up(self) -> None:
        self.server.up()

    def down(self) -> None:
        self.server.down()

    def answer(self, person: int, words: str) -> None:
        self.server.answers[PEOPLE[person]] = words
        if words.startswith("550 5.1"):
            self.refused_for_ever.add(PEOPLE[person])

    def mend(self, person: int) -> None:
        self.server.answers.pop(PEOPLE[person], None)

    def answer_letters(self, words: str) -> None:
        self.server.says = words

    def move_clock(self, minutes: int) -> None:
        self.clock.shift(timedelta(minutes=minutes))

    def settle(self) -> None:
        """Everything works again, and time goes by."""
        self.server.answers.clear()
        self.server.says = ""
        self.server.up()
        for _round in range(60):
            outbox.drain()
            if not Letter.objects.filter(state=LetterState.WAITING).exists():
                return
            self.clock.shift(timedelta(hours=1))
        raise AssertionError("Letters wait for ever.")

    def check(self) -> None:
        arrived = [
            (
                str(letter["Subject"]), str(letter["To"]), str(letter["Content-Language"]),
                "List-Unsubscribe" in letter, foot.splitlines()[0],
            )
            for letter in self.server.letters
            for _body, foot in [letter.get_content().replace("\r\n", "\n").split("\n-- \n")]
        ]  # fmt: skip
        stopped = set(
            Letter.objects.filter(state=LetterState.STOPPED).values_list("key", flat=True)
        )
        given_up = set(
            Letter.objects.filter(state=LetterState.GIVEN_UP).values_list("key", flat=True)
        )
        assert {self.posted[key][0] for key in given_up} <= self.refused_for_ever
        assert all(self.posted[key][2] for key in stopped)
        assert sorted(arrived) == sorted(
            (key, to, language, is_stoppable, FEET[language])
            for key, (to, language, is_stoppable) in self.posted.items()
            if key not in stopped | given_up
        )
        assert Letter.objects.exclude(sealed="").count() == 0


numbers, people = st.integers(0, 9), st.integers(0, len(PEOPLE) - 1)
deaths = st.tuples(
    st.just("drain_and_die"), st.integers(0, len(MOMENTS) - 1), st.integers(0, 3)
)  # fmt: skip
acts = st.one_of(
    st.tuples(st.just("post"), numbers, people, st.integers(0, 2), st.booleans()),
    st.tuples(st.just("post"), numbers, people, st.integers(0, 2), st.booleans()),
    st.tuples(st.just("post_in_vain"), numbers),
    st.tuples(st.just("drain")),
    deaths,
    deaths,
    st.tuples(st.just("stop"), people),
    st.tuples(st.just("down")),
    st.tuples(st.just("up")),
    st.tuples(
        st.just("answer"), people,
        st.sampled_from(ANSWERS),
    ),
    st.tuples(st.just("mend"), people),
    st.tuples(st.just("answer_letters"), st.sampled_from(["", "451 later", "554 no", "421 off"])),
    st.tuples(st.just("move_clock"), st.sampled_from([-30, 1, 2, 20, 300])),
)  # fmt: skip


@hypothesis_settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@example([("post", 1, 0, 0, False), ("drain_and_die", 5, 0)])
@example([("post", 1, 0, 0, False), ("drain_and_die", 6, 0), ("down",), ("drain",)])
@example([("post", 1, 0, 0, True), ("answer", 0, "451 4.7.1 later"), ("drain",), ("stop", 0)])
@example([("post", n, n % 4, n % 3, False) for n in range(9)] + [("drain_and_die", 7, 3)])
@given(st.lists(acts, max_size=25))
def test_whatever_happens_each_letter_arrives_once_in_its_language(smtp_server, acts):
    Letter.objects.all().delete()
    LetterStop.objects.all().delete()
    smtp_server.begin_again()
    with time_machine.travel(BEGINNING, tick=False) as clock:
        world = World(smtp_server, clock)
        with (
            mock.patch.object(holders, "name", world.worker),
            mock.patch.object(holders, "is_gone", lambda name: name != world.worker()),
        ):
            for name, *values in acts:
                getattr(world, name)(*values)
            world.settle()
            world.check()
