"""Rights: every role, held in every place, at every address; a new address needs a row."""

import hashlib
from datetime import UTC, datetime

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from meetings.enums import Role
from tests.factories import make_user
from tests.rights import (
    NO_ROW,
    OWN,
    PUBLIC,
    TABLE,
    WITH_SECOND_FACTOR,
    World,
    expected,
)
from tests.rights_rows import PLACES, Row

pytestmark = pytest.mark.django_db
ADMIN_SITES = ("admin", "maslikhat_admin")
# The last sign-in is no act; bytes of feeds are kept as they are asked for.
NO_ACTS = {"User", "FeedBody"}
# For a role that an address does not concern, the two places that reach furthest.
STRONGEST = ("country", "region")


def names(patterns, prefix="") -> set[str]:
    found = set()
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = prefix + (f"{one.namespace}:" if one.namespace else "")
            found |= names(one.url_patterns, inner)
        elif one.name:
            found.add(prefix + one.name)
    return found


def address(row: Row, world: World) -> str:
    return reverse(row.name, args=list(row.args(world)))


def state() -> str:
    """A digest of everything of ours that is stored, read by the driver: it is taken often."""
    tables = [
        connection.ops.quote_name(model._meta.db_table)
        for room in ("meetings", "appeals")
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        if model.__name__ not in NO_ACTS
    ]
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            rows = [repr([as_bytes(value) for value in row]) for row in cursor.fetchall()]
            digest.update(repr(sorted(rows)).encode())
    return digest.hexdigest()


def as_bytes(value):
    """What PostgreSQL's driver hands over as a view of its memory, whose `repr` is an address."""
    return bytes(value) if isinstance(value, memoryview) else value


def answer_of(client: Client, row: Row, world: World):
    where = address(row, world)
    if row.post is None:
        return client.get(where, follow=row.name.startswith("admin:"))
    return client.post(where, row.post(world), follow=row.name.startswith("admin:"))


def is_sent_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(
        ("/accounts/login/", "/admin/login/", "/maslikhat-admin/login/")
    )


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def world():
    return World()


def test_every_address_has_a_row():
    known = {row.name for row in TABLE} | NO_ROW
    unknown = {
        name
        for name in names(get_resolver().url_patterns)
        if name not in known and name.split(":")[0] not in ADMIN_SITES
    }

    assert unknown == set()


GUARDED = [row for row in TABLE if row.sees is not None]


@pytest.mark.parametrize("role", Role)
def test_a_role_gets_at_every_address_what_the_table_says(world, role):
    people = {}
    for place in PLACES:
        people[place] = Client()
        people[place].force_login(make_user(role, world.units[place]))
    wrong = []
    # Each answer is rolled back, so that all begin from the same.
    before = state()
    for row in GUARDED:
        for place in PLACES if concerns(row, role) else STRONGEST:
            with transaction.atomic():
                answer = answer_of(people[place], row, world)
                changed = row.post is not None and state() != before
                transaction.set_rollback(True)
            if said := misfit(row, role, place, answer, changed):
                wrong.append(f"{row.label} {row.args(world)}, held in {place}: {said}")

    assert not wrong, "\n".join(wrong)


def concerns(row: Row, role: Role) -> bool:
    return any(role in roles for roles, _places in row.sees)


def misfit(row: Row, role: Role, place: str, answer, changed: bool) -> str:
    """What is wrong with an answer; empty when it is as the table says."""
    code, known = answer.status_code, expected(row.sees, role, place)
    allowed = known and (row.does is None or expected(row.does, role, place))
    if allowed:
        if code in (401, 403, 404) or code >= 500 or is_sent_to_sign_in(answer):
            return f"may, but got {code}"
        return "" if changed or row.post is None or not row.writes else f"nothing written ({code})"
    if changed:
        return f"may not, but it was written ({code})"
    wanted = row.refused if known else (row.hidden, 403) if is_admin(row, role) else (row.hidden,)
    return "" if code in wanted else f"must get {wanted}, got {code}"


def is_admin(row: Row, role: Role) -> bool:
    """The door of the administrators' site is shut (403) before any of its objects is asked for."""
    return row.name.startswith("admin:") and role != Role.ADMINISTRATOR


def test_a_stranger_is_sent_to_sign_in_and_writes_nothing(client, world):
    before = state()
    for row in GUARDED:
        where = address(row, world)
        answer = client.post(where, row.post(world)) if row.post else client.get(where)

        assert is_sent_to_sign_in(answer), row.label
    assert state() == before


def test_public_addresses_open_for_strangers_and_for_staff_alike(client, world):
    signed_in = Client()
    signed_in.force_login(make_user(Role.OBSERVER, world.there.region))

    for row in PUBLIC:
        assert client.get(address(row, world)).status_code < 400, row.label
        assert signed_in.get(address(row, world)).status_code < 400, row.label


@pytest.mark.parametrize("name", sorted(WITH_SECOND_FACTOR))
def test_pages_of_the_second_factor_are_closed_without_one(client, name):
    assert is_sent_to_sign_in(client.get(reverse(name)))
    client.force_login(make_user())
    answer = client.get(reverse(name))

    assert answer.status_code in (302, 403, 404)


def admin_addresses(world: World) -> list[str]:
    """Every address of both admin sites, with the first row of each noun where one is named."""
    found = []
    for name in sorted(names(get_resolver().url_patterns)):
        if name.split(":")[0] not in ADMIN_SITES or name.endswith((":login", ":logout")):
            continue
        noun = name.split("_")[-2] if "_" in name else ""
        rows = {
            "user": world.person, "office": world.office, "unit": world.first,
            "maslikhat": world.maslikhat, "act": world.act, "calendar": world.draft,
        }  # fmt: skip
        for args in ([], [rows[noun].pk] if noun in rows else ["1"], ["meetings"], ["1", "1"]):
            try:
                found.append(reverse(name, args=args))
                break
            except NoReverseMatch:
                continue
    return found


def test_no_address_of_the_admin_sites_opens_for_others(world):
    addresses = admin_addresses(world)
    assert len(addresses) > 40
    wrong = []
    for role in sorted(set(Role) - {Role.ADMINISTRATOR}):
        client = Client()
        client.force_login(make_user(role, world.here.region))
        for where in addresses:
            if where.startswith("/maslikhat-admin/") and role in (Role.DEPUTY, Role.CHAIR):
                continue
            for answer in (client.get(where, follow=True), client.post(where, follow=True)):
                # The way to change one's password is open to everybody.
                if answer.status_code < 400 and "password" not in answer.request["PATH_INFO"]:
                    wrong.append(f"{role} {where} {answer.status_code}")

    assert wrong == []


def test_nothing_is_written_by_opening_an_address(client, world):
    user = make_user(is_superuser=True)
    for role in Role:
        user.assignments.create(role=role, unit=None, starts_on="2020-01-01")
    client.force_login(user)
    before = state()

    for row in TABLE:
        client.get(address(row, world))
        assert state() == before, row.name
    for where in admin_addresses(world):
        client.get(where)
        assert state() == before, where
    assert "_auth_user_id" in client.session


def test_the_table_names_no_address_that_is_gone(world):
    for row in [*TABLE, *OWN]:
        assert address(row, world)
