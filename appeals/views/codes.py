"""The page where a code from a letter is typed: the same for everything that a code confirms."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from appeals.enums import Purpose
from appeals.forms.codes import CodeForm
from appeals.models import Code
from appeals.services import codes
from appeals.visitors import network_address
from meetings.errors import Refused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, uuid):
    """Type the code; a right one leads on to what it confirmed."""
    code = _code_or_404(uuid)
    if request.method != "POST":
        return _page(request, code, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, code, form, status=422)
    try:
        return redirect(codes.use(uuid, form.cleaned_data["code"]))
    except codes.WrongCode as wrong:
        form.add_error("code", codes.say_left(wrong.left))
        return _page(request, code, form, status=422)
    except codes.Gone:
        return _page(request, code, None, status=409)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, code, form, status=422)


@never_cache
@require_POST
def again(request, uuid):
    """Another letter with another code."""
    code = _code_or_404(uuid)
    if code.used_at:
        return _page(request, code, None, status=409)
    try:
        fresh = codes.again(code, visitor=network_address(request))
    except codes.TooMany as many:
        form = CodeForm(data={})
        form.errors.clear()
        form.add_error(None, many.message)
        return _page(request, code, form, status=429)
    return redirect("confirm", uuid=fresh.uuid)


def _code_or_404(uuid) -> Code:
    code = Code.objects.filter(uuid=uuid).first()
    if code is None:
        raise Http404
    return code


def _page(request, code: Code, form: CodeForm | None, *, status: int = 200):
    code.refresh_from_db()
    try:
        codes.require_good(code)
        why = ""
    except codes.Gone as gone:
        why = gone.why
    context = {
        "code": code, "form": form, "why": why, "what": Purpose(code.purpose).label,
        "sentence": _WHY[why]() if why else "", "show_mailbox": settings.SHOW_MAILBOX,
        "is_question": code.purpose == Purpose.ASK, "answer_days": settings.ANSWER_DAYS,
    }  # fmt: skip
    return render(request, "appeals/public/confirm.html", context, status=status)


_WHY = {
    "used": lambda: _("This code was used already: what you confirmed is done. The letter that"
                      " followed has a link to it."),
    "expired": lambda: _("This code is too old. Ask for a new one: what you typed is kept."),
    "tries": lambda: _("A wrong code was typed too often. Ask for a new one: what you typed is"
                       " kept."),
}  # fmt: skip
