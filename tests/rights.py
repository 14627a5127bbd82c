"""Who may open and do what, where: the table that tests/test_rights_matrix.py walks.

One small country: the region ``here`` with two districts, an okrug in the first; and ``there``.
Each object of the table belongs to ``here``; a role is held in one of PLACES.
"""

from collections.abc import Callable
from datetime import date

from django.core import signing
from django.db import transaction
from django.utils import timezone

from appeals.enums import Purpose
from appeals.services.codes import ask_code
from meetings import letters
from meetings.enums import MeetingState, Role, State, Way
from meetings.models import Calendar, Maslikhat, MeetingChange, Revision, Unit
from meetings.services import daysoff, log, publishing
from meetings.services.day import open_day
from meetings.services.drafting import add_line
from tests.factories import PASSWORD, Region, make_calendar, make_line, make_meeting, make_user
from tests.rights_day import DAY
from tests.rights_demands import DEMANDS, PUBLIC_DEMANDS, make_demands
from tests.rights_entering import ENTERING, FOUND_BY_ITS_SENDER
from tests.rights_files import FILES, PUBLIC_FILES, make_files
from tests.rights_hall import HALL, PUBLIC_HALL, make_hall
from tests.rights_personal import PERSONAL, PUBLIC_PERSONAL, make_personal
from tests.rights_pool import POOL, PUBLIC_POOL, make_pool
from tests.rights_protocols import PROTOCOLS, PUBLIC_PROTOCOLS, make_protocols
from tests.rights_receptions import DESK_RECEPTIONS, PUBLIC_RECEPTIONS, make_receptions
from tests.rights_requests import PUBLIC_REQUESTS, REQUESTS, SHOWN_ELSEWHERE, make_requests
from tests.rights_rows import (
    ADMINISTRATOR,
    AKIM,
    ANYWHERE,
    CHAIR,
    CONCERNED,
    COORDINATOR,
    COUNTRY,
    DISTRICT,
    DRAFTERS,
    MEETING_ON,
    MEMBERS,
    REGION,
    STAFF,
    TODAY,
    TOUCHING,
    Holders,
    Row,
    of,
)
from tests.rights_sittings import SITTINGS, make_sittings

# The year that runs is approved, the next one drafted.
APPROVED, DRAFTED, GIVEN = 2026, 2027, 2028


class World:
    """The rows that the table's addresses name."""

    def __init__(self):
        self.here, self.there = Region(), Region("230000000", "Атырау облысы")
        self.first, self.okrug = self.here.first, self.here.okrug
        self.units: dict[str, Unit | None] = {
            "country": None, "region": self.here.region, "district": self.first,
            "okrug": self.okrug, "sibling": self.here.second, "foreign": self.there.region,
        }  # fmt: skip
        self.clerk = make_user(Role.COORDINATOR, self.here.region)
        self.office = self.here.office(self.first)
        self._calendars()
        self._meeting()
        self.person = make_user(Role.DRAFTER, self.first)
        self.maslikhat = Maslikhat.objects.get(unit=self.here.region)
        daysoff.seed(DRAFTED)
        self._requests()
        with transaction.atomic():
            self.act = log.record("test.act", "test:1", by=self.clerk, region=self.here.region)

    def _requests(self):
        self.code = ask_code(Purpose.ASK, "test:1", "a@example.kz", "ru", visitor="127.0.0.1")
        make_requests(self)
        make_files(self)
        make_receptions(self)
        make_protocols(self)
        make_sittings(self)
        make_personal(self)
        make_demands(self)
        make_pool(self)
        self.stop_token = signing.dumps("0" * 64, salt=letters.SALT)

    def _calendars(self):
        self.draft = make_calendar(self.here.region, DRAFTED)
        values = {
            "host": self.office, "day": date(DRAFTED, 4, 14), "way": Way.IN_PERSON,
            "is_visiting": True, "topics": [],
        }  # fmt: skip
        self.line = add_line(self.draft.revisions.get(), values, [self.okrug], by=self.clerk)
        self.given = make_calendar(self.here.region, GIVEN, state=State.WITH_MASLIKHAT)
        self.given.revisions.update(submitted_at=timezone.now())
        make_line(self.given.revisions.get(), self.office, [self.okrug], date(GIVEN, 4, 14))
        self.approved = Calendar.objects.create(region=self.here.region, year=APPROVED)
        Revision.objects.create(
            calendar=self.approved, number=1, state=State.APPROVED, canonical="{}", sha256="0" * 64
        )

    def _meeting(self):
        self.meeting = make_meeting(
            self.office, [self.okrug], MEETING_ON, calendar=self.approved,
            state=MeetingState.MOVED, is_awaiting=True, reason="Тасқын",
        )  # fmt: skip
        self.change = MeetingChange.objects.create(
            meeting=self.meeting, kind=MeetingState.MOVED, was={}, now={}, reason="Тасқын",
            by=self.clerk, at=timezone.now(), is_urgent=True,
        )  # fmt: skip
        # Called for the day on which the tests stand, by no calendar.
        self.outside = make_meeting(
            self.office, [self.okrug], TODAY, region=self.here.region, is_outside=True,
            why_outside="Су тасқыны",
        )  # fmt: skip
        open_day(self.outside, by=self.clerk)
        make_hall(self)
        with transaction.atomic():
            publishing.refresh([self.meeting, self.outside])


