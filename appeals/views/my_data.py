"""One's own data: asked for by a code, read, taken along, erased.

What is answered before the code is typed is the same for every address, known or not.
"""

import json

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appeals import whose
from appeals.forms.my_data import EraseForm, MyDataForm
from appeals.models import Code
from appeals.services import erasing, my_data
from appeals.services.codes import TooMany
from appeals.visitors import network_address
from meetings.views.answers import not_found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Give the address; a code is sent to it."""
    if request.method != "POST":
        return _ask_page(request, MyDataForm())
    form = MyDataForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, form, status=422)
    try:
        code = my_data.ask(
            form.cleaned_data["email"], language=get_language() or "kk",
            visitor=network_address(request),
        )  # fmt: skip
    except TooMany as many:
        form.add_error(None, many.message)
        return _ask_page(request, form, status=429)
    return redirect("confirm", uuid=code.uuid)


def _ask_page(request, form: MyDataForm, *, status: int = 200):
    return render(request, "appeals/public/my_data_ask.html", {"form": form}, status=status)


@never_cache
@require_safe
def kept(request, token):
    """Everything that is kept under the address."""
    code = my_data.code_of(token)
    if code is None:
        return _too_old(request)
    found = erasing.kept(whose.of_mark(code.mark))
    context = {"token": token, "sections": found, "minutes": _minutes()}
    return _private(render(request, "appeals/public/my_data.html", context))


@never_cache
@require_safe
def download(request, token):
    """The same to take along, as JSON."""
    code = my_data.code_of(token)
    if code is None:
        return _too_old(request)
    return _private(as_file(code.details["to"], erasing.kept(whose.of_mark(code.mark))))


def as_file(address: str, found: list[erasing.Kept]) -> HttpResponse:
    """A file whose name says nothing of whose it is."""
    said = {
        "address": address,
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "language": get_language() or "kk",
        "kept": {
            str(one.noun.model._meta.model_name): [dict(row) for row in one.rows] for one in found
        },
    }
    response = HttpResponse(
        json.dumps(said, ensure_ascii=False, indent=1), content_type="application/json"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="akimat-my-data.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request, token):
    """What will be erased, what stays; and the second yes."""
    code = my_data.code_of(token)
    if code is None:
        return _too_old(request)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _erase(code)
        return redirect("my_data_erased")
    context = {"token": token, "form": form, "sections": erasing.kept(whose.of_mark(code.mark))}
    status = 422 if form.is_bound else 200
    return _private(render(request, "appeals/public/my_data_erase.html", context, status=status))


def _erase(code: Code) -> None:
    erasing.erase(whose.of_mark(code.mark), subject=f"code:{code.uuid}")


@never_cache
@require_safe
def erased(request):
    """Where one is led when it is done."""
    return render(request, "appeals/public/my_data_erased.html")


def _too_old(request):
    return not_found(
        request,
        _("This page was open for %(n)s minutes, or all was erased. Ask for a new code.")
        % {"n": _minutes()},
    )


def _minutes() -> int:
    return my_data.OPEN.seconds // 60


def _private(response):
    """The address is the key: it is told to no other page and to no search engine."""
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
