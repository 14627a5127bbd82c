"""Names and contacts at the desk: read for a purpose; and who read what."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appeals import whose
from appeals.enums import ReadFor
from appeals.forms.my_data import EraseForm
from appeals.forms.personal import AccessFilter, PurposeForm
from appeals.models import Person, PersonalRead, Question
from appeals.personal_fields import units_of
from appeals.personrows import erased_on, labelled, person_at_desk
from appeals.selectors import accesses as selected
from appeals.services import erasing, personal
from appeals.views import my_data, queue
from meetings.errors import Refused
from meetings.permissions import Act, may, reach
from meetings.views.desk_page import at_the_desk, page_at

PAGE = 50


@at_the_desk
@require_POST
def read_of_question(request, uuid):
    """Show name and contact once, for the purpose that was given; a next look is a next record."""
    found = queue.question_or_404(request, uuid)
    if found.person is None:
        raise Http404
    form = PurposeForm(request.POST)
    status, read = 200, None
    if not may(request.user, Act.READ_PERSONAL, found.unit):
        raise PermissionDenied(_("Your role does not read names and contacts of this place."))
    try:
        if form.is_valid():
            read = personal.read(
                found.person, by=request.user, subject=f"question:{found.uuid}",
                purpose=form.cleaned_data["purpose"], words=form.cleaned_data["words"],
            )  # fmt: skip
    except Refused as refused:
        form.add_error(refused.field, refused.message)
    if read is None:
        status = 422
    person = person_at_desk(request.user, found, read=read, form=form)
    return queue.show(request, found, person=person, status=status)


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def person(request, uuid):
    """Somebody who came in person: what is kept, to be taken along or erased."""
    found = _person_or_404(request, uuid)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        erasing.erase_for(found, by=request.user)
        return redirect("personal_person", uuid=uuid)
    rows = erasing.within_reach(whose.of_person(found), request.user)
    context = {
        "person": found, "form": None if found.erased_at else form, "erased": erased_on(found),
        "details": labelled(personal.masked(found)),
        "sections": [
            {"title": noun.title, "number": len(keys)} for noun, keys in rows.items() if keys
        ],
        "crumbs": [
            {"label": _("Requests"), "url": reverse("requests_desk")},
            {"label": _("Data of a person"), "url": ""},
        ],
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "appeals/desk/person.html", context, status=status)


@at_the_desk
@require_POST
def take_along(request, uuid):
    """A file for the person; that it was made is recorded as a reading of each row in it."""
    found = _person_or_404(request, uuid)
    rows = erasing.within_reach(whose.of_person(found), request.user)
    persons = Person.objects.filter(pk__in=[key for noun, keys in rows.items()
                                            if noun.model is Person for key in keys])  # fmt: skip
    personal.read_many(
        persons, by=request.user, purpose=ReadFor.OWN_REQUEST, subject=f"person:{found.uuid}"
    )
    return my_data.as_file(found.details.get("email", ""), erasing.exported(rows))


def _person_or_404(request, uuid) -> Person:
    """Somebody with a request in the territory in which the user may erase."""
    found = Person.objects.filter(uuid=uuid).first()
    units = units_of([found]).get(found.pk, []) if found else []
    if found is None or not any(may(request.user, Act.ERASE_PERSON, unit) for unit in units):
        raise Http404
    return found


@at_the_desk
@require_safe
def accesses(request):
    """Whose data was read by whom, when and for what: what a notice of a breach needs."""
    if reach(request.user, Act.READ_ACCESSES) == []:
        raise PermissionDenied(_("Your role does not see who read names and contacts."))
    form = AccessFilter(request.GET)
    status = 200 if form.is_valid() else 422
    given = {name: value for name, value in form.cleaned_data.items() if value}
    found = selected.accesses(request.user, selected.Wanted(**given))
    page = page_at(request, found, PAGE)
    reads = list(page.object_list)
    questions = selected.questions_of(reads)
    context = {
        "form": form, "page": page, "rows": [_row(one, questions) for one in reads],
        "people": selected.persons_read(found), "is_narrowed": bool(given),
    }  # fmt: skip
    return render(request, "appeals/desk/accesses.html", context, status=status)


def _row(one: PersonalRead, questions: dict[str, Question]) -> dict:
    at, (code, _colon, words) = timezone.localtime(one.at), one.purpose.partition(": ")
    known = dict(ReadFor.choices)
    question = questions.get(one.subject)
    return {
        "iso": at.isoformat(timespec="seconds"), "when": f"{at:%d.%m.%Y %H:%M:%S}",
        "who": one.by.name if one.by else _("the site"), "purpose": known.get(code, code),
        "words": words, "person": str(one.person.uuid)[:8],
        "subject": question.number if question else _NOUNS.get(one.subject.split(":")[0], ""),
        "uuid": question.uuid if question else None, "erased": erased_on(one.person),
    }  # fmt: skip


_NOUNS = {
    "booking": gettext_lazy("booking"), "reception": gettext_lazy("personal reception"),
    "demand": gettext_lazy("demand for a meeting"), "question": gettext_lazy("question"),
}  # fmt: skip
