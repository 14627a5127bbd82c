"""The outbox, case by case."""

import logging
import os
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
import time_machine
from django.conf import settings as site
from django.core import mail
from django.db import connection, transaction

from akimat import sending
from meetings import holders, notes
from meetings.enums import LetterState
from meetings.models import Letter
from meetings.notes import Word
from meetings.sealing import address_mark
from meetings.services import mail_server, outbox

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 4, tzinfo=UTC)
CANARY = "canary-7c1f@example.kz"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def post(**more) -> Letter:
    values = {
        "to": CANARY, "language": "ru", "key": "fact:1",
        "context": {"subject": "Ответ", "body": "Есть ответ."},
    } | more  # fmt: skip
    with transaction.atomic():
        outbox.post("ready", **values)
    return Letter.objects.get(key=values["key"])


def state() -> list[tuple]:
    """Each letter: where it stands, tries, error, minutes until it is tried."""
    return [
        (letter.state, letter.tries, letter.error, (letter.due_at - NOW).total_seconds() / 60)
        for letter in Letter.objects.order_by("pk")
    ]


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_written_in_the_transaction_of_its_fact_alone():
    with pytest.raises(RuntimeError, match="in the transaction"):
        outbox.post("ready", to=CANARY, language="ru", context={}, key="fact:1")

    assert Letter.objects.count() == 0


def test_the_second_letter_of_a_key_is_not_written():
    post()
    post(context={"subject": "Другой", "body": "…"})

    assert outbox.drain() == 1
    assert [letter.subject for letter in mail.outbox] == ["Ответ"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_wakes_the_worker_once(monkeypatch):
    woken = []

    def wake():
        woken.append(True)

    monkeypatch.setattr(outbox, "wake", wake)
    with transaction.atomic():
        for number in range(5):
            post(key=f"fact:{number}")

    assert woken == [True]


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_away_does_not_undo_the_fact(monkeypatch, caplog):
    from meetings import tasks

    monkeypatch.undo()
    monkeypatch.setattr(tasks.drain_letters, "schedule", mock.Mock(side_effect=OSError(CANARY)))
    post()

    assert Letter.objects.count() == 1
    assert "The worker was not woken: OSError" in caplog.text
    assert CANARY not in caplog.text


def test_who_gave_no_address_gets_no_letter():
    with transaction.atomic():
        outbox.post("ready", to=" ", language="ru", context={}, key="fact:1")

    assert Letter.objects.count() == 0


def test_what_a_letter_said_is_wiped_when_it_is_sent():
    letter = post()
    assert CANARY not in letter.sealed

    outbox.drain()
    letter.refresh_from_db()

    assert (letter.state, letter.sealed, letter.done_at) == (LetterState.SENT, "", NOW)
    assert list(notes.folder().iterdir()) == []


def test_an_address_that_does_not_exist_is_given_up_at_once(smtp_server, caplog):
    smtp_server.answers[CANARY] = f"550 5.1.1 <{CANARY}>: no such user"
    post()

    assert outbox.drain() == 0
    assert state() == [(LetterState.GIVEN_UP, 1, "SMTP 550", 0)]
    assert Letter.objects.get().sealed == ""
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    "answer", ["451 4.2.1 try later", "554 5.7.1 <" + CANARY + ">: Relay access denied"]
)
def test_an_address_refused_for_now_is_tried_again_with_growing_pauses(
    smtp_server, clock, caplog, answer
):
    smtp_server.answers[CANARY] = answer
    post()
    pauses = []
    for _try in range(12):
        outbox.drain()
        letter = Letter.objects.get()
        pauses.append((letter.due_at - clock_now()).total_seconds() / 60)
        clock.move_to(letter.due_at)

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    assert CANARY not in caplog.text
    smtp_server.answers.clear()
    assert outbox.drain() == 1


def clock_now() -> datetime:
    return datetime.now(tz=UTC)


def test_a_letter_that_is_never_taken_is_given_up_after_eight_days(smtp_server, clock):
    smtp_server.says = "451 later"
    post()
    while Letter.objects.filter(state=LetterState.WAITING).exists():
        outbox.drain()
        clock.move_to(max(Letter.objects.get().due_at, clock_now()))

    assert state()[0][:3] == (LetterState.GIVEN_UP, outbox.MOST_TRIES, "SMTP 451")
    assert timedelta(days=7) < Letter.objects.get().done_at - NOW < timedelta(days=9)


