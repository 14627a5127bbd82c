"""What the person who asked reads about their question: states and terms in words."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals import terms
from appeals.enums import HoldReason, QuestionState
from appeals.models import Question
from meetings.dates import say_day
from meetings.selectors.daysoff import days_off


def standing(question: Question) -> str:
    """The first line of the page: where the question stands."""
    if question.answered_at:
        return _("Your question is answered.")
    if question.state == QuestionState.HELD:
        return _("Your question is kept but not published.")
    if question.merged_into_id:
        return _("Your question is told together with another one about the same.")
    if question.state == QuestionState.PUBLISHED:
        return _("Your question is published. The answer will stand here.")
    return _("Your question has come in and waits for the commission to read it.")


def hold_reason(question: Question) -> str:
    if question.state != QuestionState.HELD:
        return ""
    return str(HoldReason(question.hold_reason).label)


def main_url(question: Question) -> str:
    """The public page on which the question is told; empty while there is none."""
    shown = question.merged_into or question
    if shown.state != QuestionState.PUBLISHED or shown.merged_into_id:
        return ""
    return reverse("question", args=[shown.uuid])


def legal(question: Question, language: str) -> dict | None:
    """The term of e-Otinish with the way it was counted; one query."""
    received = question.eotinish_received_on
    if not question.eotinish_number or received is None:
        return None
    last = max(received, question.eotinish_extended_on or received) + terms.HORIZON
    off = days_off(received, last)
    term = terms.legal_term(received, off)

    def say(day: date) -> str:
        return say_day(day, language, weekday=False)

    said = [_received(term, say), _counted(term, say), _passed_over(term)]
    if question.eotinish_forwarded_on:
        said.append(
            _("It was forwarded on %(day)s to: %(body)s. Forwarding takes at most 3 working days:"
              " until %(last)s.")
            % {"day": say(question.eotinish_forwarded_on), "last": say(term.forward_by),
               "body": question.eotinish_forwarded_to}
        )  # fmt: skip
    until = term.due_on
    decided, extended_to = question.eotinish_extended_on, question.eotinish_extended_to
    if decided and extended_to:
        until = extended_to
        bounds = terms.extension(decided, term.due_on, off)
        said.append(_extended(decided, until, bounds, say))
    return {"number": question.eotinish_number, "until": say(until), "said": said}


def _received(term: terms.Term, say) -> str:
    if term.received_on == term.registered_on:
        return _("It was received and registered on %(day)s.") % {"day": say(term.received_on)}
    return _("It was received on %(day)s, a day off, and registered on the next working day:"
             " %(registered)s.") % {
        "day": say(term.received_on), "registered": say(term.registered_on),
    }  # fmt: skip


def _counted(term: terms.Term, say) -> str:
    return _("15 working days are counted from the day after: the last of them is %(day)s.") % {
        "day": say(term.due_on)
    }


def _passed_over(term: terms.Term) -> str:
    return ngettext(
        "%(n)d day off on the way does not count.", "%(n)d days off on the way do not count.",
        len(term.passed_over),
    ) % {"n": len(term.passed_over)}  # fmt: skip


def _extended(decided: date, until: date, bounds: terms.Extension, say) -> str:
    return _(
        "On %(day)s the term was extended until %(until)s. It may be extended by two months at"
        " most, until %(most)s, and you must be told of it within 3 working days: until %(notice)s."
    ) % {
        "day": say(decided), "until": say(until), "most": say(bounds.at_most),
        "notice": say(bounds.notice_by),
    }  # fmt: skip


def due(question: Question, language: str) -> str:
    """Until when an answer is owed by our own rule; empty when it is there or not owed."""
    owed = question.state in (QuestionState.WAITING, QuestionState.PUBLISHED)
    if question.answered_at or question.due_on is None or not owed:
        return ""
    return say_day(question.due_on, language, weekday=False)
