"""Who may do what, where: rights are role × territory × day, written once as a table.

Everything else asks here. Rights are read afresh at every request, so that a role taken away stops
at once; within one request they are read once.
"""

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from meetings.enums import EDITABLE_STATES, Role, State, Step
from meetings.models import Assignment, Line, Revision, Unit
from meetings.models.unit import STEP_WIDTH, subtree


class Act(StrEnum):
    """What can be done in a territory."""

    READ_DRAFT = "read_draft"
    READ_SUBMITTED = "read_submitted"
    EDIT_LINE = "edit_line"
    OPEN_CALENDAR = "open_calendar"
    EXPLAIN = "explain"
    SUBMIT = "submit"
    RETURN = "return"
    AGREE = "agree"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REMARK = "remark"
    ENDORSE = "endorse"
    ANNOUNCE = "announce"
    MOVE_MEETING = "move_meeting"
    RECORD_HELD = "record_held"
    CONFIRM_CHANGE = "confirm_change"
    ADMINISTER = "administer"
    READ_REQUESTS = "read_requests"
    ENTER_REQUEST = "enter_request"
    MODERATE = "moderate"
    FORM_PROBLEM = "form_problem"
    HOLD_SITTING = "hold_sitting"
    READ_PERSONAL = "read_personal"
    ERASE_PERSON = "erase_person"
    READ_ACCESSES = "read_accesses"
    REPORT_PROMISE = "report_promise"
    ANSWER_DEMAND = "answer_demand"
    RUN_RECEPTION = "run_reception"
    CALL_MEETING = "call_meeting"
    RUN_MEETING = "run_meeting"
    WRITE_PROTOCOL = "write_protocol"
    SIGN_PROTOCOL = "sign_protocol"


RIGHTS: dict[Act, frozenset[Role]] = {
    Act.READ_DRAFT: frozenset({Role.DRAFTER, Role.COORDINATOR, Role.AKIM, Role.OBSERVER}),
    Act.READ_SUBMITTED: frozenset({Role.DEPUTY, Role.CHAIR}),
    Act.EDIT_LINE: frozenset({Role.DRAFTER, Role.COORDINATOR}),
    Act.OPEN_CALENDAR: frozenset({Role.COORDINATOR}),
    Act.EXPLAIN: frozenset({Role.COORDINATOR}),
    Act.SUBMIT: frozenset({Role.COORDINATOR}),
    Act.RETURN: frozenset({Role.CHAIR}),
    Act.AGREE: frozenset({Role.CHAIR}),
    Act.APPROVE: frozenset({Role.AKIM}),
    Act.SEND_BACK: frozenset({Role.AKIM}),
    Act.REMARK: frozenset({Role.DEPUTY, Role.CHAIR}),
    Act.ENDORSE: frozenset({Role.DEPUTY, Role.CHAIR}),
    Act.ANNOUNCE: frozenset({Role.DRAFTER, Role.COORDINATOR}),
    Act.MOVE_MEETING: frozenset({Role.COORDINATOR}),
    Act.RECORD_HELD: frozenset({Role.DRAFTER, Role.COORDINATOR}),
    Act.CONFIRM_CHANGE: frozenset({Role.CHAIR}),
    Act.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
    Act.READ_REQUESTS: frozenset(
        {Role.COMMISSION, Role.COORDINATOR, Role.DRAFTER, Role.AKIM, Role.OBSERVER}
    ),
    Act.ENTER_REQUEST: frozenset({Role.COMMISSION, Role.COORDINATOR, Role.DRAFTER, Role.RECEPTION}),
    Act.MODERATE: frozenset({Role.COMMISSION}),
    Act.FORM_PROBLEM: frozenset({Role.COMMISSION}),
    Act.HOLD_SITTING: frozenset({Role.COMMISSION}),
    Act.READ_PERSONAL: frozenset({Role.COMMISSION, Role.RECEPTION}),
    Act.ERASE_PERSON: frozenset({Role.COMMISSION}),
    Act.READ_ACCESSES: frozenset({Role.COMMISSION, Role.ADMINISTRATOR}),
    Act.REPORT_PROMISE: frozenset({Role.BODY}),
    Act.ANSWER_DEMAND: frozenset({Role.COORDINATOR, Role.DRAFTER}),
    Act.RUN_RECEPTION: frozenset({Role.RECEPTION}),
    Act.CALL_MEETING: frozenset({Role.DRAFTER, Role.COORDINATOR}),
    Act.RUN_MEETING: frozenset({Role.DRAFTER, Role.COORDINATOR}),
    Act.WRITE_PROTOCOL: frozenset({Role.DRAFTER, Role.COORDINATOR}),
    Act.SIGN_PROTOCOL: frozenset({Role.AKIM, Role.COORDINATOR}),
}
STEP_ACTS = {step: Act(step.value) for step in Step}
# Those whose signature binds others (issue of the second factor).
SECOND_FACTOR_ROLES = frozenset({Role.CHAIR, Role.AKIM, Role.ADMINISTRATOR})
SUBMITTED_STATES = (State.WITH_MASLIKHAT, State.AGREED, State.APPROVED)


