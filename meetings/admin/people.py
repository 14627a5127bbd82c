"""Accounts and the roles people hold: an administrator gives roles within their territory."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from meetings.admin.base import ScopedAdmin, UnitPicker, changed_fields
from meetings.enums import Role
from meetings.forms.people import PersonForm, RoleForm, RoleFormSet
from meetings.models import Assignment, User
from meetings.permissions import (
    Act,
    is_country_administrator,
    may_administer_person,
    may_give_roles,
    within_reach,
)
from meetings.services import people


class RoleInline(UnitPicker, admin.StackedInline):
    model = Assignment
    form = RoleForm
    formset = RoleFormSet
    fields = [("role", "unit"), ("starts_on", "ends_on")]
    extra = 1
    show_change_link = False

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .filter(within_reach(request.user, Act.ADMINISTER, "unit__path"))
            .select_related("unit")
        )

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        country = is_country_administrator(request.user)
        formset.needs_role = obj is None and not country
        formset.form.base_fields["unit"].required = not country
        return formset

    def has_view_permission(self, request, obj=None) -> bool:
        return True

    def has_add_permission(self, request, obj=None) -> bool:
        return obj is None or may_give_roles(request.user, obj)

    def has_change_permission(self, request, obj=None) -> bool:
        return obj is not None and may_give_roles(request.user, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        """A role is ended, not deleted: who could do what on a day stays known."""
        return False


class RoleFilter(admin.SimpleListFilter):
    """Those who hold a role today, within the territory of who asks."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        if self.value() not in Role.values:
            return queryset
        return queryset.filter(
            pk__in=_roles_today(request).filter(role=self.value()).values("user")
        )


def _roles_today(request):
    return Assignment.objects.on(timezone.localdate()).filter(
        within_reach(request.user, Act.ADMINISTER, "unit__path")
    )


@admin.register(User)
class PersonAdmin(ScopedAdmin):
    """Accounts that hold a role within the territory; of others one learns nothing here."""

    path = "assignments__unit__path"
    can_add = True
    form = PersonForm
    inlines = [RoleInline]
    list_display = ["name", "email", "roles_now", "is_active", "has_second_factor", "last_seen"]
    list_display_links = ["name", "email"]
    list_filter = ["is_active", RoleFilter]
    search_fields = ["name", "email"]
    search_help_text = _("A name or an e-mail address")
    ordering = ["name", "email"]

    def get_queryset(self, request):
        rows = admin.ModelAdmin.get_queryset(self, request)
        if not is_country_administrator(request.user):
            reached = Assignment.objects.filter(
                within_reach(request.user, Act.ADMINISTER, "unit__path")
            )
            rows = rows.filter(pk__in=reached.values("user"))
        roles = Prefetch(
            "assignments",
            _roles_today(request).select_related("unit").order_by("role"),
            to_attr="roles_today",
        )
        return rows.prefetch_related(roles, "authenticator_set")

    def get_search_results(self, request, queryset, search_term):
        """SQLite folds no Cyrillic letters: a word is tried in the cases people type."""
        found = Q()
        for word in search_term[:100].split()[:5]:
            cases = {word, word.lower(), word.upper(), word.capitalize()}
            condition = Q(email__icontains=word)
            for case in cases:
                condition |= Q(name__contains=case)
            found &= condition
        return queryset.filter(found), False

    @admin.display(description=_("roles today"))
    def roles_now(self, person):
        return format_html_join(
            "; ", "{}: {}",
            ((role.get_role_display(), role.unit or _("the whole country"))
             for role in person.roles_today),
        ) or "—"  # fmt: skip

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, person) -> bool:
        return bool(person.authenticator_set.all())

    @admin.display(description=_("last sign-in"), ordering="last_login")
    def last_seen(self, person) -> str:
        return date_format(localtime(person.last_login), "d.m.Y") if person.last_login else "—"

    def has_change_permission(self, request, obj=None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or self._may_administer(request, obj) or self._may_give(request, obj)

    def _may_administer(self, request, person) -> bool:
        return may_administer_person(request.user, person)

    def _may_give(self, request, person) -> bool:
        return may_give_roles(request.user, person)

    def get_fields(self, request, obj=None):
        fields = ["email", "name", "language", "is_active"]
        if obj is None:
            return ["email", "name", "language", "new_password"]
        if not self._may_administer(request, obj):
            return fields
        fields = [*fields, "new_password"]
        if is_country_administrator(request.user) and is_mfa_enabled(obj):
            fields.append("forget_second_factor")
        return fields

    def get_readonly_fields(self, request, obj=None):
        if obj is None or self._may_administer(request, obj):
            return []
        return ["email", "name", "language", "is_active"]

    def save_model(self, request, obj, form, change):
        password = form.cleaned_data.get("new_password", "")
        if not change:
            people.open_account(obj, password, by=request.user)
            return
        if fields := changed_fields(form):
            people.change_account(obj, fields=fields, by=request.user)
        if password:
            people.change_account(obj, fields=[], password=password, by=request.user)
        if form.cleaned_data.get("forget_second_factor"):
            people.forget_second_factor(obj, by=request.user)

    def save_formset(self, request, form, formset, change):
        for role in formset.save(commit=False):
            people.keep_role(role, by=request.user)
