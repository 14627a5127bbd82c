"""The protocol of a sitting as a paper, in Kazakh or in Russian."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from appeals.models import Sitting, SittingItem, SittingMember
from meetings.dates import say_day
from meetings.documents import Block, Document, Facts, Heading, Items, Paragraph, Signatures


def paper_of(sitting: Sitting, language: str) -> Document:
    """The whole protocol; ``sitting`` with its unit. Two queries."""
    members, items = list(sitting.members.all()), list(sitting.items.select_related("problem"))
    with translation.override(language):
        return Document(
            title=_("Protocol of the sitting of the commission No. %(number)s")
            % {"number": sitting.number},
            subtitle=sitting.unit.name_in(language), language=language,
            made_at=_moment(sitting), footer=str(sitting),
            blocks=[
                Facts(_facts(sitting, language)),
                *_people(members, language),
                *_agenda(items, language),
                Signatures([_signs(one, language) for one in members if one.is_chair]),
            ],
        )  # fmt: skip


def file_name(sitting: Sitting, language: str, kind: str) -> str:
    return f"sitting-{sitting.number}-{sitting.day.isoformat()}-{language}.{kind}"


def _moment(sitting: Sitting) -> datetime:
    """When it ended, else when it began: the paper made twice is the same paper."""
    zone = timezone.get_current_timezone()
    return datetime.combine(sitting.day, sitting.ends_at or sitting.starts_at, zone)


def _facts(sitting: Sitting, language: str) -> list[tuple[str, str]]:
    hours = f"{sitting.starts_at:%H:%M}"
    if sitting.ends_at:
        hours += f"–{sitting.ends_at:%H:%M}"
    places = (sitting.place_kk, sitting.place_ru)
    place = next((one for one in (places if language == "kk" else places[::-1]) if one), "")
    facts = [(_("Date"), say_day(sitting.day, language)), (_("Hours"), hours)]
    return [*facts, (_("Place"), place)] if place else facts


def _people(members: list[SittingMember], language: str) -> list[Block]:
    chair = [one for one in members if one.is_chair]
    present = [one for one in members if one.is_present and not one.is_chair]
    absent = [one for one in members if not one.is_present]
    blocks: list[Block] = []
    for title, people in (
        (_("In the chair"), chair),
        (_("Members of the commission who were present"), present),
        (_("Absent"), absent),
    ):
        if people:
            blocks += [Heading(title), Items([_said(one, language) for one in people])]
    return blocks


def _agenda(items: list[SittingItem], language: str) -> list[Block]:
    blocks: list[Block] = [
        Heading(_("Agenda")),
        Items([_title(one, language) for one in items], is_numbered=True),
        Heading(_("What was decided")),
    ]
    for number, item in enumerate(items, 1):
        blocks.append(Paragraph(f"{number}. {_title(item, language)}"))
        blocks.append(
            Paragraph(_("Decided: %(decision)s") % {"decision": item.decision_in(language)})
        )
    return blocks


def _title(item: SittingItem, language: str) -> str:
    title = item.title_in(language)
    if item.problem is not None:
        return f"{title} ({_('problem No. %(number)s') % {'number': item.problem.number}})"
    return title


def _said(member: SittingMember, language: str) -> str:
    post = member.post_in(language)
    return f"{member.name}, {post}" if post else member.name


def _signs(member: SittingMember, language: str) -> tuple[str, str]:
    return member.post_in(language) or _("In the chair"), member.name
