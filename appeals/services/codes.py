"""One-time codes: sent to an address, typed back once; they stand where others have accounts.

Limits are counted in the table itself, so that every process counts alike: by address, and by the
visitor's network address, of which only a mark of the day is kept.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appeals.enums import Purpose
from appeals.models import Code
from meetings.errors import Refused
from meetings.sealing import address_mark, mark, seal
from meetings.services import outbox

DIGITS = 6
FRESH = timedelta(minutes=30)
MOST_TRIES = 5
HOUR = timedelta(hours=1)

Handler = Callable[[Code], str]
_handlers: dict[str, Handler] = {}


class TooMany(Refused):
    """Too many codes were asked for (429)."""


class Gone(Exception):
    """This code cannot be typed any more: ``why`` is "used", "expired" or "tries"."""

    def __init__(self, why: str, code: Code):
        super().__init__(why)
        self.why = why
        self.code = code


class WrongCode(Exception):
    """Not these digits; ``left`` tries are left."""

    def __init__(self, left: int):
        super().__init__(f"{left} left")
        self.left = left


def confirms(purpose: Purpose) -> Callable[[Handler], Handler]:
    """The function that does what a code of this purpose confirms.

    It is called once, in the transaction that uses the code up, and returns the address of the
    page that shows what was done.
    """

    def register(handler: Handler) -> Handler:
        _handlers[purpose] = handler
        return handler

    return register


@transaction.atomic
def ask_code(
    purpose: Purpose, subject: str, email: str, language: str, *, visitor: str,
    details: Mapping | None = None,
) -> Code:  # fmt: skip
    """Send a code to the address, in the transaction of what it shall confirm.

    Args:
        subject: ``noun:uuid`` of what is confirmed.
        visitor: the network address of who asks.
        details: plain values that the handler needs besides; sealed with the address.
    Raises:
        TooMany.
    """
    now, address, origin = timezone.now(), address_mark(email), visitor_mark(visitor)
    _require_few(address, origin, now)
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    code = Code(
        purpose=purpose, subject=subject, mark=address, visitor=origin, language=language,
        sealed=seal(json.dumps({**(details or {}), "to": email}, ensure_ascii=False)),
        created_at=now, expires_at=now + FRESH,
    )  # fmt: skip
    code.digest = _digest(code, digits)
    code.save(force_insert=True)
    outbox.post(
        "code", to=email, language=language, key=f"code:{code.uuid}",
        context={"code": f"{digits[:3]} {digits[3:]}", "what": str(Purpose(purpose).value),
                 "minutes": FRESH.seconds // 60, "page": f"/{language}/confirm/{code.uuid}/"},
        at=now,
    )  # fmt: skip
    return code


def again(code: Code, *, visitor: str) -> Code:
    """A new code for the same act; the old one stops working."""
    details = code.details
    with transaction.atomic():
        fresh = ask_code(
            Purpose(code.purpose), code.subject, details.pop("to"), code.language,
            visitor=visitor, details=details,
        )  # fmt: skip
        Code.objects.filter(pk=code.pk, used_at=None).update(expires_at=timezone.now())
    return fresh


def use(uuid, typed: str) -> str:
    """Do what the code confirms; give where to go then.

    Raises:
        Code.DoesNotExist, Gone; WrongCode: counted, even though nothing else is changed; what
        the handler refuses (Refused): then the code stays good.
    """
    with transaction.atomic():
        code = Code.objects.select_for_update().get(uuid=uuid)
        require_good(code)
        is_right = hmac.compare_digest(code.digest, _digest(code, _only_digits(typed)))
        if is_right:
            code.used_at = timezone.now()
            code.save(update_fields=["used_at"])
            return _handlers[code.purpose](code)
        code.tries += 1
        code.save(update_fields=["tries"])
    raise WrongCode(MOST_TRIES - code.tries)


def visitor_mark(visitor: str) -> str:
    """Tells visitors of one day apart; nothing to be traced back, and not the same tomorrow."""
    return mark(f"visitor:{timezone.localdate()}:{visitor}")


def forget_old(before) -> int:
    """Take out codes that cannot be typed any more; how many."""
    return Code.objects.filter(expires_at__lt=before).delete()[0]


def require_good(code: Code) -> None:
    """Raises Gone for a code that cannot be typed any more."""
    if code.used_at:
        raise Gone("used", code)
    if code.tries >= MOST_TRIES:
        raise Gone("tries", code)
    if code.expires_at <= timezone.now():
        raise Gone("expired", code)


def is_slowed(visitor: str) -> bool:
    """Whether so many codes went out to this network address that it gets no more now."""
    recent = Code.objects.filter(created_at__gt=timezone.now() - HOUR)
    return _has_many(recent, visitor_mark(visitor))


def _has_many(recent, origin: str) -> bool:
    return recent.filter(visitor=origin).count() >= settings.CODES_FROM_VISITOR


def _require_few(address: str, origin: str, now) -> None:
    recent = Code.objects.filter(created_at__gt=now - HOUR)
    if recent.filter(mark=address).count() >= settings.CODES_TO_ADDRESS:
        raise TooMany(
            _("Many codes were sent to this address already. Look into its mailbox, the folder"
              " of unwanted letters too, or try again in an hour.")
        )  # fmt: skip
    if _has_many(recent, origin):
        raise TooMany(
            _("Many requests came from your network within this hour. Try again later, or call"
              " the akim’s office.")
        )  # fmt: skip


def _digest(code: Code, digits: str) -> str:
    return mark(f"code:{code.uuid}:{digits}")


def _only_digits(typed: str) -> str:
    return "".join(sign for sign in typed[:40] if sign.isascii() and sign.isdigit())


def say_left(left: int) -> str:
    """How many tries are left, in words."""
    return ngettext(
        "This is not the code of the letter. %(n)d try is left.",
        "This is not the code of the letter. %(n)d tries are left.",
        left,
    ) % {"n": left}
