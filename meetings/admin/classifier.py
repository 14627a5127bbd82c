"""Import of the classifier in the browser: send a file, read the difference, apply exactly it."""

from typing import NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from meetings.dates import say_day
from meetings.enums import UnitKind
from meetings.errors import StaleEdit
from meetings.forms.units import ClassifierForm
from meetings.kato.dates import day_in_name
from meetings.kato.difference import Change, Present
from meetings.kato.parse import read_classifier
from meetings.kato.types import FileRefused, Problem, Row
from meetings.kato.words import say_problem, say_refusal
from meetings.permissions import is_country_administrator
from meetings.selectors.territory import difference_with, living_units
from meetings.services import kept_classifiers
from meetings.services.territory import import_classifier
from meetings.text import BadText, clean

PER_PAGE = 50
MOST_PROBLEMS = 100

SECTIONS = {
    "new": gettext_lazy("New"),
    "gone": gettext_lazy("Gone"),
    "renamed": gettext_lazy("Renamed"),
    "retyped": gettext_lazy("Of another kind"),
    "moved": gettext_lazy("Moved"),
}


class Told(NamedTuple):
    """One line of the difference: what is concerned, what was, what is to be."""

    code: str
    name: str
    was: str
    now: str


class ClassifierImport(admin.ModelAdmin):
    """Mixin of the units' admin. Administrators of the country alone come in here."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name="meetings_unit_import"),
            path("import/<str:token>/", view(self.shown_view), name="meetings_unit_import_shown"),
            *super().get_urls(),
        ]

    def import_view(self, request):
        """Take a file, and show what is wrong with it or go on to its difference."""
        _require(request)
        form = ClassifierForm(request.POST or None, request.FILES or None)
        problems: tuple[Problem, ...] = ()
        status = 200
        if request.method == "POST":
            status = 422
            if form.is_valid():
                token, problems = _take(form, request.user)
                if token:
                    shown = reverse("admin:meetings_unit_import_shown", args=[token])
                    return HttpResponseRedirect(shown)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Import of the classifier"),
            "form": form,
            "problems": [say_problem(problem) for problem in problems[:MOST_PROBLEMS]],
            "more_problems": max(len(problems) - MOST_PROBLEMS, 0),
        }
        template = "admin/meetings/unit/import.html"
        return TemplateResponse(request, template, context, status=status)

    def shown_view(self, request, token):
        """Show the difference a kept file makes, and apply it when it is confirmed."""
        _require(request)
        kept = kept_classifiers.find(token, by=request.user.pk)
        if kept is None:
            raise Http404
        if request.method == "POST":
            return self._answer(request, kept)
        return self._show(request, kept)

    def _answer(self, request, kept):
        listed = HttpResponseRedirect(reverse("admin:meetings_unit_changelist"))
        if "drop" in request.POST:
            kept_classifiers.throw_away(kept.token)
            self.message_user(request, _("The file was thrown away; nothing was changed."))
            return listed
        if request.POST.get("digest") != kept.digest:
            return self._show(request, kept, stale=True)
        try:
            found = import_classifier(
                kept.classifier,
                day=kept.day,
                by=request.user,
                file_sha256=kept.file_sha256,
                seen=request.POST.get("territory", "")[:64] or "unseen",
            )
        except StaleEdit:
            return self._show(request, kept, stale=True)
        kept_classifiers.throw_away(kept.token)
        many = len(found.new) + len(found.gone) + len(found.changes)
        said = ngettext(
            "The classifier is imported: %(n)d unit changed.",
            "The classifier is imported: %(n)d units changed.",
            many,
        )
        self.message_user(request, said % {"n": many})
        return listed

    def _show(self, request, kept, *, stale=False):
        found, territory = difference_with(kept.classifier)
        section = request.GET.get("show", "")
        counts = {name: len(getattr(found, name)) for name in SECTIONS}
        if section not in SECTIONS:
            section = next((name for name, many in counts.items() if many), "new")
        page = Paginator(getattr(found, section), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("What the classifier changes"),
            "kept": kept,
            "day": say_day(kept.day, get_language() or "kk", weekday=False),
            "territory": territory,
            "stale": stale,
            "found": found,
            "sections": [
                {"name": name, "label": label, "count": counts[name], "current": name == section}
                for name, label in SECTIONS.items()
            ],
            "section": section,
            "section_label": SECTIONS[section],
            "page": page,
            "lines": _told(section, list(page.object_list), kept),
        }
        template = "admin/meetings/unit/import_shown.html"
        return TemplateResponse(request, template, context, status=409 if stale else 200)


def _require(request) -> None:
    if not is_country_administrator(request.user):
        raise PermissionDenied


def _take(form: ClassifierForm, user) -> tuple[str, tuple[Problem, ...]]:
    """Understand a sent file and keep it; give its token, or the cells that cannot be read."""
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        classifier = read_classifier(content)
    except FileRefused as refused:
        form.add_error("file", say_refusal(refused))
        return "", ()
    if classifier.problems:
        return "", classifier.problems
    name = _clean_name(file.name)
    day = form.cleaned_data["day"] or day_in_name(name) or timezone.localdate()
    return kept_classifiers.keep(classifier, name=name, content=content, day=day, by=user.pk), ()


def _clean_name(name: str) -> str:
    try:
        return clean(name[:200]) or "kato"
    except BadText:
        return "kato"


def _told(section: str, items: list, kept) -> list[Told]:
    if section in ("new", "gone"):
        return _told_whole(section, items, kept)
    language = get_language() or "kk"
    units = {unit.key: unit for unit in living_units()} if section != "renamed" else {}
    rows = {row.code: row for row in kept.classifier.rows}
    tell = {"renamed": _renamed, "retyped": _retyped, "moved": _moved}[section]
    return [tell(change, units, rows, language) for change in items]


def _told_whole(section: str, items: list, kept) -> list[Told]:
    language = get_language() or "kk"
    if section == "new":
        above = {row.code: row for row in kept.classifier.rows}
        lines = [(row.code, row, above.get(row.parent)) for row in items]
    else:
        units = {unit.key: unit for unit in living_units()}
        lines = [(unit.code, unit, units.get(unit.parent)) for unit in items]
    told = []
    for code, one, parent in lines:
        where = _name(parent, language) if parent else "—"
        kind = str(UnitKind(one.kind).label)
        told.append(Told(code, _name(one, language), kind, where))
    return told


def _renamed(change: Change, units, rows, language: str) -> Told:
    unit, row = change.unit, change.row
    was, now = f"{unit.name_kk} / {unit.name_ru}", f"{row.name_kk} / {row.name_ru}"
    if was == now:  # the file spells the same name another way
        was = f"{unit.source_kk} / {unit.source_ru}"
        now = f"{row.source_kk} / {row.source_ru}"
    return Told(row.code, _name(row, language), was, now)


def _retyped(change: Change, units, rows, language: str) -> Told:
    unit, row = change.unit, change.row
    return Told(
        row.code,
        _name(row, language),
        _kind(unit.kind, units.get(unit.body), language),
        _kind(row.kind, rows.get(row.body), language),
    )


def _kind(kind: str, body: Present | Row | None, language: str) -> str:
    label = str(UnitKind(kind).label)
    if body is None:
        return label
    words = {"kind": label, "body": str(UnitKind(body.kind).label)}
    return _("%(kind)s, one body with: %(body)s") % words


def _moved(change: Change, units, rows, language: str) -> Told:
    unit, row = change.unit, change.row
    return Told(
        row.code,
        _name(row, language),
        _place(unit.code, units.get(unit.parent), language),
        _place(row.code, rows.get(row.parent), language),
    )


def _place(code: str, above: Present | Row | None, language: str) -> str:
    return f"{code}, {_name(above, language)}" if above else code


def _name(one: Present | Row, language: str) -> str:
    return one.name_ru if language == "ru" else one.name_kk
