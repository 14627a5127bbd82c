"""What every page of the administrators' site keeps to: the territory of who is signed in."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import FieldDoesNotExist
from django.http import Http404, JsonResponse
from django.utils.translation import get_language

from meetings.models import Unit
from meetings.permissions import (
    Act,
    is_administrator,
    is_country_administrator,
    within_reach,
)
from meetings.selectors.units import find_units, with_chains

SUGGESTED = 20


def units_in_reach(user):
    """Living units of the territory that the user administers."""
    return Unit.objects.filter(within_reach(user, Act.ADMINISTER, "path"), valid_to=None)


def suggest_units(request) -> JsonResponse | None:
    """What the unit pickers of the site offer; None when the request is about another model."""
    field = _asked_field(request.GET)
    if getattr(field, "related_model", None) is not Unit:
        return None
    among = units_in_reach(request.user)
    term = request.GET.get("term", "")[:100]
    if term.strip():
        found = find_units(term, among=among, limit=SUGGESTED)
    else:
        found = with_chains(among.filter(body=None).order_by("path")[:SUGGESTED])
    results = [{"id": str(one.unit.pk), "text": f"{one.label} · {one.unit.kato}"} for one in found]
    return JsonResponse({"results": results, "pagination": {"more": False}})


def _asked_field(asked):
    try:
        model = apps.get_model(asked.get("app_label", ""), asked.get("model_name", ""))
        return model._meta.get_field(asked.get("field_name", ""))
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


class Picker(AutocompleteSelect):
    """Django's picker with Kazakh words, and a name for those who do not see it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.i18n_name = get_language() if get_language() in ("kk", "ru") else None

    @property
    def media(self):
        after = ("admin/js/jquery.init.js", "admin/js/autocomplete.js", "js/admin-picker.js")
        return super().media + forms.Media(js=after)


class UnitChoice(forms.ModelChoiceField):
    """A unit within reach; the page holds the chosen one alone, the rest comes by searching."""

    def label_from_instance(self, obj) -> str:
        return f"{with_chains([obj])[0].label} · {obj.kato}"


class UnitPicker:
    """Mixin of admin classes: every choice of a unit is narrowed to the user's territory."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.related_model is not Unit:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return db_field.formfield(
            form_class=UnitChoice,
            queryset=units_in_reach(request.user),
            widget=Picker(db_field, self.admin_site),
        )


class ScopedAdmin(UnitPicker, admin.ModelAdmin):
    """Rows of the user's territory; what lies beyond it does not exist.

    ``path`` names the column with the path of the row's unit; None: the rows belong to the whole
    country, everybody here reads them and country administrators change them.
    """

    path: str | None = None
    can_add = False
    can_change = True
    list_per_page = 50
    show_full_result_count = False
    actions = None
    save_as = False

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if self.path is None:
            return rows
        return rows.filter(within_reach(request.user, Act.ADMINISTER, self.path))

    def has_module_permission(self, request) -> bool:
        return is_administrator(request.user)

    def has_view_permission(self, request, obj=None) -> bool:
        return is_administrator(request.user)

    def has_add_permission(self, request) -> bool:
        return self.can_add and self._may_write(request)

    def has_change_permission(self, request, obj=None) -> bool:
        return self.can_change and self._may_write(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        """Nothing is deleted: what is over gets its last day."""
        return False

    def _may_write(self, request) -> bool:
        user = request.user
        return is_administrator(user) if self.path else is_country_administrator(user)

    def history_view(self, request, object_id, extra_context=None):
        raise Http404  # the log of acts is the history

    def log_addition(self, request, obj, message):
        """Our services write the log of acts; Django's would keep names in a second one."""

    def log_change(self, request, obj, message):
        """As above."""

    def log_deletions(self, request, queryset):
        """As above."""

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404  # a foreign object does not exist, also by its address

    def lookup_allowed(self, lookup, value, request):
        return lookup in self.allowed_lookups(request)

    def allowed_lookups(self, request) -> set[str]:
        """Filters come from the list the page shows, never from a column named in the address."""
        named = {one for one in self.get_list_filter(request) if isinstance(one, str)}
        for one in self.get_list_filter(request):
            if isinstance(one, type) and issubclass(one, admin.SimpleListFilter):
                named.add(str(one.parameter_name))
        if self.date_hierarchy:
            parts = ("year", "month", "day", "gte", "lt")
            named |= {f"{self.date_hierarchy}__{part}" for part in parts}
        return named | {f"{one}__exact" for one in named} | {f"{one}__isnull" for one in named}


def changed_fields(form) -> list[str]:
    """Names of the columns that a form changes: the log keeps names, never what was typed."""
    own = {field.name for field in form.instance._meta.fields}
    return sorted(name for name in form.changed_data if name in own)
