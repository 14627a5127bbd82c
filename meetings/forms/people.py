"""What administrators send in about people and roles."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.forms.accounts import LONGEST_PASSWORD
from meetings.forms.fields import LineField
from meetings.models import Assignment, Unit, User


class PersonForm(forms.ModelForm):
    """An account. The password is required for a new one and kept when left empty."""

    new_password = forms.CharField(
        label=_("New password"), required=False, strip=False, max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    forget_second_factor = forms.BooleanField(
        label=_("Forget the second factor"), required=False,
        help_text=_("For a person who lost both the phone and the recovery codes."),
    )  # fmt: skip

    class Meta:
        model = User
        fields = ["email", "name", "language", "is_active"]
        field_classes = {"name": LineField}
        error_messages = {
            "email": {
                "unique": _(
                    "There is an account with this address already. "
                    "If you do not see it in the list, ask the administrator of the country."
                )
            }
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "new_password" in self.fields:
            self.fields["new_password"].required = self.instance.pk is None
            self.fields["new_password"].help_text = _(
                "At least 10 characters. Tell it to the person alone; they change it after the "
                "first sign-in. For an account that exists: empty keeps the old one."
            )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean_new_password(self) -> str:
        password = self.cleaned_data["new_password"]
        if password:
            password_validation.validate_password(password, self.instance)
        return password


class RoleForm(forms.ModelForm):
    """A role that was given keeps its kind and territory: a wrong one is ended, a right one given.

    Its first day can be moved until it has passed.
    """

    class Meta:
        model = Assignment
        fields = ["role", "unit", "starts_on", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        role = self.instance
        if role.pk is None:
            self.fields["starts_on"].initial = timezone.localdate
            return
        if "unit" in self.fields:
            self.fields["unit"].queryset = Unit.objects.filter(pk=role.unit_id)
        for name in ("role", "unit"):
            if name in self.fields:
                self.fields[name].disabled = True
        if "starts_on" in self.fields and role.starts_on < timezone.localdate():
            self.fields["starts_on"].disabled = True

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first one."))
        return cleaned


class RoleFormSet(BaseInlineFormSet):
    """Roles of a person; ``needs_role``: a new account must have one."""

    needs_role = False

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        given = [form for form in self.forms if form.cleaned_data.get("role")]
        if self.needs_role and not given:
            raise ValidationError(_("Give a role: an account without one is of no use to you."))
        seen = set()
        for form in given:
            role = form.cleaned_data
            key = (role["role"], role.get("unit"), role.get("ends_on"))
            if key in seen:
                raise ValidationError(_("The same role is given twice."))
            seen.add(key)
