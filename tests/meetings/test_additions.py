"""What other rooms add to pages: in its order, where it belongs, and only if there is something."""

from copy import deepcopy
from types import SimpleNamespace

import pytest
import time_machine

from meetings import additions
from meetings.additions import Block, Spot, added_to, adds_to
from meetings.enums import Role
from tests.factories import Region, a_moment, make_approved, make_meeting, make_user


@pytest.fixture
def spots(monkeypatch):
    """Every spot empty, so that the test's own blocks stand alone."""
    monkeypatch.setattr(additions, "_makers", {spot: [] for spot in Spot})


def adding(spot, words, *, order=50, styles=()):
    @adds_to(spot, order=order)
    def maker(request, subject):
        return Block("added_by_test.html", {"said": f"{words} {subject.pk}"}, styles)

    return maker


def test_blocks_stand_in_their_order_and_each_maker_once(spots):
    last = adding(Spot.UNIT, "соңғы", order=90, styles=("css/day.css",))
    adding(Spot.UNIT, "бірінші", order=10, styles=("css/day.css", "css/desk.css"))
    adds_to(Spot.UNIT)(last)
    adds_to(Spot.UNIT)(lambda request, subject: None)

    added = added_to(Spot.UNIT, None, SimpleNamespace(pk=7))

    assert [block.values["said"] for block in added.blocks] == ["бірінші 7", "соңғы 7"]
    assert added.styles == ["css/day.css", "css/desk.css"]


@pytest.mark.django_db
@time_machine.travel(a_moment(2027, 3, 1), tick=False)
def test_each_page_shows_the_blocks_of_its_own_spot(client, spots, settings, tmp_path):
    (tmp_path / "added_by_test.html").write_text("<p>{{ part.said }}</p>", encoding="utf-8")
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(tmp_path)
    settings.TEMPLATES = templates
    for spot in Spot:
        adding(spot, spot.value, styles=("css/day.css",))
    country = Region()
    meeting = make_meeting(
        country.office(country.first), [country.okrug], "2027-05-05",
        calendar=make_approved(country.region),
    )  # fmt: skip
    drafter = make_user(Role.DRAFTER, country.first)

    said = {
        "meeting": client.get(f"/ru/meetings/{meeting.uuid}/").content.decode(),
        "unit": client.get(f"/ru/units/{country.okrug.kato}/").content.decode(),
    }
    client.force_login(drafter)
    said["desk"] = client.get(f"/ru/desk/meetings/{meeting.uuid}/").content.decode()

    for name, words in [
        ("meeting", f"meeting_top {meeting.pk}"), ("meeting", f"meeting_bottom {meeting.pk}"),
        ("unit", f"unit {country.okrug.pk}"), ("desk", f"desk_meeting {meeting.pk}"),
    ]:  # fmt: skip
        assert f"<p>{words}</p>" in said[name]
        assert sum(words in body for body in said.values()) == 1
        assert "css/day.css" in said[name]