def assignments(user) -> list[tuple[Role, str | None]]:
    """Roles held today as (role, path of the unit; None: the country); one query a request."""
    if user is None or not user.is_authenticated or not user.is_active:
        return []
    kept = getattr(user, "_assignments_today", None)
    if kept is None:
        rows = Assignment.objects.filter(user=user).on(timezone.localdate())
        kept = [(Role(role), path) for role, path in rows.values_list("role", "unit__path")]
        if user.is_superuser:
            kept.append((Role.ADMINISTRATOR, None))
        user._assignments_today = kept
    return kept


def may(user, act: Act, unit: Unit) -> bool:
    """Whether one of the user's roles with this right reaches the unit."""
    return may_at(user, act, unit.path)


def may_at(user, act: Act, path: str) -> bool:
    return any(
        role in RIGHTS[act] and (held is None or path.startswith(held))
        for role, held in assignments(user)
    )


def reach(user, act: Act) -> list[str] | None:
    """Paths of the units whose subtrees the right reaches; None is the whole country."""
    paths = [held for role, held in assignments(user) if role in RIGHTS[act]]
    if any(path is None for path in paths):
        return None
    return sorted({path for path in paths if path is not None})


def within_reach(user, act: Act, field: str) -> Q:
    """A condition on a path column: rows of the subtrees that the right reaches."""
    paths = reach(user, act)
    if paths is None:
        return Q()
    condition = Q(pk__in=[])
    for path in paths:
        condition |= subtree(field, path)
    return condition


def is_administrator(user) -> bool:
    """Whether the role of administrator is held anywhere today."""
    return any(role == Role.ADMINISTRATOR for role, _path in assignments(user))


def is_country_administrator(user) -> bool:
    return (Role.ADMINISTRATOR, None) in assignments(user)


def may_administer_person(user, person) -> bool:
    """Whether name, address, password and closing of an account are the user's to change.

    An account whose roles go beyond the user's territory is out of reach: who sets its password
    could act with all of them. So is a superuser's, except for another superuser.
    """
    if person.is_superuser and not user.is_superuser:
        return False
    paths = reach(user, Act.ADMINISTER)
    if paths is None:
        return True
    if user.pk == person.pk:
        return False
    held = Assignment.objects.filter(user=person).values_list("unit__path", "ends_on")
    inside = [_is_below(path, paths) for path, _ends_on in held]
    today = timezone.localdate()
    beyond = any(
        not _is_below(path, paths) for path, ends_on in held if ends_on is None or ends_on >= today
    )
    return any(inside) and not beyond


def _is_below(path: str | None, paths: list[str]) -> bool:
    return path is not None and path.startswith(tuple(paths))


def may_give_roles(user, person) -> bool:
    """Roles are given to others within one's territory, never to oneself."""
    if person.is_superuser and not user.is_superuser:
        return False
    return is_administrator(user) and (user.pk != person.pk or user.is_superuser)


def may_give_role_in(user, unit: Unit | None) -> bool:
    """Whether the unit (None: the whole country) lies in the territory the user administers."""
    if unit is None:
        return is_country_administrator(user)
    return may(user, Act.ADMINISTER, unit)


def lacks_second_factor(user) -> bool:
    """Whether a role asks for a second factor that the user has not set up."""
    if not any(role in SECOND_FACTOR_ROLES for role, _path in assignments(user)):
        return False
    from allauth.mfa.utils import is_mfa_enabled

    return not is_mfa_enabled(user)


def visible_calendars(queryset, user):
    """Approved for everybody; drafts for the staff of the region and of its districts; what was
    submitted for the deputies of the region."""
    revisions = Revision.objects.filter(calendar=OuterRef("pk"))
    seen = Q(Exists(revisions.filter(state=State.APPROVED)))
    seen |= _touching(user, Act.READ_DRAFT)
    if submitted := _touching(user, Act.READ_SUBMITTED, below=False):
        seen |= submitted & Q(Exists(revisions.filter(state__in=SUBMITTED_STATES)))
    return queryset.filter(seen)


def desk_calendars(queryset, user):
    """Calendars whose drafts the user reads: of the region, or of a region the user's part of."""
    return queryset.filter(_touching(user, Act.READ_DRAFT))


def visible_lines(queryset, user):
    """Lines whose akim the right to read drafts reaches, or one of whose targets it reaches."""
    if reach(user, Act.READ_DRAFT) is None:
        return queryset
    targets = Line.targets.through.objects.filter(
        within_reach(user, Act.READ_DRAFT, "unit__path"), line=OuterRef("pk")
    )
    hosts = within_reach(user, Act.READ_DRAFT, "host__unit__path")
    return queryset.filter(hosts | Q(Exists(targets)))


def editable_lines(queryset, user):
    """Lines of drafts whose akim the right to edit reaches."""
    return queryset.filter(
        within_reach(user, Act.EDIT_LINE, "host__unit__path"),
        revision__state__in=EDITABLE_STATES,
    )


def _touching(user, act: Act, *, below: bool = True) -> Q:
    """Calendars of regions the role reaches, or (``below``) in which it is held."""
    paths = reach(user, act)
    if paths is None:
        return Q(region__isnull=False)
    condition = Q(pk__in=[])
    for path in paths:
        condition |= subtree("region__path", path)
        if below:
            condition |= Q(region__path__in=_prefixes(path))
    return condition


def _prefixes(path: str) -> list[str]:
    return [path[:end] for end in range(STEP_WIDTH, len(path) + 1, STEP_WIDTH)]
