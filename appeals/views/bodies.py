"""The desk of responsible organisations: what is theirs, and what burns."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals import poolrows
from appeals.enums import OUTCOMES
from appeals.models import Body, Problem
from appeals.selectors import pool
from meetings.permissions import Act, reach
from meetings.views.desk_page import at_the_desk, page_at

PAGE = 40
MOST_PROMISES = 100
LATELY_CLOSED = 10


@at_the_desk
@require_safe
def given(request):
    """Problems and promises of the organisations that the user reports for, overdue first."""
    if reach(request.user, Act.REPORT_PROMISE) == []:
        raise PermissionDenied(_("Your role does not report for an organisation."))
    today, language = timezone.localdate(), get_language() or "kk"
    bodies = list(Body.objects.of(request.user).distinct().select_related("unit"))
    problems = pool.given_to(bodies)
    page = page_at(request, problems.select_related("unit", "body"), PAGE)
    promises = pool.promised_by(bodies).select_related("problem__unit", "body", "meeting")
    closed = Problem.objects.filter(body__in=bodies, state__in=OUTCOMES).order_by("-closed_at")
    late = problems.filter(due_on__lt=today).count()
    context = {
        "bodies": bodies, "page": page, "late": late,
        "answer": _answer(page.paginator.count, late),
        "rows": poolrows.problem_rows(page.object_list, language, today, name="desk_problem"),
        "promises": _promises(promises[:MOST_PROMISES], language, today),
        "closed": poolrows.problem_rows(
            closed.select_related("unit", "body")[:LATELY_CLOSED], language, today,
            name="desk_problem",
        ),
    }  # fmt: skip
    return render(request, "appeals/desk/given.html", context)


def _promises(found, language: str, today) -> list[dict]:
    rows = poolrows.promise_rows(found, language, today)
    for row, promise in zip(rows, found, strict=True):
        url = reverse("desk_problem", args=[promise.problem.uuid])
        row["problem_url"] = f"{url}#{row['anchor']}"
    return rows


def _answer(count: int, late: int) -> str:
    if not count:
        return _("Nothing is given to you now.")
    said = ngettext("%(n)d problem is given to you.", "%(n)d problems are given to you.", count)
    if not late:
        return said % {"n": count}
    burns = ngettext("%(n)d of them is overdue.", "%(n)d of them are overdue.", late)
    return f"{said % {'n': count}} {burns % {'n': late}}"
