"""A made-up country's questions by the million, written past the ORM's objects for speed."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from appeals import similar
from appeals.enums import HoldReason
from appeals.enums import QuestionState as State
from appeals.models import Question
from benchmarks import bench_similar
from meetings.enums import Topic
from meetings.models import Unit
from meetings.text import fold

BATCH = 2_000
DAYS = 3 * 365
# Of a hundred questions: so many are published, to be read, held back; the rest wait for a code.
PUBLISHED, WAITING, HELD = 90, 4, 4
TOPICS = tuple(Topic.values)


def ask(many: int) -> None:
    """As many questions, spread over three years; a third of them in the first region."""
    columns = [field.column for field in Question._meta.concrete_fields if not field.primary_key]
    rows = _rows(many, columns)
    with transaction.atomic():
        while batch := list(islice(rows, BATCH)):
            _insert(columns, batch)
    with connection.cursor() as cursor:
        # As a table is that was not filled a moment ago: autovacuum has been there.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _insert(columns: list[str], batch: list[tuple]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    table = Question._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values

            execute_values(cursor.cursor, f"INSERT INTO {table} ({names}) VALUES %s", batch)  # noqa: S608
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", batch)  # noqa: S608


def _rows(many: int, columns: list[str]) -> Iterator[tuple]:
    texts = [
        (text.words, fold(text.words), similar.features(text.words), text.language)
        for text in bench_similar.read()
    ]
    places = _places()
    end = timezone.now() - timedelta(hours=1)
    step = timedelta(days=DAYS) / many
    usual = _usual(columns)
    for at in range(many):
        words, folded, features, language = texts[at * 31 % len(texts)]
        unit, region = places[at * 7919 % len(places)]
        asked_at = end - step * (many - at)
        yield tuple(
            _values(usual, columns, at, asked_at, {
                "unit_id": unit, "region_id": region, "text": words, "search": folded,
                "features": features, "language": "kk" if language == "mx" else language,
                "topic": TOPICS[at * 13 % len(TOPICS)],
            })
        )  # fmt: skip


def _places() -> list[tuple[int, int]]:
    """(place, its region); those of the first region seven times over."""
    regions = dict(Unit.objects.filter(parent=None).values_list("path", "pk"))
    first = min(regions)
    found = []
    for pk, path in Unit.objects.exclude(parent=None).order_by("path").values_list("pk", "path"):
        found += [(pk, regions[path[: len(first)]])] * (7 if path.startswith(first) else 1)
    return found


def _usual(columns: list[str]) -> dict[str, Any]:
    blank = Question()
    fields = {field.column: field for field in Question._meta.concrete_fields}
    return {
        name: fields[name].get_db_prep_save(getattr(blank, fields[name].attname), connection)
        for name in columns
    }


def _values(
    usual: dict, columns: list[str], at: int, asked_at: datetime, own: dict
) -> Iterator[Any]:
    moment = connection.ops.adapt_datetimefield_value
    day = connection.ops.adapt_datefield_value
    share = at * 37 % 100
    row = {
        **usual, **own, "uuid": _uuid(at), "created_at": moment(asked_at), "voices": at % 17,
    }  # fmt: skip
    if share < PUBLISHED + WAITING + HELD:
        row |= {
            "number": f"{asked_at:%y}-{at:09}", "asked_at": moment(asked_at),
            "due_on": day((asked_at + timedelta(days=21)).date()), "state": State.WAITING.value,
        }  # fmt: skip
    if share < PUBLISHED:
        row |= {
            "state": State.PUBLISHED.value, "public_text": own["text"],
            "published_at": moment(asked_at + timedelta(hours=9)),
        }  # fmt: skip
        if share < PUBLISHED * 2 // 3:
            row |= {"answer": "Жауап берілді.", "answered_at": moment(asked_at + timedelta(days=9))}
    elif PUBLISHED + WAITING <= share < PUBLISHED + WAITING + HELD:
        row |= {"state": State.HELD.value, "hold_reason": HoldReason.INSULT.value}
        if at % 10 == 0:
            row |= {"objection": "Дұрыс емес.", "objected_at": moment(asked_at)}
    return (row[name] for name in columns)


def _uuid(at: int) -> str:
    made = uuid.UUID(int=at + 1)
    return made.hex if connection.vendor == "sqlite" else str(made)
