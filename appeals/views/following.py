"""The page of the person who asked: opened by a secret address alone."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from appeals import followed, questionrows
from appeals.enums import QuestionState
from appeals.forms.following import ObjectionForm
from appeals.models import Question
from appeals.secret_links import leads_nowhere
from appeals.services import files, moderation
from appeals.services.asking import follow_digest, say_moment, say_registration
from meetings import letters
from meetings.errors import Refused

LONGEST_TOKEN = 100


@never_cache
@require_safe
def follow(request, token):
    """Where the question stands, why it is held back, what was answered."""
    return _page(request, _question_or_404(token))


@never_cache
@require_POST
def object_to(request, token):
    """The author's one objection to a text being held back."""
    question = _question_or_404(token)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _page(request, question, status=422, objection=form)
    try:
        moderation.object_to(question, words=form.cleaned_data["words"])
    except Refused as refused:
        # It was published, or objected to in another window, after this page was opened.
        return _page(request, _question_or_404(token), status=409, told=refused.message)
    return redirect("follow", token=token)


@never_cache
@require_safe
def file(request, token, uuid):
    """A photo or document that the author sent."""
    question = _question_or_404(token)
    return files.one_of(question.attachments.all(), uuid, question.number)


def _question_or_404(token: str) -> Question:
    found = (
        Question.objects.filter(follow_digest=follow_digest(token[:LONGEST_TOKEN]))
        .select_related("unit", "meeting__host__unit", "merged_into", "person", "problem")
        .first()
    )
    if found is None:
        raise leads_nowhere()
    return found


def _page(request, question: Question, *, status: int = 200, **more):
    token = request.resolver_match.kwargs["token"]
    language = get_language() or "kk"
    person, asked_at = question.person, question.asked_at or question.created_at
    may_object = question.state == QuestionState.HELD and question.objected_at is None
    context = {
        "question": question, "objection": ObjectionForm() if may_object else None,
        "standing": followed.standing(question),
        "asked": say_moment(asked_at, language),
        "registered": say_registration(asked_at, language),
        "hold_reason": followed.hold_reason(question), "public_url": followed.main_url(question),
        "due": followed.due(question, language), "legal": followed.legal(question, language),
        "stop_url": letters.stop_path(person.mark) if person and person.mark else "",
        "files": questionrows.files(
            question, lambda one: reverse("follow_file", args=[token, one.uuid])
        ),
        "object_url": reverse("follow_object", args=[token]),
        **more,
    }  # fmt: skip
    response = render(request, "appeals/public/follow.html", context, status=status)
    # The address is the key: it is told to no other page and to no search engine.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
