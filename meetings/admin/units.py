"""Units of the territory: settings, sub-units added by hand, import of the classifier."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from meetings.admin.base import ScopedAdmin
from meetings.admin.classifier import ClassifierImport
from meetings.dates import say_day
from meetings.enums import REGION_KINDS
from meetings.errors import Refused, StaleEdit
from meetings.forms.units import UnitForm
from meetings.models import Unit
from meetings.permissions import Act, is_country_administrator, within_reach
from meetings.selectors.units import holding, with_chains, words_of
from meetings.services import units


class UnitList(ChangeList):
    """A page of units, each with the names of what it lies in: one query more."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        chains = {one.unit.pk: ", ".join(one.chain) for one in with_chains(self.result_list)}
        for unit in self.result_list:
            unit.chain = chains[unit.pk]


class RegionFilter(admin.SimpleListFilter):
    title = gettext_lazy("region")
    parameter_name = "region"

    def lookups(self, request, model_admin):
        reach = within_reach(request.user, Act.ADMINISTER, "path")
        regions = Unit.objects.filter(reach, kind__in=REGION_KINDS, valid_to=None)
        return [(unit.kato, unit.name) for unit in regions.order_by("sort_kk")]

    def queryset(self, request, queryset):
        region = Unit.objects.filter(kato=self.value() or "", valid_to=None).first()
        return queryset.within(region) if region else queryset


class LivingFilter(admin.SimpleListFilter):
    title = gettext_lazy("exists")
    parameter_name = "exists"

    def lookups(self, request, model_admin):
        return [("no", _("no longer"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        yield {**first, "display": _("today")}
        yield from others

    def queryset(self, request, queryset):
        return queryset.filter(valid_to__isnull=self.value() != "no")


@admin.register(Unit)
class UnitAdmin(ClassifierImport, ScopedAdmin):
    path = "path"
    can_add = True
    form = UnitForm
    list_display = ["name", "chain", "kind", "kato", "lived", "is_excluded"]
    list_filter = [LivingFilter, "kind", RegionFilter, "is_excluded", "is_own"]
    search_fields = ["search"]
    search_help_text = gettext_lazy("A place, in Kazakh or in Russian")
    ordering = ["path"]
    change_list_template = "admin/meetings/unit/change_list.html"

    def get_changelist(self, request, **kwargs):
        return UnitList

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("body")

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["parent", "kind", "name_kk", "name_ru", "name_en", "valid_from", "valid_to"]
        names = ["kind", "name_kk", "name_ru", "name_en", "valid_from", "valid_to"]
        settings = ["is_excluded", "exclusion_reason", "is_attached", "latitude", "longitude"]
        if obj.is_own:
            settings.remove("is_attached")
        return ["kato", "lies_in", *names, "same_body", "former", *settings, "seen"]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        shown = ["kato", "lies_in", "same_body", "former"]
        if obj.is_own:
            return shown
        return [*shown, "kind", "name_kk", "name_ru", "name_en", "valid_from", "valid_to"]

    @admin.display(description=gettext_lazy("name of the unit"), ordering="sort_kk")
    def name(self, unit) -> str:
        return unit.name

    @admin.display(description=gettext_lazy("lies in"))
    def chain(self, unit) -> str:
        return unit.chain or "—"

    @admin.display(description=gettext_lazy("existed"), ordering="valid_to")
    def lived(self, unit) -> str:
        days = (unit.valid_from, unit.valid_to)
        return " – ".join(f"{day:%d.%m.%Y}" if day else "…" for day in days) if any(days) else ""

    @admin.display(description=gettext_lazy("lies in"))
    def lies_in(self, unit) -> str:
        return ", ".join(with_chains([unit])[0].chain) or "—"

    @admin.display(description=gettext_lazy("same body as"))
    def same_body(self, unit) -> str:
        return f"{unit.body.name} · {unit.body.kato}" if unit.body else "—"

    @admin.display(description=gettext_lazy("former names and codes"))
    def former(self, unit) -> str:
        language = get_language() or "kk"
        lines = (
            (
                _("%(code)s %(kk)s / %(ru)s, last day: %(day)s")
                % {
                    "code": past.kato,
                    "kk": past.name_kk,
                    "ru": past.name_ru,
                    "day": say_day(past.until, language, weekday=False),
                },
            )
            for past in unit.past.all()[:20]
        )
        return format_html_join("; ", "{}", lines) or "—"

    def get_search_results(self, request, queryset, search_term):
        words = words_of(search_term)
        if not words:
            return queryset, False
        found = holding(queryset, words)
        # A column that the reader chose to sort by goes before likeness.
        return found.order_by(*queryset.query.order_by) if "o" in request.GET else found, False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Answer 422 to a form with errors, 409 to one that somebody was quicker than."""
        title = {"title": _("Unit of the territory") if object_id else _("New unit added by hand")}
        try:
            page = super().changeform_view(
                request, object_id, form_url, {**title, **(extra_context or {})}
            )
        except (Refused, StaleEdit):  # between the form's question and the write
            messages.warning(request, _("The territory changed meanwhile. Try again."))
            return HttpResponseRedirect(request.get_full_path())
        if request.method == "POST" and isinstance(page, TemplateResponse):
            form = (page.context_data or {})["adminform"].form
            stale = form.has_error("__all__", "stale")
            page.status_code = 409 if stale else 422
        return page

    def save_model(self, request, obj, form, change):
        if change:
            units.change_unit(obj, by=request.user, seen=form.cleaned_data.get("seen", ""))
        else:
            units.add_own_unit(obj, by=request.user)

    def changelist_view(self, request, extra_context=None):
        extra = {
            "title": _("Units of the territory"),
            "may_import": is_country_administrator(request.user),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})
