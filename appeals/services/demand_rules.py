"""Changes the house figures of demands; those opened before keep theirs."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from appeals.models import DemandRule
from meetings.permissions import is_country_administrator
from meetings.services import log
from meetings.services.publishing import raise_public


@transaction.atomic
def set_rule(rule: DemandRule, *, by) -> DemandRule:
    """Keep how many voices and days demands of a kind of unit need from now on."""
    if not is_country_administrator(by):
        raise PermissionDenied
    rule.save()
    log.record(
        "demand.rule", f"demandrule:{rule.kind}", by=by, voices=rule.voices,
        open_days=rule.open_days, answer_days=rule.answer_days,
    )  # fmt: skip
    raise_public("appeals")
    return rule