def version_of(calendar) -> int:
    return calendar.revisions.get().version


def a_line(world: World) -> dict:
    return {
        "day": f"14.05.{DRAFTED}", "starts_at": "15:00", "host": world.first.kato,
        "way": "in_person", "is_visiting": "on", "targets": world.okrug.kato,
        "version": world.line.version, "contact": "21-22-23",
    }  # fmt: skip


def line_args(world: World) -> tuple:
    return (world.draft.uuid, world.line.uuid)


def step(calendar: str, name: str) -> Callable[[World], tuple]:
    return lambda world: (getattr(world, calendar).uuid, name)


def deed(name: str) -> Callable[[World], tuple]:
    return lambda world: (world.meeting.uuid, name)


def papers(calendar: str) -> Callable[[World], dict]:
    return lambda world: {
        "version": version_of(getattr(world, calendar)), "act_number": "7",
        "act_on": f"{TODAY:%d.%m.%Y}", "note": "Ескерту", "confirm": PASSWORD,
    }  # fmt: skip


AT_THE_DESK = ((STAFF, TOUCHING),)

DESK = [
    Row("desk", sees=((frozenset(Role), ANYWHERE),)),
    Row("desk_open", post=lambda world: {"region": world.here.region.kato, "year": GIVEN + 1},
        sees=AT_THE_DESK, does=((COORDINATOR, REGION),), writes=False),
    Row("desk_calendar", of("draft"), sees=AT_THE_DESK),
    Row("desk_calendar", of("given"), sees=((STAFF, TOUCHING), (MEMBERS, REGION)),
        does=AT_THE_DESK),
    Row("desk_lines", of("draft"), post=a_line, sees=AT_THE_DESK, does=((DRAFTERS, DISTRICT),),
        refused=(403, 422)),
    Row("desk_line", line_args, sees=((STAFF, CONCERNED),)),
    Row("desk_line", line_args, post=a_line, sees=((STAFF, CONCERNED),),
        does=((DRAFTERS, DISTRICT),), refused=(403, 422)),
    Row("desk_line_drop", line_args, post=lambda world: {"version": world.line.version},
        sees=((STAFF, CONCERNED),), does=((DRAFTERS, DISTRICT),)),
    Row("desk_line_undo", line_args, post=lambda world: {"version": world.line.version},
        sees=((STAFF, CONCERNED),), does=((DRAFTERS, DISTRICT),)),
    Row("desk_targets", of("draft"), sees=AT_THE_DESK),
    Row("desk_grid", of("draft"), sees=AT_THE_DESK),
    Row("desk_findings", of("draft"), sees=AT_THE_DESK),
    Row("desk_explain", of("draft"),
        post=lambda world: {
            "norm": "N3", "host": world.first.kato, "target": world.okrug.kato,
            "since": f"{DRAFTED}-07-01", "seen": "", "text": "Жол жөнделіп жатыр",
        },
        sees=AT_THE_DESK, does=((COORDINATOR, REGION),), refused=(403, 404)),
    Row("desk_explain_together", of("draft"),
        post=lambda world: {
            "duty": f"N3:{world.first.kato}:{world.okrug.kato}:{DRAFTED}-07-01",
            "which": "chosen", "text": "Жол жөнделіп жатыр",
        },
        sees=AT_THE_DESK, does=((COORDINATOR, REGION),), refused=(403, 404)),
    Row("desk_log", of("draft"), sees=AT_THE_DESK),
    # What is approved everybody sees: whoever works in the region learns that this is not theirs.
    Row("desk_meetings", of("approved"), sees=((frozenset(Role), TOUCHING),), does=AT_THE_DESK),
    Row("desk_decide", step("draft", "submit"), sees=AT_THE_DESK, does=((COORDINATOR, REGION),)),
    Row("desk_decide", step("draft", "submit"), post=papers("draft"), sees=AT_THE_DESK,
        does=((COORDINATOR, REGION),), writes=False),  # breaches are not explained
    Row("desk_decide", step("given", "approve"), sees=((STAFF, TOUCHING), (MEMBERS, REGION)),
        does=((AKIM, REGION),)),
    Row("desk_meeting", of("meeting"), sees=((STAFF, CONCERNED),)),
    Row("desk_meeting_act", deed("announce"),
        post=lambda world: {
            "version": world.meeting.version, "starts_at": "15:00", "place_kk": "Клуб",
            "place_ru": "Клуб", "way": "in_person",
        },
        sees=((STAFF, CONCERNED),), does=((DRAFTERS, DISTRICT),)),
    Row("desk_meeting_act", deed("move"),
        post=lambda world: {
            "version": world.meeting.version, "day": "27.11.2026",
            "reason": "Тасқын",
        },
        sees=((STAFF, CONCERNED),), does=((COORDINATOR, DISTRICT),)),
    Row("desk_meeting_act", deed("cancel"),
        post=lambda world: {"version": world.meeting.version, "reason": "Тасқын"},
        sees=((STAFF, CONCERNED),), does=((COORDINATOR, DISTRICT),)),
    Row("desk_meeting_act", deed("held"),
        post=lambda world: {"version": world.meeting.version, "people": "40"},
        sees=((STAFF, CONCERNED),), does=((DRAFTERS, DISTRICT),), writes=False),  # not its day yet
]  # fmt: skip

