"""The timetable row: the one piece of markup that pages hold by the fifty.

It is written here and not in a template because it decides what a list costs: a row of a template
with fifteen variables takes twelve times as long, and a list has 30,000 bytes in all.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()


@register.simple_tag
def timetable(rows: list[dict]) -> SafeString:
    """The rows as ``<ol class="timetable">``; what a row holds is told by ``meetings.rows``."""
    unknown = escape(gettext("the hour will be announced"))
    entries = "".join(_entry(row, unknown) for row in rows)
    return mark_safe(f'<ol class="timetable">\n{entries}</ol>')  # noqa: S308 - all is escaped below


@register.simple_tag
def timetable_row(row: dict) -> SafeString:
    """One row, for a list that is not made of rows alone."""
    return mark_safe(_entry(row, escape(gettext("the hour will be announced"))))  # noqa: S308


def _entry(row: dict, unknown: str) -> str:
    state = row["state"]
    year = f" {row['year']}" if row.get("year") else ""
    hour = f'<span class="entry-time">{escape(row["time"])}</span>'
    if not row["time"] and not row.get("is_over"):
        hour = f'<span class="entry-time entry-time-unknown">{unknown}</span>'
    return (
        f'<li class="entry entry-{escape(state["class"])}">'
        f'<time datetime="{escape(row["day_iso"])}"><b>{row["day"]}</b> '
        f"{escape(row['month'])}{year}, {escape(row['weekday'])}</time>{hour}"
        f'<div><a href="{escape(row["url"])}">{escape(row["title"])}</a>'
        f"<span>{escape(row['host'])}</span>"
        f"{_small(row.get('chain'))}{_small(_facts(row))}{_note(row.get('note'))}</div>"
        f'<span class="state state-{escape(state["class"])}">{escape(state["word"])}</span></li>\n'
    )


def _facts(row: dict) -> str:
    return " · ".join(filter(None, (row.get("place"), row.get("way"))))


def _small(text: str | None) -> str:
    return f"<small>{escape(text)}</small>" if text else ""


def _note(text: str | None) -> str:
    return f"<em>{escape(text)}</em>" if text else ""
