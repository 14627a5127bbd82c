"""What everybody may read of the questions: published text alone."""

from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appeals import questionrows
from appeals.forms.following import SupportForm
from appeals.models import Attachment, Question
from appeals.questionrows import say_voices
from appeals.services import files, supporting
from appeals.services.asking import say_moment
from appeals.services.codes import TooMany
from appeals.services.supporting import Voice
from appeals.visitors import network_address
from meetings import kept
from meetings.selectors.units import with_chains
from meetings.views.answers import not_found

ROOMS = ("meetings", "appeals")


@require_safe
def question(request, uuid):
    """One published question; one that was merged leads on to where it is told."""
    return kept.page(request, lambda: _question(request, uuid), names=ROOMS)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support(request, uuid):
    """Give one's voice: a code is sent to the address. A page of its own, since that of the
    question is kept for all visitors and a form needs a token of the visitor's own."""
    found = _published(uuid)
    if found is None:
        return _missing(request)
    if found.merged_into is not None:
        return redirect("support", uuid=found.merged_into.uuid)
    if request.method != "POST":
        return _support_page(request, found, SupportForm())
    form = SupportForm(request.POST)
    if not form.is_valid():
        return _support_page(request, found, form, status=422)
    try:
        code = supporting.support(
            found, email=form.cleaned_data["email"], language=get_language() or "kk",
            visitor=network_address(request),
        )  # fmt: skip
    except TooMany as many:
        form.add_error(None, many.message)
        return _support_page(request, found, form, status=429)
    return redirect("confirm", uuid=code.uuid)


@never_cache
@require_safe
def file(request, uuid, name):
    """A photo or document that the commission let everybody have."""
    found = _published(uuid)
    if found is None:
        return _missing(request)
    return files.one_of(found.attachments.filter(is_public=True), name, found.number)


def _support_page(request, found: Question, form: SupportForm, *, status: int = 200):
    context = {
        "question": found, "form": form,
        "voices": say_voices(found.voices) if found.voices else "",
    }  # fmt: skip
    return render(request, "appeals/public/support.html", context, status=status)


def _question(request, uuid):
    found = _published(uuid)
    if found is None:
        return _missing(request)
    if found.merged_into is not None:
        return redirect(found.merged_into)
    language = get_language() or "kk"
    context = {
        "question": found,
        "voices": say_voices(found.voices) if found.voices else "",
        "voice_told": _VOICES.get(request.GET.get("voice", "")),
        "support_url": reverse("support", args=[found.uuid]),
        "asked": say_moment(found.asked_at or found.created_at, language),
        "answered": say_moment(found.answered_at, language) if found.answered_at else "",
        "files": questionrows.files(
            found, lambda one: reverse("question_file", args=[found.uuid, one.uuid])
        ),
        "chain": ", ".join(with_chains([found.unit], language)[0].chain),
    }  # fmt: skip
    return render(request, "appeals/public/question.html", context)


def _published(uuid) -> Question | None:
    return (
        Question.objects.visible_to(None)
        .filter(uuid=uuid)
        .select_related("unit", "meeting__host__unit", "merged_into", "problem")
        .prefetch_related(Prefetch("attachments", Attachment.objects.filter(is_public=True)))
        .first()
    )


def _missing(request):
    return not_found(
        request, _("There is no published question at this address. Look for it in the list.")
    )


_VOICES = {
    Voice.COUNTED: gettext_lazy("Thank you: your voice is counted. The answer will come to you by"
                                " e-mail."),
    Voice.AGAIN: gettext_lazy("Your voice was counted already: one address has one voice. The"
                              " answer will come to you by e-mail."),
    Voice.OWN: gettext_lazy("You asked this question yourself: it counts without another voice."),
}  # fmt: skip
