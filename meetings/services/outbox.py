"""Letters: written with the fact they tell, sent later by the worker, each of them once.

``post`` adds a row in the transaction of the fact. ``drain`` sends what is due, and says so in the
table. Between the mail server's word and the table stands a note in a file (meetings/notes.py),
written as the last line of the letter goes out:

- A worker that is killed before that line has sent nothing: the letter goes out again.
- One that is killed after it has sent the letter: the system hands over what it was given. The
  letter counts as sent; ``unanswered`` in its row says that nobody read the server's answer.
- When the connection breaks after that line while the worker lives, or the machine itself stops,
  nobody can know. The letter goes out again, under the same Message-ID: rather twice than never.

Where workers run on several machines each has its own notes. What one machine held when it was
lost is taken up by another after ``HELD``, as if it had not been sent.
"""

import json
import logging
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from meetings import holders, letters, notes
from meetings.enums import LetterState
from meetings.models import Letter, LetterStop
from meetings.notes import Note, Word
from meetings.sealing import address_mark, seal, unseal
from meetings.services.mail_server import Away, Broken, MailServer, NotTaken

log = logging.getLogger("akimat.outbox")
# Longer than the longest talk with a server about one letter.
HELD = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
MOST_TRIES = 40  # eight days
BATCH = 500
LATE = timedelta(minutes=15)


