"""Responsible organisations at the administrators' site: their cards, and who reports for them."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from appeals.models import Body, BodyMember
from appeals.services import bodies as cards
from meetings.admin.base import ScopedAdmin
from meetings.enums import Role
from meetings.forms.fields import LineField
from meetings.models import User
from meetings.permissions import Act, within_reach
from meetings.selectors.units import with_chains
from meetings.text import fold


class BodyForm(forms.ModelForm):
    class Meta:
        model = Body
        fields = ["unit", "kind", "name_kk", "name_ru", "is_active"]
        field_classes = {"name_kk": LineField, "name_ru": LineField}


class MemberFormSet(BaseInlineFormSet):
    """A person stands here once."""

    def clean(self):
        super().clean()
        given = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        users = [one["user"] for one in given if one.get("user") and not one.get("DELETE")]
        if len(users) != len(set(users)):
            raise forms.ValidationError(_("One person is named twice here."))


class MemberInline(admin.TabularInline):
    """Those who report: accounts with the role of body within the administrator's territory."""

    model = BodyMember
    formset = MemberFormSet
    fields = ["user"]
    extra = 1
    verbose_name = _("person who reports")
    verbose_name_plural = _("who reports for it")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            reached = within_reach(request.user, Act.ADMINISTER, "assignments__unit__path")
            kwargs["queryset"] = (
                User.objects.filter(reached, assignments__role=Role.BODY)
                .distinct()
                .order_by("name")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        # Accounts are made at their own page, with their role.
        widget = formset.form.base_fields["user"].widget
        widget.can_add_related = widget.can_change_related = False
        widget.can_view_related = widget.can_delete_related = False
        return formset

    def has_view_permission(self, request, obj=None) -> bool:
        return True

    # The organisation itself was looked up among those within reach.
    has_add_permission = has_delete_permission = has_view_permission

    def has_change_permission(self, request, obj=None) -> bool:
        """Somebody else is another row: who reported stays known in the log of acts."""
        return False


@admin.register(Body)
class BodyAdmin(ScopedAdmin):
    path = "unit__path"
    can_add = True
    form = BodyForm
    inlines = [MemberInline]
    fields = ["unit", "kind", "name_kk", "name_ru", "is_active"]
    list_display = ["name_kk", "name_ru", "kind", "unit", "is_active"]
    list_filter = ["is_active", "kind"]
    list_select_related = ["unit"]
    search_fields = ["name_kk", "name_ru", "unit__search"]
    search_help_text = _("A name, or a place")
    ordering = ["unit__path", "name_kk"]

    def get_readonly_fields(self, request, obj=None):
        return ["where"] if obj else []

    def get_fields(self, request, obj=None):
        return ["where", *self.fields[1:]] if obj else self.fields

    @admin.display(description=_("unit"), ordering="unit__path")
    def where(self, body) -> str:
        return f"{with_chains([body.unit])[0].label} · {body.unit.kato}"

    def get_search_results(self, request, queryset, search_term):
        """SQLite folds no Cyrillic letters: a word is tried in the cases people type."""
        for word in search_term[:100].split()[:5]:
            found = Q(unit__search__contains=fold(word))
            for case in (word, word.lower(), word.capitalize(), word.upper()):
                found |= Q(name_kk__contains=case) | Q(name_ru__contains=case)
            queryset = queryset.filter(found)
        return queryset, False

    def save_model(self, request, obj, form, change):
        cards.keep(obj, by=request.user)

    def save_formset(self, request, form, formset, change):
        kept = formset.save(commit=False)
        for member in formset.deleted_objects:
            cards.drop_member(member, by=request.user)
        for member in kept:
            cards.add_member(member.body, member.user, by=request.user)
