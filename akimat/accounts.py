"""How people come in: accounts are given by administrators, never taken."""

import base64
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from meetings.qr import svg_of
from meetings.services import outbox


class Adapter(DefaultAccountAdapter):
    """Sign-in by the user's own e-mail; letters in the user's own language."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def is_ajax(self, request) -> bool:
        # Allauth answers scripts in JSON with other rules; nobody here asks so.
        return False

    def get_login_redirect_url(self, request) -> str:
        """The page of the person's role, in the language chosen or in the person's own."""
        from meetings.selectors.accounts import first_page

        language = translation.get_language() if _has_chosen(request) else request.user.language
        with translation.override(language):
            return reverse(first_page(request.user))

    def get_password_change_redirect_url(self, request) -> str:
        # All sessions ended with the old password: this one too.
        return reverse("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built on the site's own address: a forged Host header must not get into a letter."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Who signed in a moment ago need not type the password again to set up a factor."""
        last = get_authentication_records(context.request, context.request.user)[-1:]
        limit = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not last or timezone.now().timestamp() - last[0]["at"] > limit

    def format_email_subject(self, subject: str) -> str:
        return f"Akimat: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Into the outbox, in the person's language: the answer waits for no mail server."""
        user = context.get("user")
        context = {**context, "site_url": settings.SITE_URL}
        language = getattr(user, "language", "") or translation.get_language()
        with translation.override(language), transaction.atomic():
            ready = self.render_mail(template_prefix, email, context)
            outbox.post(
                "ready", to=email, language=language, key=f"account:{uuid4()}",
                context={"subject": ready.subject, "body": ready.body},
            )  # fmt: skip

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        context = {**(context or {}), "user": user}
        super().send_notification_mail(template_prefix, user, context, email)


def _has_chosen(request) -> bool:
    """Whether the visitor asked for a language, rather than the browser."""
    return "lang" in request.GET or settings.LANGUAGE_COOKIE_NAME in request.COOKIES


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of the second factor lie encrypted in the database."""

    def can_delete_authenticator(self, authenticator) -> bool:
        from meetings.permissions import SECOND_FACTOR_ROLES, assignments

        if not settings.REQUIRE_SECOND_FACTOR:
            return True
        held = {role for role, _path in assignments(authenticator.user)}
        return held.isdisjoint(SECOND_FACTOR_ROLES)

    def build_totp_svg(self, url: str) -> str:
        """A drawing without styles of its own, for a page under a strict policy."""
        return svg_of(url)

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()


def _keys() -> MultiFernet:
    """Keys made from the site's secret; after a change of secret the old one still reads."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(secret))) for secret in secrets])


def _derived(secret: str) -> bytes:
    made = HKDF(SHA256(), length=32, salt=None, info=b"akimat second factor")
    return base64.urlsafe_b64encode(made.derive(secret.encode()))
