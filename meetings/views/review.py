"""A calendar as its maslikhat sees it: what changed, what is missing, when, what was said."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Count
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from meetings.changewords import say_changes
from meetings.coverage import coverage_rows, say_coverage
from meetings.dates import say_day
from meetings.deskrows import say_figures, say_findings, say_lines
from meetings.differences import differences
from meetings.enums import ProcedureChoice, Stance, State, Step
from meetings.forms.decisions import RemarkForm, WordForm
from meetings.models import Calendar, Line, Revision, Unit
from meetings.permissions import Act, may
from meetings.rules import Finding
from meetings.selectors.daysoff import days_off
from meetings.selectors.desk_findings import explanations_of, law_figures, missing_first
from meetings.selectors.desk_lines import LineRow, rows_of
from meetings.selectors.duties import edition_for, findings_of_revision
from meetings.selectors.maslikhat import (
    calendars_for,
    contents_before,
    contents_given,
    remarks_on,
    words_said,
)
from meetings.services.approval import procedure_of, steps_for
from meetings.stepwords import say_history, say_procedure, say_steps
from meetings.views.desk_page import countdown
from meetings.views.paging import page_of, pager

FINDINGS_SHOWN = 15
LINES_SHOWN = 40
PLACES_SHOWN = 40
CHANGES_SHOWN = 20


def open_review(request, uuid) -> "Review":
    """The calendar as it was given to the maslikhat of the person, or 404."""
    calendar = calendars_for(request.user).filter(uuid=uuid).first()
    if calendar is None or not calendar.given:
        raise Http404
    revision = calendar.given[0]
    revision.calendar = calendar
    return Review(request, calendar, revision)


@dataclass
class Review:
    """One calendar before one deputy, in one request."""

    request: HttpRequest
    calendar: Calendar
    revision: Revision
    remark_form: RemarkForm | None = None
    word_form: WordForm | None = None
    extra: dict = field(default_factory=dict)

    @property
    def user(self):
        return self.request.user

    @property
    def is_open(self) -> bool:
        """Whether words are still taken: it lies before the maslikhat."""
        return self.revision.state == State.WITH_MASLIKHAT

    @cached_property
    def language(self) -> str:
        return get_language() or "kk"

    @cached_property
    def day(self) -> date:
        return timezone.localdate()

    @cached_property
    def findings(self) -> list[Finding]:
        return findings_of_revision(self.revision)

    def url(self, name: str, *args) -> str:
        return reverse(name, args=[self.calendar.uuid, *args])

    def context(self) -> dict:
        """Everything meetings/maslikhat/calendar.html shows."""
        return {
            **self.head(),
            "review": self,
            "procedure": say_procedure(
                ProcedureChoice(self.calendar.procedure), edition_for(self.calendar), self.language
            ),
            "changes": self.changes(),
            "unmet": self.unmet(),
            "coverage": self.coverage(),
            "lines": self.lines(),
            "remarks": remarks_on(self.revision),
            "remark_form": self._whole_form(),
            "words": self.words(),
            "word_form": self.word_form or self._empty_word(),
            **self.extra,
        }

    def head(self) -> dict:
        """The bar, the answer and the steps: what every page of the calendar begins with."""
        moves = list(self.revision.moves.select_related("by"))
        state = State(self.revision.state)
        return {
            "calendar": self.calendar,
            "revision": self.revision,
            "bar": self._bar(state),
            "answer": self._answer(),
            "steps": say_steps(moves, state, procedure_of(self.revision), self.language),
            "history": say_history(moves, self.language),
            "decisions": self._decisions(),
            "crumbs": [
                {"label": _("Maslikhat"), "url": reverse("maslikhat")},
                {"label": f"{self.calendar.region.name}, {self.calendar.year}", "url": ""},
            ],
        }

    def asked(self) -> dict:
        """The head of a page that asks for one step: no other button competes with it."""
        head = self.head()
        return head | {"bar": head["bar"] | {"action": None}}

    def _bar(self, state: State) -> dict:
        year = self.calendar.year
        return {
            "title": f"{self.calendar.region.name}, {year}",
            "url": self.url("maslikhat_calendar"),
            "state": {"class": state.value, "word": state.label},
            "days": countdown(year, state, self.day, is_late=self.revision.is_late),
            "action": self._action(),
            "hint": "",
        }

    def _action(self) -> dict | None:
        if not self.is_open:
            return None
        if self._decisions():
            return {"label": _("Decide"), "url": self.url("maslikhat_calendar") + "#decide"}
        if may(self.user, Act.ENDORSE, self.calendar.region):
            return {"label": _("Say your word"), "url": self.url("maslikhat_calendar") + "#word"}
        return None

    def _decisions(self) -> list[dict]:
        """The steps that the person may take now, the weightier first."""
        labels = {
            Step.AGREE: _("Agree by a decision"), Step.RETURN: _("Return with remarks"),
        }  # fmt: skip
        taken = steps_for(self.revision, self.user)
        return [
            {"label": label, "url": self.url("maslikhat_decide", step.value), "step": step.value}
            for step, label in labels.items()
            if step in taken
        ]

    def _answer(self) -> str:
        count = self.revision.lines.count()
        law = law_figures(self.findings)
        meetings = ngettext(
            "There is %(n)s meeting in the calendar.",
            "There are %(n)s meetings in the calendar.",
            count,
        ) % {"n": count}
        if not law.missing:
            return f"{meetings} {_('Everything that the decree asks for is planned.')}"
        missing = ngettext(
            "%(n)s meeting that the decree asks for is missing.",
            "%(n)s meetings that the decree asks for are missing.",
            law.missing,
        )
        return f"{meetings} {missing % {'n': law.missing}}"

    def changes(self) -> dict:
        """What is different from the last time the maslikhat had it, or from what was approved."""
        before, after = contents_before(self.revision), contents_given(self.revision)
        if before is None or after is None:
            return {"first": True, "count": 0}
        found = differences(before, after)
        page = page_of(self.request, found, size=CHANGES_SHOWN, param="changes")
        shown = list(page.object_list)
        return {
            "first": False,
            "count": len(found),
            "rows": say_changes(shown, self._names(shown, before, after), self.language),
            "pager": pager(self.request, page, param="changes", anchor="changes"),
        }

    def _names(self, changes, *states: dict) -> dict[str, str]:
        """Names of units by code: of today, and where the unit is gone, of that day."""
        field_name = "name_ru" if self.language == "ru" else "name_kk"
        names = {
            kato: unit[field_name] for state in states for kato, unit in state["units"].items()
        }
        codes = {
            code
            for change in changes
            for line in (change.before, change.after)
            if line
            for code in (line["host"], *line["targets"])
        }
        living = Unit.objects.filter(kato__in=codes, valid_to=None)
        return names | {unit.kato: unit.name_in(self.language) for unit in living}

    def unmet(self) -> dict:
        """Duties that are not met, the law's first, each with its explanation."""
        unmet = [one for one in missing_first(self.findings) if not one.met]
        page = page_of(self.request, unmet, size=FINDINGS_SHOWN, param="findings")
        shown = list(page.object_list)
        keys = {key for one in shown for key in (one.host, one.target)}
        units = list(Unit.objects.filter(pk__in=keys))
        return {
            "count": len(unmet),
            "figures": say_figures(
                law_figures(self.findings), held=self.day.year >= self.calendar.year
            ),
            "rows": say_findings(
                shown, self.language,
                names={unit.pk: unit.name_in(self.language) for unit in units},
                codes={unit.pk: unit.kato for unit in units},
                explained=explanations_of(self.revision),
            ),
            "pager": pager(self.request, page, param="findings", anchor="findings"),
        }  # fmt: skip

    def coverage(self) -> dict:
        """The map of one norm; the first one that lacks something when none is asked for."""
        norms: dict[str, list[Finding]] = {}
        for one in self.findings:
            norms.setdefault(one.norm.id, []).append(one)
        lacking = [norm for norm, group in norms.items() if any(not one.met for one in group)]
        asked = self.request.GET.get("norm", "")
        norm = asked if asked in norms else next(iter([*sorted(lacking), *sorted(norms)]), "")
        windows, rows = coverage_rows(self.findings, norm)
        page = page_of(self.request, rows, size=PLACES_SHOWN, param="places")
        shown = list(page.object_list)
        units = Unit.objects.filter(pk__in={row.target for row in shown}).select_related("parent")
        names = {unit.pk: self._label(unit) for unit in units}
        return {
            "norms": [self._norm(one, norms[one], one == norm) for one in sorted(norms)],
            "grid": say_coverage(
                windows, shown, names, self.language, caption=_("Places and periods")
            ),
            "pager": pager(self.request, page, param="places", anchor="coverage"),
        }  # fmt: skip

    def _norm(self, norm: str, group: list[Finding], current: bool) -> dict:
        met = sum(one.met for one in group)
        return {
            "id": norm,
            "url": f"?norm={norm}#coverage",
            "current": current,
            "words": _("%(met)s of %(all)s") % {"met": met, "all": len(group)},
        }

    def _label(self, unit: Unit) -> str:
        name = unit.name_in(self.language)
        if unit.parent is None or unit.parent_id == self.calendar.region_id:
            return name
        return f"{name}, {unit.parent.name_in(self.language)}"

    def lines(self) -> dict:
        """The meetings by day, each with the remarks made on it."""
        lines = Line.objects.filter(revision=self.revision).select_related("host__unit")
        page = page_of(self.request, lines.order_by("day", "starts_at", "pk"), size=LINES_SHOWN)
        year = self.calendar.year
        off = days_off(date(year, 1, 1), date(year, 12, 31))
        rows = rows_of(list(page.object_list), self.user, off=off)
        said = say_lines(rows, self.language, lambda _uuid: "")
        remarks: dict[str, list] = {}
        for one in remarks_on(self.revision, [row.uuid for row in rows]):
            remarks.setdefault(str(one.line_uuid), []).append(one)
        bound = self.remark_form
        for row, line in zip(said, rows, strict=True):
            row["warnings"] = _say_day_off(line)
            row["said"] = remarks.get(row["key"], [])
            row["open"] = bound is not None and bound.data.get("line") == row["key"]
            row["form"] = bound if row["open"] else RemarkForm(
                initial={"line": row["key"]}, auto_id=f"id_{row['key']}_%s"
            )  # fmt: skip
        return {
            "rows": said,
            "page": page,
            "pager": pager(self.request, page, param="page", anchor="lines"),
        }

    def words(self) -> dict:
        """Who endorses and who objects; the last word of each."""
        said = words_said(self.revision)
        counts = {stance: sum(one.stance == stance for one in said) for stance in Stance}
        return {
            "rows": [
                {"by": one.by.name, "stance": one.get_stance_display(), "text": one.text,
                 "class": "met" if one.stance == Stance.ENDORSES else "advice",
                 "when": say_day(timezone.localdate(one.at), self.language, weekday=False)}
                for one in said
            ],
            "endorses": counts[Stance.ENDORSES],
            "objects": counts[Stance.OBJECTS],
            "mine": next((one for one in said if one.by == self.user), None),
        }  # fmt: skip

    def _whole_form(self) -> RemarkForm:
        """The form for a remark on the whole calendar; what was typed there is kept."""
        if self.remark_form is not None and not self.remark_form.data.get("line"):
            return self.remark_form
        return RemarkForm(auto_id="id_whole_%s")

    def _empty_word(self) -> WordForm:
        return WordForm(initial={"version": self.revision.version})


def _say_day_off(line: LineRow) -> list[str]:
    """For a reader, not for a drafter: the day off and the reason given for it."""
    if line.day_off is None:
        return []
    said = _("Day off: %(name)s.") % {"name": line.day_off.name}
    return [f"{said} {line.day_off_reason}" if line.day_off_reason else said]


def given_count(calendars) -> dict[int, int]:
    """How many meetings the shown revision of each calendar has; one query."""
    revisions = [calendar.given[0].pk for calendar in calendars]
    rows = Line.objects.filter(revision__in=revisions).values("revision__calendar_id")
    return dict(
        rows.annotate(count=Count("pk")).values_list("revision__calendar_id", "count").order_by()
    )