@pytest.mark.parametrize("how", ["down", "421"])
def test_a_server_that_is_away_costs_letters_no_try(smtp_server, clock, caplog, how):
    if how == "down":
        smtp_server.down()
    else:
        smtp_server.says = "421 4.3.2 shutting down"
    for number in range(3):
        post(key=f"fact:{number}", to=f"{number}-{CANARY}")
    for _minute in range(100):
        assert outbox.drain() == 0
        clock.shift(timedelta(minutes=1))

    assert {(letter.state, letter.tries) for letter in Letter.objects.all()} == {
        (LetterState.WAITING, 0)
    }
    smtp_server.begin_again()
    assert outbox.drain() == 3
    assert sorted(smtp_server.ids().values()) == [1, 1, 1]
    assert CANARY not in caplog.text


def test_a_connection_that_breaks_after_the_letter_may_double_it_under_one_message_id(smtp_server):
    """Nobody can know whether the server has it: rather twice than never."""
    smtp_server.breaks_after_letter = True
    letter = post()
    assert outbox.drain() == 0
    assert state() == [(LetterState.WAITING, 1, "SMTPServerDisconnected", 1)]

    smtp_server.breaks_after_letter = False
    Letter.objects.update(due_at=NOW)
    assert outbox.drain() == 1
    assert smtp_server.ids() == {f"<{letter.uuid}@127.0.0.1>": 2}


def killed_after(word: Word, letter: Letter) -> None:
    """A worker noted the word of the letter, and is dead."""
    with notes.Note(letter.uuid) as note:
        note.say(word)


@pytest.mark.parametrize(
    ("word", "arrived", "error"),
    [(Word.NOTHING, 1, ""), (Word.OFFERED, 0, "unanswered"), (Word.TAKEN, 0, "")],
)
def test_the_note_of_a_killed_worker_says_whether_to_send_again(word, arrived, error):
    letter = post()
    killed_after(word, letter)

    outbox.drain()

    assert len(mail.outbox) == arrived
    assert state() == [(LetterState.SENT, 1, error, 0)]


def test_after_the_machine_stopped_an_unanswered_letter_is_sent_again(monkeypatch):
    letter = post()
    killed_after(Word.OFFERED, letter)
    monkeypatch.setattr(holders, "boot", lambda: "another run of the machine")

    outbox.drain()

    assert len(mail.outbox) == 1


def test_nothing_is_sent_while_notes_cannot_be_written(tmp_path, smtp_server, caplog):
    (tmp_path / "letters-taken").write_text("a file where the folder should be")
    post()
    assert outbox.drain() == 0
    assert (smtp_server.letters, state()) == (
        [], [(LetterState.WAITING, 0, "note: NotADirectoryError", 1)],
    )  # fmt: skip

    (tmp_path / "letters-taken").unlink()
    Letter.objects.update(due_at=NOW)
    assert outbox.drain() == 1


@pytest.mark.parametrize(
    ("can_note", "fails"), [(True, "meetings.notes.mmap.mmap"), (False, "os.pwrite")]
)
def test_a_note_that_fails_in_the_middle_keeps_the_letter_back(smtp_server, can_note, fails):
    full = mock.Mock(side_effect=OSError(28, "No space left on device"))
    post()
    knows = mock.patch.object(sending, "can_note", return_value=can_note)
    with knows, mock.patch(fails, full):
        assert outbox.drain() == 0

    assert smtp_server.letters == []
    Letter.objects.update(due_at=NOW)
    assert outbox.drain() == 1
    assert list(smtp_server.ids().values()) == [1]


def test_a_letter_is_not_offered_when_the_talk_took_too_long(smtp_server, monkeypatch):
    monkeypatch.setattr(mail_server, "LONGEST_TALK", -1)
    post()

    assert outbox.drain() == 0
    assert smtp_server.letters == []


@pytest.mark.parametrize(
    "bad", ["a@example.kz\nBcc: b@example.kz", "@", "a b", "ә" * 70 + "@example.kz"]
)
def test_a_letter_that_cannot_be_written_holds_up_no_other(smtp_server, caplog, bad):
    post(key="bad", to=bad)
    post(key="broken", context={"subject": "…"} | {"body": "x"}, to=f"{CANARY}\r\nX: y")
    Letter.objects.create(
        key="unreadable",
        kind="ready",
        language="ru",
        mark="",
        sealed="no key opens it",
        created_at=NOW,
        due_at=NOW,
    )
    with transaction.atomic():
        outbox.post("no_such_kind", to=CANARY, language="ru", context={}, key="kind")
    post(key="good", to="good@example.kz")

    outbox.drain()

    assert Letter.objects.get(key="good").state == LetterState.SENT
    assert [letter["To"] for letter in smtp_server.letters if "good" in letter["To"]] == [
        "good@example.kz"
    ]
    assert not Letter.objects.exclude(held_by="").exists()
    assert CANARY not in caplog.text
    assert "b@example.kz" not in caplog.text


