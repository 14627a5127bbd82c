"""The frozen text: the same wherever it is made, whole, and without a person in it."""

import hashlib
import json
from datetime import date, time
from decimal import Decimal

import pytest

from meetings.models import Line
from meetings.services import freezing
from tests.approvals import Decided, approve, explain_all
from tests.factories import make_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return Decided()


def test_the_hash_is_of_the_very_bytes_kept(case):
    revision = approve(case)
    case.reload()

    assert case.revision.canonical == revision.canonical
    assert hashlib.sha256(case.revision.canonical.encode()).hexdigest() == case.revision.sha256


def test_the_text_is_what_its_page_of_documentation_says(case):
    place, region = case.place, case.place.region
    Line.objects.all().delete()
    make_line(
        case.revision, place.office(place.okrug), [place.villages[1], place.villages[0]],
        "2027-04-14", starts_at=time(15), ends_at=time(17, 30), place_kk="Мәдениет үйі",
        place_ru="Дом культуры", topics=["roads"], contact="+7 7112 00-00-00",
        latitude=Decimal("51.2"), longitude=Decimal("51.36667"),
    )  # fmt: skip
    case.revision.explanations.all().delete()
    explain_all(case.revision, by=case.coordinator)
    value = json.loads(approve(case).canonical)

    explanations = value.pop("explanations")
    assert {"norm", "host", "target", "window_start", "text"} == set(explanations[0])
    units = value.pop("units")
    assert units[place.okrug.kato] == {
        "kind": "okrug", "name_kk": "Дариян ауылдық округі", "name_ru": "Дариян ауылдық округі",
    }  # fmt: skip
    named = {"270000000", "274230000", "274230100", "274230200"}
    assert named <= set(units)
    assert value == {
        "schema": "akimat-calendar/1",
        "calendar": {
            "uuid": str(case.calendar.uuid), "region": region.kato, "year": 2027,
            "procedure": "agree", "edition": "2023-11-20", "own_edition": "",
            "n3_reading": "bodies",
        },
        "revision": {
            "uuid": str(case.revision.uuid), "number": 1, "reason": "",
            "submitted_at": "2026-12-01T07:00:00Z",
            "decision": {"number": "7-3", "on": "2026-12-20"},
            "act": {"number": "12", "on": "2026-12-22"},
            "approved_at": "2026-12-22T07:00:00Z", "is_late": False,
        },
        "lines": [
            {
                "uuid": str(case.revision.lines.get().uuid), "host": "274230000",
                "targets": ["274230100", "274230200"], "day": "2027-04-14", "starts_at": "15:00",
                "ends_at": "17:30", "place_kk": "Мәдениет үйі", "place_ru": "Дом культуры",
                "address_kk": "", "address_ru": "", "way": "in_person", "is_visiting": True,
                "topics": ["roads"], "contact": "+7 7112 00-00-00", "stream_url": "",
                "day_off_reason": "", "latitude": "51.20000", "longitude": "51.36667",
            }
        ],
    }  # fmt: skip


def test_the_text_does_not_depend_on_the_order_of_rows(case):
    first = freezing.contents_of(case.revision)
    rows = list(Line.objects.order_by("-pk").values())
    targets = {line.uuid: list(line.targets.all()) for line in Line.objects.all()}
    Line.objects.all().delete()
    for row in rows:
        row.pop("id")
        Line.objects.create(**row).targets.set(reversed(targets[row["uuid"]]))

    assert freezing.as_text(freezing.contents_of(case.revision)) == freezing.as_text(first)


def test_nobody_is_named(case):
    for user in (case.coordinator, case.chair, case.akim, case.deputy):
        user.name = f"Secret{user.pk} Person"
        user.save()

    text = approve(case).canonical

    assert "Secret" not in text
    assert "example.kz" not in text


def test_lines_are_read_by_a_constant_number_of_queries(case, django_assert_num_queries):
    with django_assert_num_queries(2):
        freezing.contents_of(case.revision)
    for number in range(1, 13):
        make_line(
            case.revision, case.place.office(case.place.first), [case.place.okrug],
            date(2027, number, 3),
        )  # fmt: skip

    with django_assert_num_queries(2):
        freezing.contents_of(case.revision)
