"""What a protocol says, in the words of one language: for its pages and its papers alike.

``contents`` is always what services.protocol_contents gives, frozen or not; nothing is read from
the database here, so that a frozen protocol says the same for ever.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override, pgettext

from meetings.dates import say_day, say_when
from meetings.enums import OfficialKind, ProtocolState, Topic, Way

# How a question came, by the requests side's codes.
CHANNELS = {
    "site": gettext_lazy("on this site"), "paper": gettext_lazy("on paper"),
    "phone": gettext_lazy("by phone"), "messenger": gettext_lazy("by messenger"),
    "floor": gettext_lazy("from the floor"), "hall": gettext_lazy("from a phone in the hall"),
}  # fmt: skip
# What became of a question: class of its mark, and its word.
OUTCOMES = {
    "answered": ("held", gettext_lazy("answered")),
    "promised": ("announced", gettext_lazy("promised")),
    "taken_away": ("moved", gettext_lazy("taken away: the answer is sent later")),
    "waiting": ("none", gettext_lazy("not answered yet")),
}
STATES = {  # class of the mark of a revision
    ProtocolState.DRAFT: "draft", ProtocolState.SIGNED: "agreed",
    ProtocolState.PUBLISHED: "approved",
}  # fmt: skip


class Said(NamedTuple):
    """A protocol in words. ``facts``: (key, label, value), in their order; the rest as lists."""

    title: str
    subtitle: str
    facts: list[tuple[str, str, str]]
    agenda: list[str]
    officials: list[dict]
    clocks: list[str]
    doubtful: str
    report: str
    questions: list[dict]
    promises: list[dict]
    remark: str
    stream_url: str
    pictures: list[str]
    counts: str


def say(contents: Mapping, language: str) -> Said:
    """The protocol in kk, ru or en; names that have no English are told in Kazakh."""
    with override(language):
        return _say(contents, language)


def _say(contents: Mapping, language: str) -> Said:
    meeting, words = contents["meeting"], contents["protocol"]
    day = date.fromisoformat(meeting["day"])
    questions = [_question(one, language) for one in contents["questions"]]
    return Said(
        title=_("Protocol of the meeting with the population"),
        subtitle="{}. {}".format(_pick(meeting["host"], "name", language),
                                 say_day(day, language, weekday=False)),
        facts=_facts(contents, language),
        agenda=contents["agenda"],
        officials=_officials(contents["officials"]),
        clocks=_clocks(contents["clocks"]),
        doubtful=_doubtful(contents["clocks"]),
        report=_pick(words, "report", language),
        questions=questions,
        promises=[_promise(one, language) for one in contents.get("promises", [])],
        remark=words["remark"],
        stream_url=words["stream_url"] if is_web(words["stream_url"]) else "",
        pictures=[url for url in words["pictures"] if is_secure(url)],
        counts=_counts(contents["questions"]),
    )  # fmt: skip


def is_secure(url: str) -> bool:
    """Only such addresses of pictures are told: what lies there is what was put there."""
    return url.startswith("https://")


def is_web(url: str) -> bool:
    """Whether an address may become a link at all: never a script."""
    return url.startswith(("https://", "http://"))


def _pick(values: Mapping, name: str, language: str) -> str:
    """The text in the language; in the other one where it was written in one alone."""
    kk, ru = values[f"{name}_kk"], values[f"{name}_ru"]
    return (ru or kk) if language == "ru" else (kk or ru)


def _facts(contents: Mapping, language: str) -> list[tuple[str, str, str]]:
    meeting = contents["meeting"]
    place = [_pick(meeting, name, language) for name in ("place", "address")]
    found = [
        ("when", _("When"), _when(meeting, language)),
        ("host", _("Akim"), _pick(meeting["host"], "name", language)),
        ("targets", _("For whom"),
         "; ".join(_pick(unit, "name", language) for unit in meeting["targets"])),
        ("place", _("Where"), ", ".join(filter(None, place))),
        ("way", _("Way of holding"), _way(meeting)),
        ("topics", _("Topics"), _topics(meeting["topics"])),
        ("chair", _("Chair of the meeting"), _chair(contents, language)),
        ("people", _("How many people came"), _people(contents["people"])),
    ]  # fmt: skip
    return [(key, label, value) for key, label, value in found if value]


def _when(meeting: Mapping, language: str) -> str:
    begins, ends = (meeting[name] and time.fromisoformat(meeting[name])
                    for name in ("starts_at", "ends_at"))  # fmt: skip
    said = say_when(date.fromisoformat(meeting["day"]), begins or None, language)
    return f"{said}–{ends:%H:%M}" if begins and ends else said


def _way(meeting: Mapping) -> str:
    said = [str(Way(meeting["way"]).label)]
    if meeting["is_visiting"]:
        said.append(_("visiting meeting"))
    if meeting["is_outside"]:
        said.append(_("outside the calendar"))
    return ", ".join(said)


def _topics(topics: list[str]) -> str:
    known = dict(Topic.choices)
    return ", ".join(str(known.get(topic, topic)) for topic in topics)


def _chair(contents: Mapping, language: str) -> str:
    return _pick({"chair_kk": contents["chair"], "chair_ru": contents.get("chair_ru", "")},
                 "chair", language)  # fmt: skip


def _people(people: int | None) -> str:
    return "" if people is None else number_format(people, force_grouping=True)


def _officials(officials: list[Mapping]) -> list[dict]:
    kinds = dict(OfficialKind.choices)
    return [
        {"label": str(kinds.get(one["kind"], one["kind"])), "number": one["number"],
         "who": [line for line in one["who"] if line.strip()]}
        for one in officials
    ]  # fmt: skip


def _clocks(clocks: Mapping | None) -> list[str]:
    """Hours, minutes of both clocks, the report's share against the limit: a sentence each."""
    if clocks is None:
        return []
    said = []
    if began := _hour(clocks["began_at"]):
        ended = _hour(clocks["ended_at"])
        said.append(
            _("It began at %(began)s and ended at %(ended)s.") % {"began": began, "ended": ended}
            if ended else _("It began at %(began)s.") % {"began": began}
        )  # fmt: skip
    said.append(_("Report: %(minutes)s min.") % {"minutes": clocks["report_minutes"]})
    said.append(
        _("Questions and answers: %(minutes)s min.") % {"minutes": clocks["questions_minutes"]}
    )
    if clocks["share"] is not None:
        values = {"share": clocks["share"], "limit": clocks["limit_percent"]}
        within = _("The report took %(share)s %% of the time; the limit is %(limit)s %%.")
        over = _("The report took %(share)s %% of the time, more than the limit of %(limit)s %%.")
        said.append((over if values["share"] > values["limit"] else within) % values)
    return said


