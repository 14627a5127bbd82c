"""The journal of a reception as a file; with names it is a reading of personal data."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from appeals import journal
from appeals import receptionrows as say
from appeals.enums import ReadFor
from appeals.forms.booking_desk import JournalForm
from appeals.models import Reception
from appeals.selectors.reception_desk import bookings_of
from appeals.selectors.receptions import tables_of
from appeals.services import reception_names
from appeals.views.reception_desk import reception_or_404
from meetings.permissions import Act, may
from meetings.views.desk_page import at_the_desk

FILES = {
    "xlsx": (journal.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": (journal.as_pdf, "application/pdf"),
}


@at_the_desk
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request, uuid):
    """Choose what the journal holds; then the file."""
    found = reception_or_404(request, uuid)
    may_read = may(request.user, Act.READ_PERSONAL, found.unit)
    if request.method != "POST":
        initial = {"language": "ru" if get_language() == "ru" else "kk", "format": "xlsx"}
        return _show(request, found, JournalForm(initial=initial), may_read)
    form = JournalForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, may_read, status=422)
    given = form.cleaned_data
    if given["names"] and not may_read:
        raise PermissionDenied(_("Your role does not read names and contacts of this place."))
    at, bookings = timezone.now(), bookings_of(found)
    for booking in bookings:
        booking.reception = found
    reception_names.take_journal(
        found, bookings, with_names=given["names"], kind=given["format"],
        purpose=ReadFor(given["purpose"]), by=request.user, at=at,
    )  # fmt: skip
    make, content_type = FILES[given["format"]]
    with translation.override(given["language"]):
        made = journal.journal_of(found, bookings, tables_of(found), with_names=given["names"])
        body = make(made, found, at)
    response = HttpResponse(body, content_type=content_type)
    name = f"akimat-reception-{found.day:%Y-%m-%d}.{given['format']}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _show(request, found: Reception, form: JournalForm, may_read: bool, *, status: int = 200):
    language = get_language() or "kk"
    context = {
        "reception": found, "form": form, "may_read": may_read,
        "when": f"{say.say_day(found.day, language)}, {say.say_hours(found)}",
        "crumbs": [
            {"label": _("Personal receptions"), "url": reverse("desk_receptions")},
            {"label": say.say_title(found, language),
             "url": reverse("desk_reception", args=[found.uuid])},
            {"label": _("Journal"), "url": ""},
        ],
    }  # fmt: skip
    return render(request, "appeals/desk/receptions/journal.html", context, status=status)