MASLIKHAT = [
    Row("maslikhat", sees=((MEMBERS, ANYWHERE),), hidden=403),
    Row("maslikhat_changes", sees=((MEMBERS, ANYWHERE),), hidden=403),
    Row("maslikhat_calendar", of("given"), sees=((MEMBERS, REGION),)),
    Row("maslikhat_calendar", of("draft"), sees=()),
    Row("maslikhat_remark", of("given"), post=lambda world: {"text": "Жақын уақытқа қойыңыз"},
        sees=((MEMBERS, REGION),)),
    Row("maslikhat_word", of("given"),
        post=lambda world: {"stance": "endorses", "version": version_of(world.given)},
        sees=((MEMBERS, REGION),)),
    Row("maslikhat_decide", step("given", "agree"), sees=((MEMBERS, REGION),),
        does=((CHAIR, REGION),)),
    Row("maslikhat_decide", step("given", "agree"), post=papers("given"),
        sees=((MEMBERS, REGION),), does=((CHAIR, REGION),)),
    Row("maslikhat_decide", step("given", "return"), post=papers("given"),
        sees=((MEMBERS, REGION),), does=((CHAIR, REGION),)),
    Row("maslikhat_confirm", of("change"), sees=((MEMBERS, REGION),), does=((CHAIR, REGION),)),
    Row("maslikhat_confirm", of("change"),
        post=lambda world: {
            "act_number": "8", "act_on": f"{TODAY:%d.%m.%Y}", "confirm": PASSWORD,
            "version": world.meeting.version,
        },
        sees=((MEMBERS, REGION),), does=((CHAIR, REGION),)),
]  # fmt: skip


def pk_of(name: str) -> Callable[[World], tuple]:
    return lambda world: (getattr(world, name).pk,)


def admin_row(name: str, *args, places=ANYWHERE, **more) -> Row:
    return Row(f"admin:{name}", *args, sees=((ADMINISTRATOR, places),), **more)


def day_off(world: World) -> tuple:
    from meetings.models import DayOff

    return (DayOff.objects.get(day=date(DRAFTED, 3, 8)).pk,)