def _doubtful(clocks: Mapping | None) -> str:
    count = clocks["doubtful"] if clocks else 0
    if not count:
        return ""
    return ngettext(
        "%(n)s note came from a device whose clock ran backwards; it is placed where it was"
        " received.",
        "%(n)s notes came from a device whose clock ran backwards; they are placed where they"
        " were received.",
        count,
    ) % {"n": count}  # fmt: skip


def _hour(moment: str | None) -> str:
    if not moment:
        return ""
    parsed = parse_datetime(moment)
    return f"{timezone.localtime(parsed):%H:%M}" if isinstance(parsed, datetime) else ""


def _question(one: Mapping, language: str) -> dict:
    kind, word = OUTCOMES.get(one["state"], OUTCOMES["waiting"])
    return {
        "number": one["number"], "text": one["text"] or _no_text(one),
        "is_public": bool(one["text"]), "channel": str(CHANNELS.get(one["channel"], "")),
        "state": {"class": kind, "word": str(word)}, "answer": one["answer"],
        "promise": _promise_line(one["who"], one["what"], _day(one["by_day"], language)),
    }  # fmt: skip


def _no_text(one: Mapping) -> str:
    if one["number"]:
        return _("The text is not published.")
    return _("Asked aloud; its words were not written down.")


def _promise_line(who: str, what: str, by_day: str) -> str:
    """«Promised: who, what, by when» as one line of parts; a name takes no ending."""
    parts = [part for part in (who, what) if part]
    if by_day:
        parts.append(_("by %(day)s") % {"day": by_day})
    return "; ".join(parts)


def _promise(one: Mapping, language: str) -> dict:
    return {
        "who": _pick(one, "who", language), "what": _pick(one, "what", language),
        "by_day": _day(one["by_day"], language),
        "money": _("%(sum)s tenge") % {"sum": number_format(int(one["money"]), force_grouping=True)}
        if one["money"] else "",
    }  # fmt: skip


def _day(iso: str | None, language: str) -> str:
    return say_day(date.fromisoformat(iso), language, weekday=False) if iso else ""


def _counts(questions: list[Mapping]) -> str:
    """How many were asked, and what became of them, each figure with what it is of."""
    if not questions:
        return ""
    states = [one["state"] for one in questions]
    return _(
        "Questions: %(all)s. Answered: %(answered)s. Promised: %(promised)s."
        " Taken away: %(taken_away)s. Not answered yet: %(waiting)s."
    ) % {"all": len(states), **{name: states.count(name) for name in OUTCOMES}}


def lines_of(said: Said) -> dict[str, tuple[str, str]]:
    """The whole protocol as lines by key, each with its label: what two versions differ in."""
    found = {key: (label, value) for key, label, value in said.facts}
    found["agenda"] = (_("Agenda"), "; ".join(said.agenda))
    for one in said.officials:
        found[f"officials:{one['label']}"] = (one["label"], _official_line(one))
    found["clocks"] = (_("Time"), " ".join(said.clocks))
    found["report"] = (_("What the report was about"), said.report)
    for place, one in enumerate(said.questions, 1):
        label = _("Question %(number)s") % {"number": one["number"] or place}
        value = ". ".join(filter(None, (one["text"], one["state"]["word"], one["answer"],
                                        one["promise"])))  # fmt: skip
        found[f"question:{one['number'] or place}"] = (label, value)
    for one in said.promises:
        value = "; ".join(filter(None, (one["who"], one["by_day"], one["money"])))
        found[f"promise:{one['what']}"] = (one["what"], value)
    found["remark"] = (pgettext("in a protocol", "Remark"), said.remark)
    found["stream"] = (_("Record of the stream"), said.stream_url)
    found["pictures"] = (_("Pictures"), " ".join(said.pictures))
    return {key: pair for key, pair in found.items() if pair[1]}


def _official_line(one: Mapping) -> str:
    return ", ".join([str(one["number"]), *one["who"]])


def differences(before: Mapping, after: Mapping, language: str) -> list[dict]:
    """What meetings/partials/_diff.html shows of two versions, in the order of the protocol."""
    with override(language):
        was, now = lines_of(_say(before, language)), lines_of(_say(after, language))
        return [
            {"what": (now.get(key) or was[key])[0],
             "was": was[key][1] if key in was else "", "now": now[key][1] if key in now else ""}
            for key in {**was, **now}
            if was.get(key) != now.get(key)
        ]  # fmt: skip
