"""Taking a step of the approval from a page: asked, confirmed, taken, or told why not."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meetings.enums import State, Step
from meetings.errors import Refused, StaleEdit, StepRefused
from meetings.forms.decisions import ConfirmedForm, StepForm
from meetings.models import Revision
from meetings.permissions import STEP_ACTS, may
from meetings.services.approval import move, procedure_of, require_step
from meetings.services.confirmation import TooManyTries, is_confirmed
from meetings.stepwords import PRESENT, TAKEN
from meetings.transitions import STEPS


def require_right(user, step: Step, revision: Revision) -> None:
    """403 for a role that never takes this step here, on GET as on POST."""
    if not may(user, STEP_ACTS[step], revision.calendar.region):
        raise PermissionDenied(_("Your role does not take this step in this region."))


def decide(
    request, revision: Revision, step: Step, *, template: str, context: Callable[[], dict],
    done_url: str, now_url: str,
) -> HttpResponse:  # fmt: skip
    """The page of one step: GET asks for its papers, POST takes it.

    Args:
        context: makes what the page shows beside the form; called only when it is shown.
        done_url: where to go when the step is taken.
        now_url: where the person sees how the calendar stands.
    """
    require_right(request.user, step, revision)
    way = STEPS[procedure_of(revision)].get(step)
    if way is None or State(revision.state) not in way.sources:
        return conflict(request, State(revision.state), now_url)
    form = StepForm(request.POST or None, step=step, way=way, initial={"version": revision.version})
    status = 200
    if request.method == "POST":
        try:
            status = _take(request, revision, step, form)
        except StepRefused as refused:
            return conflict(request, refused.present_state, now_url)
        except StaleEdit as stale:
            return conflict(request, State(stale.theirs.state), now_url)
        if status == 200:
            messages.success(request, TAKEN[step])
            return redirect(done_url)
    return render(request, template, {"form": form, "step": step, **context()}, status=status)


def _take(request, revision: Revision, step: Step, form: StepForm) -> int:
    """200 when the step was taken; otherwise the form says what is wrong."""
    if not form.is_valid():
        return 422
    papers = form.papers()
    try:
        require_step(revision, step, by=request.user, **papers)
        if status := refused_confirmation(request, form):
            return status
        move(revision, step, by=request.user, **papers)
    except Refused as refused:
        put_into(form, refused)
        return 422
    return 200


def refused_confirmation(request, form: ConfirmedForm) -> int | None:
    """None when the person is who they say; else the status, with the words in the form."""
    if "confirm" not in form.fields:
        return None
    try:
        if is_confirmed(request, form.cleaned_data["confirm"]):
            return None
        form.add_error("confirm", _("This is neither your password nor a code that is good now."))
        return 422
    except TooManyTries:
        form.add_error("confirm", _("Too many tries. Wait a minute and send it again."))
        return 429


def put_into(form, refused: Refused) -> None:
    """The service's sentence, at the field it is about."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)


def conflict(request, present: State, now_url: str) -> HttpResponse:
    """409: somebody was first; where it stands and where to see it."""
    context = {"present": PRESENT[present], "back_url": now_url}
    return render(request, "409.html", context, status=409)
