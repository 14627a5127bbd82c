"""Writes about people who work here: accounts and the roles they hold. Each is one transaction."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction

from meetings.models import Assignment, Unit, User
from meetings.permissions import (
    is_administrator,
    is_country_administrator,
    may_administer_person,
    may_give_role_in,
    may_give_roles,
)
from meetings.services import log

# Columns an administrator writes; the password and the second factor go their own ways.
WRITABLE = ("email", "name", "language", "is_active")


@transaction.atomic
def open_account(person: User, password: str, *, by: User) -> User:
    """Keep a new account. Its first role follows in the same form."""
    if not is_administrator(by):
        raise PermissionDenied
    person.email = person.email.lower()
    person.is_superuser = False
    person.set_password(password)
    person.save()
    log.record("user.open", f"user:{person.pk}", by=by)
    return person


@transaction.atomic
def change_account(person: User, *, fields: list[str], by: User, password: str = "") -> User:
    """Keep the named columns of an account, and a new password when one is given.

    Sessions of the person end with the old password, and with the account when it is closed.
    """
    if not may_administer_person(by, User.objects.select_for_update().get(pk=person.pk)):
        raise PermissionDenied
    fields = [name for name in fields if name in WRITABLE]
    person.email = person.email.lower()
    if fields:
        person.save(update_fields=fields)
        log.record("user.change", f"user:{person.pk}", by=by, fields=fields)
    if password:
        person.set_password(password)
        person.save(update_fields=["password"])
        log.record("user.password", f"user:{person.pk}", by=by)
    return person


@transaction.atomic
def forget_second_factor(person: User, *, by: User) -> None:
    """Let a person who lost phone and codes in by the password, to set the factor up anew.

    For country administrators alone: who can also set the password could sign in as the person.
    """
    if not is_country_administrator(by) or not may_administer_person(by, person):
        raise PermissionDenied
    if Authenticator.objects.filter(user=person).delete()[0]:
        log.record("user.second_factor_off", f"user:{person.pk}", by=by)


@transaction.atomic
def keep_role(role: Assignment, *, by: User) -> Assignment:
    """Give a role, or change the days of one that was given."""
    person = User.objects.select_for_update().get(pk=role.user_id)
    if not may_give_roles(by, person) or not may_give_role_in(by, role.unit):
        raise PermissionDenied
    is_given = role._state.adding
    if is_given:
        role.save()
    else:
        role.save(update_fields=["starts_on", "ends_on"])
    log.record(
        "role.give" if is_given else "role.change", f"user:{person.pk}", by=by,
        region=_region_of(role.unit), role=role.role, unit=role.unit and role.unit.kato,
        starts_on=_iso(role.starts_on), ends_on=_iso(role.ends_on),
    )  # fmt: skip
    return role


def _region_of(unit: Unit | None) -> Unit | None:
    return unit and Unit.objects.above(unit).first()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
