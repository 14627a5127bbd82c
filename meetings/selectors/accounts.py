"""What is said about a person's account: where work begins, which roles are held."""

from django.utils import timezone

from meetings.enums import Role
from meetings.models import Assignment
from meetings.permissions import RIGHTS, Act, assignments


def first_page(user) -> str:
    """The name of the address where the person's work begins."""
    roles = {role for role, _path in assignments(user)}
    if roles & RIGHTS[Act.READ_DRAFT]:
        return "desk"
    if roles & RIGHTS[Act.READ_SUBMITTED]:
        return "maslikhat"
    if roles & RIGHTS[Act.READ_REQUESTS]:
        return "requests_desk"
    return "admin:index" if Role.ADMINISTRATOR in roles else "account"


def roles_held(user) -> list[Assignment]:
    """Today's roles with their units; one query."""
    held = Assignment.objects.filter(user=user).on(timezone.localdate())
    return list(held.select_related("unit").order_by("role", "unit__path"))
