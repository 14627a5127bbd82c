"""The list of published questions, narrowed as the visitor likes."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from appeals import questionrows
from appeals.forms.question_list import QuestionFilter
from appeals.selectors import question_list as listed
from appeals.selectors.question_list import Asked
from meetings import kept
from meetings.dates import say_when
from meetings.models import Meeting, Unit
from meetings.paging import NoSuchPage, page_of
from meetings.selectors.places import unit_by_code

ROOMS = ("meetings", "appeals")
PAGE = 20


@require_safe
def question_list(request):
    """Kept for visitors until something is published."""
    return kept.page(request, lambda: _question_list(request), names=ROOMS)


def _question_list(request):
    form = QuestionFilter(request.GET)
    asked = _asked(form)
    context = {"form": form, "asked": asked, "fields": form.shown(_places(asked.unit))}
    if form.errors:
        return _page(request, context, 422)
    one = listed.number_asked(asked).first() if asked.q else None
    if one is not None:
        return redirect(one)
    found = listed.questions_asked(asked)
    count = listed.count_of(found)
    try:
        page = page_of(min(count, listed.MOST_COUNTED), request.GET.get("page", ""), PAGE)
    except NoSuchPage as missing:
        return _page(request, context | {"problem": missing.message}, missing.status)
    first = max(page.start_index() - 1, 0)
    rows = found.select_related("unit").only(*listed.SHOWN, "unit")[first : first + PAGE]
    context |= {
        "page": page, "rows": questionrows.to_public(list(rows)), "answer": _found(count, asked),
        "is_searched": bool(asked.q),
        "searched": number_format(listed.SEARCHED, force_grouping=True),
    }  # fmt: skip
    return _page(request, context)


def _page(request, context: dict, status: int = 200):
    asked, language = context["asked"], get_language() or "kk"
    context["ask_url"] = reverse("ask") + (
        f"?meeting={asked.meeting.uuid}" if asked.meeting is not None
        else f"?unit={asked.unit.kato}" if asked.unit is not None else ""
    )  # fmt: skip
    if asked.meeting is not None:
        context["when"] = say_when(asked.meeting.day, asked.meeting.starts_at, language)
    return render(request, "appeals/public/question_list.html", context, status=status)


def _asked(form: QuestionFilter) -> Asked:
    """What is asked for; a place or meeting that is not there becomes the form's error."""
    if not form.is_valid():
        return Asked()
    given = form.cleaned_data
    unit = unit_by_code(given["unit"]) if given["unit"] else None
    if given["unit"] and unit is None:
        form.add_error(
            None,
            _("There is no place with the code %(code)s. Find it by its name.")
            % {"code": given["unit"]},
        )
    meeting = None
    if given["meeting"]:
        meeting = Meeting.objects.filter(uuid=given["meeting"]).select_related("host__unit").first()
        if meeting is None:
            form.add_error(None, _("There is no such meeting. Find it in the list of meetings."))
    return Asked(unit, given.get("topic", ""), given.get("state", ""), meeting, given["q"])


def _places(unit: Unit | None) -> list[tuple[str, str]]:
    """The regions, and the place that is chosen where it is none of them."""
    regions = Unit.objects.filter(parent=None, valid_to=None).order_by("sort_kk", "pk")
    places = [(one.kato, one.name) for one in regions]
    if unit is not None and unit.kato not in dict(places):
        places.insert(0, (unit.kato, unit.name))
    return [("", _("the whole country")), *places]


def _found(count: int, asked: Asked) -> str:
    """How many there are, of those that were asked for."""
    shown = number_format(min(count, listed.MOST_COUNTED), force_grouping=True)
    if count > listed.MOST_COUNTED:
        return _("More than %(n)s questions: the first of them are shown. Narrow the list.") % {
            "n": shown
        }
    return ngettext("%(n)s question.", "%(n)s questions.", count) % {"n": shown}
