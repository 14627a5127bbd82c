"""The protocol as a paper of the office, in Kazakh or Russian: Word and PDF of the same words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from meetings.dates import say_day
from meetings.documents import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Signatures,
    Table,
    to_docx,
    to_pdf,
)
from meetings.enums import ProtocolState
from meetings.models import Protocol
from meetings.protocolwords import Said, say

LANGUAGES = ("kk", "ru")


class Form(NamedTuple):
    """A form of a paper: how it is made, and what it is for a browser."""

    make: Callable[[Document], bytes]
    media_type: str


FORMS = {
    "docx": Form(
        to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    "pdf": Form(to_pdf, "application/pdf"),
}


def paper_of(
    protocol: Protocol, contents: Mapping, language: str, *, at: datetime | None = None
) -> Document:
    """The protocol as it stands: a draft says so on every page, a signed one bears its hash.

    A signed one tells of the moment of its signature: made twice it is the same paper.
    """
    moment = protocol.signed_at or at or timezone.now()
    said = say(contents, language)
    with override(language):
        return Document(
            title=_("DRAFT of the protocol of the meeting with the population")
            if protocol.state == ProtocolState.DRAFT else said.title,
            subtitle=_subtitle(protocol, said), language=language, made_at=moment,
            footer=_footer(protocol), blocks=_blocks(protocol, said, language),
        )  # fmt: skip


def file_name(protocol: Protocol, language: str, kind: str) -> str:
    """Day and version, nobody's name: akimat-protocol-2027-04-14-1-kk.pdf."""
    return f"akimat-protocol-{protocol.meeting.day}-{protocol.number}-{language}.{kind}"


def _subtitle(protocol: Protocol, said: Said) -> str:
    if protocol.number == 1:
        return said.subtitle
    version = _("Version %(number)s. Why it was corrected: %(reason)s") % {
        "number": protocol.number, "reason": protocol.reason,
    }  # fmt: skip
    return f"{said.subtitle}\n{version}"


def _footer(protocol: Protocol) -> str:
    if protocol.state == ProtocolState.DRAFT:
        return _("Draft: not signed off, may still change")
    return f"SHA-256 {protocol.sha256}"


def _blocks(protocol: Protocol, said: Said, language: str) -> list[Block]:
    blocks: list[Block] = [Facts([(label, value) for _key, label, value in said.facts])]
    blocks += _people(said)
    if said.agenda:
        blocks += [Heading(_("Agenda")), Items(said.agenda, is_numbered=True)]
    if said.clocks:
        house = _("The limit of the report is a house rule: the decree says “the minimum”.")
        blocks += [Heading(_("Time")), Paragraph(" ".join(said.clocks)),
                   Paragraph(house, is_small=True)]  # fmt: skip
        if said.doubtful:
            blocks.append(Paragraph(said.doubtful, is_small=True))
    if said.report:
        blocks += [Heading(_("What the report was about")), Paragraph(said.report)]
    blocks += _questions(said)
    blocks += _promises(said)
    if said.remark:
        blocks += [Heading(pgettext("in a protocol", "Remark")), Paragraph(said.remark)]
    blocks += _links(said)
    blocks += _signed(protocol, said, language)
    return blocks


def _people(said: Said) -> list[Block]:
    if not said.officials:
        return []
    rows = [(one["label"], "\n".join([str(one["number"]), *one["who"]])) for one in said.officials]
    return [Heading(_("Officials present")), Facts(rows)]


def _questions(said: Said) -> list[Block]:
    heading = Heading(_("Questions and answers"))
    if not said.questions:
        return [heading, Paragraph(_("No question was recorded."))]
    columns = [Column("№", 2), Column(_("Question"), 5), Column(_("What became of it"), 5)]
    rows = [
        [
            "\n".join(filter(None, (one["number"] or str(place), one["channel"]))),
            one["text"],
            "\n".join(filter(None, (one["state"]["word"], one["answer"], one["promise"]))),
        ]
        for place, one in enumerate(said.questions, 1)
    ]
    return [heading, Paragraph(said.counts), Table(columns, rows)]


def _promises(said: Said) -> list[Block]:
    if not said.promises:
        return []
    columns = [Column(_("What is promised"), 5), Column(_("Who"), 4), Column(_("By when"), 3)]
    rows = [
        ["\n".join(filter(None, (one["what"], one["money"]))), one["who"], one["by_day"]]
        for one in said.promises
    ]
    return [Heading(_("Promises given at the meeting")), Table(columns, rows)]


def _links(said: Said) -> list[Block]:
    rows = [(_("Record of the stream"), said.stream_url)] if said.stream_url else []
    if said.pictures:
        rows.append((_("Pictures"), "\n".join(said.pictures)))
    return [Heading(_("Stream and pictures")), Facts(rows)] if rows else []


def _signed(protocol: Protocol, said: Said, language: str) -> list[Block]:
    chair = next((value for key, _label, value in said.facts if key == "chair"), "")
    blocks: list[Block] = []
    if protocol.signed_at:
        day = say_day(timezone.localdate(protocol.signed_at), language, weekday=False)
        blocks.append(Paragraph(_("Signed off by the akim’s office: %(day)s") % {"day": day}))
    blocks.append(Signatures([(_("Chair of the meeting"), chair), (_("Secretary"), "")]))
    return blocks
