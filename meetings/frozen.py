"""What the database itself refuses: to touch an approved revision, or to rewrite a record.

Triggers, in the dialect of each database. They are put up after every ``migrate`` and not by a
migration: SQLite rebuilds a table to alter it, which drops its triggers without a word, and
refuses to while a trigger of another table reads it. Raise ``EDITION`` when a rule changes.
"""

from django.db import connections

EDITION = 4
PREFIX = "frozen"
REFUSAL = "is frozen: an approved revision never changes"
PROTOCOL_REFUSAL = "is frozen: a protocol that was signed off never changes"
RECORD_REFUSAL = "is a record: it is never changed or deleted"

# Rows of an approved revision: nothing is added, changed or taken away. Each: the table, and the
# revision of its row as SQL over {row}, which stands for NEW or OLD.
OF_REVISION = {
    "meetings_line": "{row}.revision_id",
    "meetings_line_targets": "(SELECT revision_id FROM meetings_line WHERE id = {row}.line_id)",
    "meetings_explanation": "{row}.revision_id",
    "meetings_remark": "{row}.revision_id",
    "meetings_endorsement": "{row}.revision_id",
}
# Records: written once. Those of other rooms may be migrated later than ours.
OF_OTHER_ROOMS = ("appeals_personalread",)
RECORDS = (
    "meetings_move", "meetings_submission", "meetings_act", "meetings_daymark", *OF_OTHER_ROOMS,
)  # fmt: skip
# What is refused of a protocol that was signed off: to lose it, or to change what it says. Who
# published it is written later, once.
_SIGNED = (
    "canonical", "sha256", "number", "meeting_id", "uuid", "reason", "report_kk", "report_ru",
    "remark", "stream_url", "pictures", "signed_by_id", "signed_at", "written_by_id",
)  # fmt: skip
OF_PROTOCOL = {
    "UPDATE": "OLD.state <> 'draft' AND (NEW.state = 'draft'"
    " OR (OLD.state = 'published' AND NEW.state <> 'published') OR "
    + " OR ".join(f"NEW.{name} <> OLD.{name}" for name in _SIGNED)
    + ")",
    "DELETE": "OLD.state <> 'draft'",
}
TABLES = (*OF_REVISION, "meetings_revision", "meetings_protocol", *RECORDS)


def put_up(using: str = "default") -> None:
    """Create the triggers that are missing; does nothing when they all stand."""
    connection = connections[using]
    if connection.vendor not in MAKERS:
        return
    with connection.cursor() as cursor:
        absent = set(TABLES) - set(connection.introspection.table_names(cursor))
        if not absent <= set(OF_OTHER_ROOMS):
            return
        missing = tuple(_name(table, "") for table in absent)
        made = MAKERS[connection.vendor]()
        wanted = {name: made[name] for name in made if not name.startswith(missing)}
        if standing(cursor) != set(wanted):
            _drop_all(cursor)
            for statement in wanted.values():
                cursor.execute(statement)


def take_down(using: str = "default") -> None:
    """Drop them: before SQLite rebuilds tables, or empties them all between tests."""
    if connections[using].vendor in MAKERS:
        with connections[using].cursor() as cursor:
            _drop_all(cursor)


def standing(cursor) -> set[str]:
    """Names of the triggers that are there."""
    if cursor.db.vendor == "sqlite":
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
            [f"{PREFIX}%"],
        )
    else:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s",
            [f"{PREFIX}%"],
        )
    return {name for (name,) in cursor.fetchall()}


def _drop_all(cursor) -> None:
    # On PostgreSQL each trigger has a function of its name, and goes with it.
    drop = "DROP TRIGGER {}" if cursor.db.vendor == "sqlite" else "DROP FUNCTION {}() CASCADE"
    for name in standing(cursor):
        cursor.execute(drop.format(name))


def _name(table: str, event: str) -> str:
    return f"{PREFIX}{EDITION}_{table.removeprefix('meetings_')}_{event.lower()}"


def _rows(event: str) -> tuple[str, ...]:
    return {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[event]


def _for_sqlite() -> dict[str, str]:
    made = {}

    def trigger(table, event, condition, refusal):
        name = _name(table, event)
        made[name] = (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{table} {refusal}'); END"
        )

    for table, revision in OF_REVISION.items():
        for event in ("INSERT", "UPDATE", "DELETE"):
            revisions = ", ".join(revision.format(row=row) for row in _rows(event))
            trigger(table, event, _APPROVED.format(revisions=revisions), REFUSAL)
    for event in ("UPDATE", "DELETE"):
        trigger("meetings_revision", event, "OLD.state = 'approved'", REFUSAL)
        trigger("meetings_protocol", event, OF_PROTOCOL[event], PROTOCOL_REFUSAL)
        for table in RECORDS:
            trigger(table, event, "1", RECORD_REFUSAL)
    return made


_APPROVED = (
    "EXISTS (SELECT 1 FROM meetings_revision"
    " WHERE state = 'approved' AND id IN ({revisions}))"
)  # fmt: skip


def _for_postgresql() -> dict[str, str]:
    """A function for each kind of row; ``FOR KEY SHARE`` makes a late writer wait for the approval
    that is on its way, and then see that it was made."""
    made = {}
    for table, revision in OF_REVISION.items():
        for event in ("INSERT", "UPDATE", "DELETE"):
            name = _name(table, event)
            revisions = ", ".join(revision.format(row=row) for row in _rows(event))
            made[name] = _postgresql_trigger(
                name, table, event,
                f"PERFORM 1 FROM meetings_revision WHERE id IN ({revisions}) FOR KEY SHARE;"
                f" refused := {_APPROVED.format(revisions=revisions)};",
                REFUSAL,
            )  # fmt: skip
    for event in ("UPDATE", "DELETE"):
        name = _name("meetings_revision", event)
        made[name] = _postgresql_trigger(
            name, "meetings_revision", event, "refused := OLD.state = 'approved';", REFUSAL
        )
        name = _name("meetings_protocol", event)
        made[name] = _postgresql_trigger(
            name, "meetings_protocol", event, f"refused := {OF_PROTOCOL[event]};",
            PROTOCOL_REFUSAL,
        )  # fmt: skip
        for table in RECORDS:
            name = _name(table, event)
            made[name] = _postgresql_trigger(name, table, event, "refused := true;", RECORD_REFUSAL)
    return made


def _postgresql_trigger(name: str, table: str, event: str, decide: str, refusal: str) -> str:
    back = "OLD" if event == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $frozen$"
        f" DECLARE refused boolean; BEGIN {decide}"
        f" IF refused THEN RAISE EXCEPTION '{table} {refusal}' USING ERRCODE = '23001';"
        f" END IF; RETURN {back}; END $frozen$;"
        f" CREATE TRIGGER {name} BEFORE {event} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


MAKERS = {"sqlite": _for_sqlite, "postgresql": _for_postgresql}
