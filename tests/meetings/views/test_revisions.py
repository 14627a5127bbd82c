"""The frozen text for download: the bytes are those of the hash, and only what is approved."""

import hashlib

import pytest

from meetings.enums import Step
from tests.approvals import Decided, approve

pytestmark = pytest.mark.django_db
ADDRESS = "/kk/calendars/2027/270000000/revisions/1.json"


def test_the_bytes_have_the_hash_that_is_shown(client):
    case = Decided()
    revision = approve(case)

    answer = client.get(ADDRESS)

    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == revision.sha256
    assert answer["Content-Type"] == "application/json"
    assert answer["ETag"] == f'"{revision.sha256}"'
    assert "immutable" in answer["Cache-Control"]
    assert answer["Cache-Control"].startswith("public")


def test_in_every_language_the_same_bytes_and_a_known_one_is_not_sent_again(client):
    revision = approve(Decided())
    bodies = {client.get(ADDRESS.replace("/kk/", f"/{code}/")).content for code in ("ru", "en")}

    assert bodies == {revision.canonical.encode()}
    again = client.get(ADDRESS, headers={"if-none-match": f'W/"{revision.sha256}"'})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(ADDRESS, headers={"if-none-match": '"0"'})
    assert other.status_code == 200
    head = client.head(ADDRESS)
    assert (head.status_code, head["ETag"]) == (200, f'"{revision.sha256}"')


@pytest.mark.parametrize("steps", [[], [Step.SUBMIT], [Step.SUBMIT, Step.AGREE]])
def test_what_is_not_approved_has_no_text(client, steps):
    case = Decided()
    for step in steps:
        case.take(step, {Step.SUBMIT: case.coordinator, Step.AGREE: case.chair}[step])
    client.force_login(case.coordinator)

    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["2026/270000000/revisions/1", "2027/230000000/revisions/1", "2027/270000000/revisions/2",
     "2027/x'y/revisions/1", "99999999999999999999/270000000/revisions/1"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(client, address):
    approve(Decided())

    assert client.get(f"/kk/calendars/{address}.json").status_code == 404