ADMIN = [
    *(admin_row(f"meetings_{noun}_changelist") for noun in
      ("user", "office", "maslikhat", "dayoff", "calendar", "act", "unit")),
    admin_row("meetings_user_change", pk_of("person"), places=DISTRICT),
    admin_row("meetings_office_change", pk_of("office"), places=DISTRICT),
    admin_row("meetings_unit_change", pk_of("first"), places=DISTRICT),
    admin_row("meetings_maslikhat_change", pk_of("maslikhat"), places=REGION),
    admin_row("meetings_calendar_change", pk_of("draft"), places=REGION),
    admin_row("meetings_act_change", pk_of("act"), places=REGION),
    admin_row("meetings_dayoff_change", day_off),
    admin_row("meetings_dayoff_change", day_off,
              post=lambda world: {
                  "day": f"08.03.{DRAFTED}", "kind": "working", "name_kk": "Жұмыс күні",
                  "name_ru": "Рабочий день",
              },
              does=((ADMINISTRATOR, COUNTRY),)),
    admin_row("meetings_dayoff_fill", post=lambda world: {"year": DRAFTED + 1},
              does=((ADMINISTRATOR, COUNTRY),)),
    admin_row("meetings_user_add"),
    admin_row("meetings_office_add"),
    admin_row("meetings_maslikhat_add"),
    admin_row("meetings_dayoff_add", does=((ADMINISTRATOR, COUNTRY),)),
    admin_row("meetings_calendar_change", pk_of("draft"), places=REGION,
              post=lambda world: {"procedure": "edition", "n3_reading": "bodies",
                                  "own_edition": ""}),
    admin_row("meetings_unit_import", does=((ADMINISTRATOR, COUNTRY),)),
]  # fmt: skip

# Everybody opens these, signed in or not.
PUBLIC = [
    Row(name, args, needs="nothing")
    for name, args in [
        ("root", lambda world: ()),
        ("favicon", lambda world: ()),
        ("robots", lambda world: ()),
        ("health_live", lambda world: ()),
        ("health_ready", lambda world: ()),
        ("home", lambda world: ()),
        ("meeting_list", lambda world: ()),
        ("meeting", of("meeting")),
        ("unit_search", lambda world: ()),
        ("unit", lambda world: (world.first.kato,)),
        ("year", lambda world: (DRAFTED,)),
        ("region_calendar", lambda world: (APPROVED, world.here.region.kato)),
        ("revision_json", lambda world: (APPROVED, world.here.region.kato, 1)),
        ("feed", lambda world: (world.first.kato, "ics")),
        ("feed", lambda world: (world.first.kato, "atom")),
        ("meeting_feed", of("meeting")),
        ("account_login", lambda world: ()),
        ("account_logout", lambda world: ()),
        ("account_inactive", lambda world: ()),
        ("account_reset_password", lambda world: ()),
        ("account_reset_password_done", lambda world: ()),
        ("account_reset_password_from_key", lambda world: ("1", "wrong-key")),
        ("account_reset_password_from_key_done", lambda world: ()),
        ("mfa_authenticate", lambda world: ()),
    ]
]
# Everybody signed in opens these: they are about oneself.
OWN = [
    Row(name, sees=((frozenset(Role), ANYWHERE),))
    for name in (
        "account", "account_reauthenticate", "account_change_password", "mfa_index",
        "mfa_activate_totp", "mfa_reauthenticate",
    )
]  # fmt: skip
# There is nothing of one's own before the second factor is set up.
WITH_SECOND_FACTOR = {
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}  # fmt: skip

PUBLIC += [*PUBLIC_REQUESTS, *PUBLIC_RECEPTIONS, *PUBLIC_PERSONAL]
PUBLIC += PUBLIC_HALL
DAY += HALL
TABLE = [*DESK, *DAY, *REQUESTS, *PERSONAL, *MASLIKHAT, *ADMIN, *PUBLIC, *OWN]
PUBLIC += PUBLIC_FILES
TABLE += [*FILES, *PUBLIC_FILES, *ENTERING]
TABLE += DESK_RECEPTIONS
PUBLIC += PUBLIC_DEMANDS
TABLE += [*DEMANDS, *PUBLIC_DEMANDS]
PUBLIC += PUBLIC_PROTOCOLS
TABLE += [*PROTOCOLS, *PUBLIC_PROTOCOLS]
TABLE += SITTINGS
PUBLIC += PUBLIC_POOL
TABLE += [*POOL, *PUBLIC_POOL]
# Each has tests of its own.
NO_ROW = WITH_SECOND_FACTOR | SHOWN_ELSEWHERE | FOUND_BY_ITS_SENDER


def expected(holders: tuple[Holders, ...], role: Role | None, place: str) -> bool:
    return any(role in roles and place in places for roles, places in holders)
