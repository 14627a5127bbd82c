"""States, kinds and roles, with their translated labels. Values are stored: they never change."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What a row of the territory is (domain: the state classifier KATO, types of rows)."""

    OBLAST = "oblast", _("oblast")
    REPUBLIC_CITY = "republic_city", _("city of republican significance")
    DISTRICT = "district", _("district")
    OBLAST_CITY = "oblast_city", _("city of oblast significance")
    CITY_PROPER = "city_proper", _("city")
    CITY_DISTRICT = "city_district", _("district in a city")
    CITY_DISTRICT_ADMIN = "city_district_admin", _("administration of a district in a city")
    DISTRICT_CITY = "district_city", _("city of district significance")
    DISTRICT_CITY_ADMIN = "district_city_admin", _("administration of a city")
    OKRUG = "okrug", _("rural okrug")
    VILLAGE_ADMIN = "village_admin", _("administration of a village")
    SETTLEMENT_ADMIN = "settlement_admin", _("administration of a settlement")
    SETTLEMENT = "settlement", _("settlement")
    VILLAGE = "village", _("village")
    MICRODISTRICT = "microdistrict", _("microdistrict")
    PLACE = "place", _("place")


REGION_KINDS = (UnitKind.OBLAST, UnitKind.REPUBLIC_CITY)


class AkimLevel(TextChoices):
    """Whose meetings one wants to see: the ``level`` of lists and feeds."""

    OBLAST = "oblast", _("akims of oblasts")
    REPUBLIC_CITY = "republic_city", _("akims of cities of republican significance")
    DISTRICT = "district", _("akims of districts")
    OBLAST_CITY = "oblast_city", _("akims of cities of oblast significance")
    CITY_DISTRICT = "city_district", _("akims of districts in cities")
    DISTRICT_CITY = "district_city", _("akims of cities of district significance")
    OKRUG = "okrug", _("akims of rural okrugs")
    SETTLEMENT = "settlement", _("akims of settlements")
    VILLAGE = "village", _("akims of villages")

    @property
    def kinds(self) -> tuple[UnitKind, ...]:
        """A body may have its post on the row of its administration or on its own."""
        administration = getattr(UnitKind, f"{self.name}_ADMIN", None)
        return (UnitKind(self.value), *([administration] if administration else []))


class Role(TextChoices):
    DRAFTER = "drafter", _("drafter")
    COORDINATOR = "coordinator", _("coordinator")
    AKIM = "akim", _("akim")
    DEPUTY = "deputy", _("deputy of the maslikhat")
    CHAIR = "chair", _("chair of the maslikhat")
    COMMISSION = "commission", _("member of the commission")
    BODY = "body", _("responsible body")
    RECEPTION = "reception", _("reception office")
    OBSERVER = "observer", _("observer")
    ADMINISTRATOR = "administrator", _("administrator")


class Procedure(TextChoices):
    """What the maslikhat does with a calendar (domain §1.2)."""

    AGREE = "agree", _("by agreement with the maslikhat")
    NOTIFY = "notify", _("with notification of the maslikhat")


class ProcedureChoice(TextChoices):
    """A calendar's setting: never weaker than the law unless the region follows its edition."""

    AGREE = "agree", _("the maslikhat agrees, whatever the year")
    EDITION = "edition", _("as the edition of the year says")


class State(TextChoices):
    """Where a revision of a calendar stands. Moves only through services.approval."""

    DRAFT = "draft", _("draft")
    WITH_MASLIKHAT = "with_maslikhat", _("on the maslikhat's table")
    RETURNED = "returned", _("returned")
    AGREED = "agreed", _("agreed")
    APPROVED = "approved", _("approved")


EDITABLE_STATES = (State.DRAFT, State.RETURNED)


class Step(TextChoices):
    SUBMIT = "submit", _("submit to the maslikhat")
    RETURN = "return", _("return with remarks")
    AGREE = "agree", _("agree")
    APPROVE = "approve", _("approve")
    SEND_BACK = "send_back", _("send back for revision")


class MeetingState(TextChoices):
    PLANNED = "planned", _("planned")
    ANNOUNCED = "announced", _("announced")
    MOVED = "moved", _("moved")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class Way(TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    BOTH = "both", _("in person and online")


class Topic(TextChoices):
    """Topics people raise (domain §4)."""

    ROADS = "roads", _("roads")
    LIGHTING = "lighting", _("street lighting")
    WATER = "water", _("water supply")
    GAS = "gas", _("gas supply")
    HEATING = "heating", _("heating")
    UTILITIES = "utilities", _("housing and utilities")
    WASTE = "waste", _("waste")
    IMPROVEMENT = "improvement", _("improvement of streets and yards")
    EDUCATION = "education", _("education and school places")
    HEALTH = "health", _("health")
    LAND = "land", _("land")
    SOCIAL = "social", _("social aid")
    HOUSING = "housing", _("housing queue")
    TRANSPORT = "transport", _("transport")
    EMPLOYMENT = "employment", _("employment")
    INTERNET = "internet", _("internet and communications")
    FLOODS = "floods", _("floods")
    OTHER = "other", _("other")


class DayKind(TextChoices):
    HOLIDAY = "holiday", _("holiday")
    DAY_OFF = "day_off", _("day off")
    WORKING = "working", _("working day")


class Stance(TextChoices):
    ENDORSES = "endorses", _("endorses")
    OBJECTS = "objects", _("objects")


class N3Reading(TextChoices):
    """Whom the akim of a district visits (domain §1.1, readings that are settings)."""

    BODIES = "bodies", _("units that have an akim of their own")
    SETTLEMENTS = "settlements", _("every village and settlement too")


class LetterState(TextChoices):
    """Where a letter of the outbox stands."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    STOPPED = "stopped", _("not wanted")
    GIVEN_UP = "given_up", _("cannot be delivered")


class OfficialKind(TextChoices):
    """Who sits beside the akim, at a meeting and at the reception after it (Decree 826)."""

    EXECUTIVE = "executive", _("local executive bodies")
    PROSECUTOR = "prosecutor", _("prosecutor’s office")
    POLICE = "police", _("internal affairs bodies")
    MASLIKHAT = "maslikhat", _("deputies of the maslikhat")
    COUNCIL = "council", _("public council")
    INTELLIGENTSIA = "intelligentsia", _("local intelligentsia")


class MarkKind(TextChoices):
    """What is noted while a meeting runs. Minutes are stated whole: «the report took 14»."""

    REPORT_START = "report_start", _("the report began")
    REPORT_PAUSE = "report_pause", _("the report paused")
    QUESTIONS_START = "questions_start", _("questions began")
    QUESTIONS_PAUSE = "questions_pause", _("questions paused")
    REPORT_MINUTES = "report_minutes", _("minutes of the report put right")
    QUESTIONS_MINUTES = "questions_minutes", _("minutes of questions put right")
    PEOPLE = "people", _("people counted")
    END = "end", _("the meeting ended")
    REOPEN = "reopen", _("the meeting was reopened")


class ProtocolState(TextChoices):
    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed off")
    PUBLISHED = "published", _("published")
