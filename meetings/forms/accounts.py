"""What people send in about their accounts. Allauth's forms, bounded and without placeholders."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from meetings.models import User

LONGEST_EMAIL = 254
# Hashing grows with the length of what is hashed: nobody types more than this.
LONGEST_PASSWORD = 200
LONGEST_CODE = 40


class Plain:
    """Labels instead of placeholders, and an end to every field."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            limit = self._limit(name)
            field.max_length = limit
            field.validators.append(MaxLengthValidator(limit))
            field.widget.attrs["maxlength"] = limit
            self._say(name, field)

    def _limit(self, name: str) -> int:
        if "password" in name:
            return LONGEST_PASSWORD
        return LONGEST_CODE if name == "code" else LONGEST_EMAIL

    def _say(self, name: str, field) -> None:
        if name == "code":
            field.widget.attrs.update(inputmode="numeric", spellcheck="false")
        if name in ("password", "oldpassword"):
            field.help_text = ""  # the page has the link to a new password
        if name in ("login", "email"):
            field.widget.attrs["autocomplete"] = "username"


class LoginForm(Plain, account.LoginForm):
    pass


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    pass


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    def save(self, request, **kwargs) -> str:
        """Allauth's letter to an unknown address leads to its sign-up, which is not open here."""
        if not self.users:
            get_adapter().send_mail("account/email/unknown_account", self.cleaned_data["email"], {})
            return self.cleaned_data["email"]
        return super().save(request, **kwargs)


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    pass


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    pass


class ReauthenticateByCodeForm(Plain, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    pass


class LanguageForm(forms.ModelForm):
    """The language of the person's letters and of pages before another one is chosen."""

    class Meta:
        model = User
        fields = ["language"]
        labels = {"language": _("Language of letters and pages")}