def test_who_stopped_notices_gets_only_what_was_asked_for():
    mark = address_mark(CANARY)
    post(key="before", stoppable=True)
    outbox.stop(mark)
    post(key="code")
    post_at_the_same_moment = Letter(
        key="meanwhile", kind="ready", language="ru", mark=mark, is_stoppable=True,
        sealed=Letter.objects.get(key="code").sealed, created_at=NOW, due_at=NOW,
    )  # fmt: skip
    post_at_the_same_moment.save()
    with transaction.atomic():
        outbox.post(
            "ready", to=CANARY.upper(), language="ru", context={}, key="after", stoppable=True
        )

    outbox.drain()

    assert dict(Letter.objects.values_list("key", "state")) == {
        "before": LetterState.STOPPED, "code": LetterState.SENT, "meanwhile": LetterState.STOPPED,
    }  # fmt: skip
    assert len(mail.outbox) == 1


def test_a_worker_asked_to_end_takes_no_other_letter():
    for number in range(4):
        post(key=f"fact:{number}")

    assert outbox.drain(is_stopping=lambda: len(mail.outbox) == 2) == 2


def test_letters_done_with_are_taken_out_and_so_are_forgotten_notes(clock):
    old = post()
    killed_after(Word.TAKEN, old)
    outbox.drain()
    post(key="waits", at=NOW + timedelta(days=400))
    killed_after(Word.TAKEN, old)  # the note could not be taken away

    assert outbox.forget_old(NOW) == 0
    assert list(notes.folder().iterdir()) == []
    assert outbox.forget_old(NOW + timedelta(seconds=1)) == 1
    assert [letter.key for letter in Letter.objects.all()] == ["waits"]


def test_a_living_worker_keeps_what_it_holds_and_a_dead_one_does_not():
    letter = post()
    outbox._take()
    assert outbox.drain() == 0

    dead = holders.name().replace(f":{os.getpid()}:", ":999999999:")
    Letter.objects.filter(pk=letter.pk).update(held_by=dead)
    assert outbox.drain() == 1


def test_a_number_that_was_given_to_another_process_is_not_taken_for_the_dead_worker():
    assert holders.is_gone(holders.name()) is False
    assert holders.is_gone(f"{holders.name()}9") is True
    assert holders.is_gone("another-machine:4026531836:1:1") is False
    assert len(holders.name()) <= 80


def test_letters_are_late_when_one_is_overdue_or_no_server_was_found(clock, smtp_server):
    smtp_server.down()
    post()
    outbox.drain()
    assert outbox.is_late(NOW + outbox.LATE) is False
    assert outbox.is_late(NOW + outbox.LATE + timedelta(minutes=1)) is True

    smtp_server.up()
    smtp_server.answers[CANARY] = "451 later"
    clock.shift(timedelta(hours=1))
    outbox.drain()
    assert outbox.is_late(clock_now() + timedelta(minutes=10)) is False


def test_no_log_line_of_a_round_names_an_address(smtp_server, caplog):
    caplog.set_level(logging.DEBUG)
    smtp_server.answers = {
        f"1-{CANARY}": f"550 5.1.1 {CANARY}", f"2-{CANARY}": f"451 {CANARY}",
        f"3-{CANARY}": f"553 5.7.1 {CANARY}",
    }  # fmt: skip
    for number in range(5):
        post(key=f"fact:{number}", to=f"{number}-{CANARY}")
    outbox.drain()
    smtp_server.says = f"554 {CANARY} looks like spam"
    post(key="spam")
    outbox.drain()

    ours = [line.getMessage() + (line.exc_text or "") for line in caplog.records
            if not line.name.startswith(("mail.", "django.db"))]  # fmt: skip
    assert len(ours) > 3
    assert [line for line in ours if "canary" in line] == []
    assert connection.in_atomic_block  # nothing of it broke the test's own transaction
    assert str(site.DATA_DIR) in str(notes.folder())