def post(
    kind: str, *, to: str, language: str, context: Mapping, key: str, stoppable: bool = False,
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Put one letter into the outbox, in the transaction of what it tells.

    Args:
        kind: the template, ``letters/<kind>.txt``: its first line is the subject.
        to: an e-mail address; who gave none gets no letter.
        context: what the template says; plain values, since it is kept as JSON, sealed.
        key: names the fact and the reader; a second letter with the same key is not written.
        stoppable: a notice; people who stopped notices do not get it.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A letter is written in the transaction of what it tells.")
    if not to.strip():
        return
    at = at or timezone.now()
    mark = address_mark(to)
    if stoppable and LetterStop.objects.filter(mark=mark).exists():
        return
    sealed = seal(json.dumps({"to": to, "context": dict(context)}, ensure_ascii=False))
    Letter.objects.bulk_create(
        [Letter(key=key, kind=kind, language=language, mark=mark, sealed=sealed,
                is_stoppable=stoppable, created_at=at, due_at=at)],
        ignore_conflicts=True,
    )  # fmt: skip
    _wake_once()


def _wake_once() -> None:
    """However many letters a transaction writes, the worker is woken by one of them."""
    if not any(entry[1] is wake for entry in connection.run_on_commit):
        transaction.on_commit(wake)


def wake() -> None:
    """Tell the worker that something waits; it would look by itself within a minute."""
    from meetings.tasks import drain_letters

    try:
        drain_letters.schedule(delay=0)
    except Exception as error:  # the queue is away: the letter stays in its table
        log.warning("The worker was not woken: %s", type(error).__name__)


def drain(*, most: int = BATCH, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what is due; how many went out. Ends early when the mail server is away."""
    sent = 0
    _free_what_the_dead_hold()
    with MailServer() as server:
        for _number in range(most):
            letter = None if is_stopping() else _take()
            if letter is None:
                break
            try:
                sent += _deliver(letter, server) is LetterState.SENT
            except (Away, Broken):
                break
    return sent


def stop(mark: str) -> None:
    """No more notices to this address; those that wait are not sent."""
    with transaction.atomic():
        LetterStop.objects.bulk_create(
            [LetterStop(mark=mark, at=timezone.now())], ignore_conflicts=True
        )
        waiting = Letter.objects.filter(mark=mark, is_stoppable=True, state=LetterState.WAITING)
        waiting.update(state=LetterState.STOPPED, done_at=timezone.now(), sealed="")


def forget_old(day_before: datetime) -> int:
    """Take out letters that were done with before that moment; how many. Notes that a killed
    worker left behind go too."""
    for name in notes.kept():
        if not Letter.objects.filter(uuid=name, state=LetterState.WAITING).exists():
            notes.drop(name)
    done = Letter.objects.exclude(state=LetterState.WAITING).filter(done_at__lt=day_before)
    return done.delete()[0]


def is_late(now: datetime) -> bool:
    """Whether letters pile up: one is overdue, or was never offered to any server."""
    waiting = Letter.objects.filter(state=LetterState.WAITING)
    untried = Q(tries=0, created_at__lt=now - LATE)
    return waiting.filter(untried | Q(due_at__lt=now - LATE)).exists()


@transaction.atomic
def _take() -> Letter | None:
    """The letter that is due longest, held for this worker."""
    now = timezone.now()
    waiting = Letter.objects.filter(state=LetterState.WAITING, due_at__lte=now)
    free = waiting.exclude(held_until__gt=now).order_by("due_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True)
    letter = free.first()
    if letter is not None:
        letter.held_until, letter.held_by = now + HELD, holders.name()
        letter.save(update_fields=["held_until", "held_by"])
    return letter


def _free_what_the_dead_hold() -> None:
    """What a worker of this machine held when it was killed is taken up at once."""
    held = Letter.objects.filter(state=LetterState.WAITING, held_until__gt=timezone.now())
    for holder in set(held.values_list("held_by", flat=True)):
        if holders.is_gone(holder):
            held.filter(held_by=holder).update(held_until=None, held_by="")


def _deliver(letter: Letter, server: MailServer) -> LetterState:
    try:
        if (word := notes.read(letter.uuid)) is not Word.NOTHING:  # from a worker that is dead
            return _done(letter, LetterState.SENT, "" if word is Word.TAKEN else "unanswered")
        if letter.is_stoppable and LetterStop.objects.filter(mark=letter.mark).exists():
            return _done(letter, LetterState.STOPPED)
        message = _message(letter)
        with Note(letter.uuid) as note:
            server.send(message, note)
    except NotTaken as refused:
        if refused.is_final:
            return _done(letter, LetterState.GIVEN_UP, str(refused))
        return _postpone(letter, str(refused))
    except Broken as broken:
        _postpone(letter, str(broken))
        raise
    except Away as away:
        _wait(letter, str(away))
        raise
    except OSError as error:
        _wait(letter, f"note: {type(error).__name__}")
        raise Away("The folder of notes cannot be written.") from error
    except Exception as error:
        log.error("Letter %s (%s) cannot be written: %s", letter.uuid, letter.kind, _where(error))
        return _postpone(letter, type(error).__name__)
    return _done(letter, LetterState.SENT)


def _where(error: Exception) -> str:
    """What happened where, without the words of the error: they may quote the letter."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {last.filename}:{last.lineno}"


def _message(letter: Letter) -> mail.EmailMessage:
    kept = json.loads(unseal(letter.sealed))
    subject, body, stop_url = letters.render(
        letter.kind, letter.language, kept["context"],
        mark=letter.mark if letter.is_stoppable else "",
    )  # fmt: skip
    headers = {
        "Message-ID": f"<{letter.uuid}@{settings.SITE_DOMAIN}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    if stop_url:
        headers |= {
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return mail.EmailMessage(subject, body, to=[kept["to"]], headers=headers)


def _done(letter: Letter, state: LetterState, error: str = "") -> LetterState:
    """What it said is not needed any more: a code that lies about is a key under the mat."""
    rows = Letter.objects.filter(pk=letter.pk)
    if state is not LetterState.SENT:
        rows = rows.filter(state=LetterState.WAITING)
    rows.update(
        state=state, sealed="", held_until=None, held_by="", error=error, done_at=timezone.now(),
        tries=letter.tries + 1,
    )  # fmt: skip
    notes.drop(letter.uuid)
    if state is LetterState.GIVEN_UP:
        log.warning("Letter %s (%s) cannot be delivered: %s", letter.uuid, letter.kind, error)
    return state


def _postpone(letter: Letter, error: str) -> LetterState:
    """The letter was tried and not taken: again after a pause that grows, at last never."""
    tries = letter.tries + 1
    if tries >= MOST_TRIES:
        return _done(letter, LetterState.GIVEN_UP, error)
    pause = min(FIRST_PAUSE * 2 ** min(letter.tries, 20), LONGEST_PAUSE)
    return _wait(letter, error, pause=pause, tries=tries)


def _wait(
    letter: Letter, error: str, *, pause: timedelta = FIRST_PAUSE, tries: int | None = None
) -> LetterState:
    notes.drop(letter.uuid)
    Letter.objects.filter(pk=letter.pk, held_by=holders.name()).update(
        tries=letter.tries if tries is None else tries, error=error[:60], held_until=None,
        held_by="", due_at=timezone.now() + pause,
    )  # fmt: skip
    log.warning("Letter %s (%s) waits: %s", letter.uuid, letter.kind, error)
    return LetterState.WAITING
