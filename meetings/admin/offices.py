"""Posts of akims with those who hold them, and maslikhats."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.admin.base import ScopedAdmin
from meetings.forms.offices import DatedForm, TenureForm, TenureFormSet
from meetings.models import Maslikhat, Office, Tenure
from meetings.selectors.units import with_chains
from meetings.services import offices
from meetings.text import fold


class TenureInline(admin.StackedInline):
    model = Tenure
    form = TenureForm
    formset = TenureFormSet
    fields = [("name_kk", "name_ru"), ("since", "until")]
    extra = 1

    def has_view_permission(self, request, obj=None) -> bool:
        return True

    # The post itself was looked up among those within reach.
    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class BodyAdmin(ScopedAdmin):
    """What a unit has one of: its unit is chosen once."""

    path = "unit__path"
    can_add = True
    form = DatedForm
    fields = ["unit", "valid_from", "valid_to"]
    search_fields = ["unit__search"]
    search_help_text = _("A place, in Kazakh or in Russian")
    list_select_related = ["unit"]
    ordering = ["unit__path"]

    def get_readonly_fields(self, request, obj=None):
        return ["where"] if obj else []

    def get_fields(self, request, obj=None):
        return ["where", *self.fields[1:]] if obj else self.fields

    @admin.display(description=_("unit"), ordering="unit__path")
    def where(self, body) -> str:
        return f"{with_chains([body.unit])[0].label} · {body.unit.kato}"

    def get_search_results(self, request, queryset, search_term):
        for word in fold(search_term[:100]).split()[:5]:
            queryset = queryset.filter(Q(unit__search__contains=word) | Q(unit__kato=word))
        return queryset, False

    @admin.display(description=_("kind"))
    def kind(self, body) -> str:
        return body.unit.get_kind_display()

    @admin.display(description=_("lies in"))
    def lies_in(self, body) -> str:
        return body.unit.parent.name if body.unit.parent else "—"

    def save_model(self, request, obj, form, change):
        offices.keep_body(obj, by=request.user)


@admin.register(Office)
class OfficeAdmin(BodyAdmin):
    inlines = [TenureInline]
    list_display = ["unit", "kind", "lies_in", "holder", "valid_from", "valid_to"]
    list_select_related = ["unit__parent"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("tenures")

    @admin.display(description=_("akim"))
    def holder(self, office) -> str:
        day = timezone.localdate()
        for tenure in office.tenures.all():
            if tenure.since <= day and (tenure.until is None or day <= tenure.until):
                return tenure.name
        return "—"

    def save_formset(self, request, form, formset, change):
        kept = formset.save(commit=False)
        for tenure in formset.deleted_objects:
            offices.drop_tenure(tenure, by=request.user)
        for tenure in kept:
            offices.keep_tenure(tenure, by=request.user)


@admin.register(Maslikhat)
class MaslikhatAdmin(BodyAdmin):
    list_display = ["unit", "kind", "lies_in", "valid_from", "valid_to"]
    list_select_related = ["unit__parent"]
