"""Responsible organisations and who reports for them: kept by administrators of the territory."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from appeals.models import Body, BodyMember
from meetings.models import Unit
from meetings.permissions import Act, may
from meetings.services import log
from meetings.services.publishing import raise_public


@transaction.atomic
def keep(body: Body, *, by) -> Body:
    """Keep an organisation. What it has been given stays with it, also when it takes no more."""
    _require(by, body)
    verb = "add" if body._state.adding else "change"
    body.save()
    _record(f"body.{verb}", body, by)
    raise_public("appeals")
    return body


@transaction.atomic
def add_member(body: Body, user, *, by) -> BodyMember:
    """Let a person report for the organisation; the role of body in its unit is asked besides."""
    _require(by, body)
    member, made = BodyMember.objects.get_or_create(body=body, user=user)
    if made:
        _record("body.member", body, by, user=user.pk)
    return member


@transaction.atomic
def drop_member(member: BodyMember, *, by) -> None:
    """The person reports for the organisation no more; what they reported stays theirs."""
    _require(by, member.body)
    body, user = member.body, member.user_id
    member.delete()
    _record("body.member_drop", body, by, user=user)


def _require(by, body: Body) -> None:
    if not may(by, Act.ADMINISTER, body.unit):
        raise PermissionDenied


def _record(verb: str, body: Body, by, **detail) -> None:
    region = Unit.objects.above(body.unit).first() or body.unit
    log.record(verb, f"body:{body.uuid}", by=by, region=region, **detail)
