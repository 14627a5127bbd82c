"""What those who asked or supported say of an outcome: one voice an address, by a code."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.enums import OUTCOMES, Purpose, VerdictWord
from appeals.models import Code, Problem, Verdict
from appeals.pool_steps import MOST_REOPENED
from appeals.services import codes, deadlines, problem_voices, problems
from meetings.errors import Refused
from meetings.services import log
from meetings.services.publishing import raise_public

LONGEST_REASON = 2_000


def ask(
    problem: Problem, *, word: VerdictWord, reason: str, email: str, language: str, visitor: str
) -> Code:
    """Send a code; the verdict counts when it is typed.

    Whether the address asked or supported is told only to whoever reads its letters.

    Raises:
        Refused: the problem is in work, no reason for «not solved»; codes.TooMany.
    """
    _require_closed(problem)
    _require_reason(word, reason)
    return codes.ask_code(
        Purpose.VERDICT, f"problem:{problem.uuid}", email, language, visitor=visitor,
        details={"word": str(word), "reason": reason, "round": problem.reopened},
    )  # fmt: skip


@codes.confirms(Purpose.VERDICT)
def confirm(code: Code) -> str:
    """Count the verdict; the first «not solved» opens the problem again, once."""
    problem = Problem.objects.filter(uuid=code.subject.partition(":")[2]).first()
    if problem is None:
        raise Refused(_("There is no such problem any more."))
    details = code.details
    give(problem, code.mark, VerdictWord(details["word"]), details["reason"], details["round"])
    return f"{reverse('problem', args=[problem.uuid])}?verdict=counted"


@transaction.atomic
def give(
    problem: Problem, mark: str, word: VerdictWord, reason: str, at_round: int, *, at=None
) -> Verdict:
    """Keep the verdict of a confirmed address.

    Args:
        mark: of the address.
        at_round: how often the problem had been reopened when the person wrote.
    Raises:
        Refused: the address neither asked nor supported, or spoke already; the problem is in work
        again or was closed anew meanwhile.
    """
    at = at or timezone.now()
    due = deadlines.counted(timezone.localdate(at), problem.term_days or problems.REOPENED_DAYS)
    problem = problems.locked(problem, None)
    _require_closed(problem)
    if problem.reopened != at_round:
        raise Refused(_("The problem has another outcome meanwhile. Read it and say again."))
    if mark not in problem_voices.marks_of(problem):
        raise Refused(
            _("This address neither asked nor supported a question of this problem: the verdict"
              " is theirs who did.")
        )  # fmt: skip
    if Verdict.objects.filter(problem=problem, mark=mark).exists():
        raise Refused(_("This address has given its verdict already: one address, one voice."))
    _require_reason(word, reason)
    verdict = Verdict.objects.create(
        problem=problem, mark=mark, word=word, reason=reason, round=problem.reopened, at=at
    )
    log.record(f"verdict.{word}", f"problem:{problem.uuid}", by=None, region=problem.region, at=at)
    raise_public("appeals")
    if word == VerdictWord.NOT_SOLVED and problem.reopened < MOST_REOPENED:
        problems.reopen(problem, due, at=at)
    return verdict


def _require_closed(problem: Problem) -> None:
    if problem.state not in OUTCOMES:
        raise Refused(_("The problem is in work: there is no outcome to judge yet."))


def _require_reason(word: VerdictWord, reason: str) -> None:
    if word == VerdictWord.NOT_SOLVED and not reason.strip():
        raise Refused(_("Say what is not solved: the commission will read it."), "reason")
