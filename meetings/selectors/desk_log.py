"""The log of one calendar: acts, and the journal's entries of those that changed lines."""

from django.db.models import Q, QuerySet

from meetings.models import Act, Calendar, LineEdit, Meeting, Revision
from meetings.permissions import Act as Right
from meetings.permissions import may_at, reach, within_reach


def acts_of(calendar: Calendar, user) -> QuerySet:
    """What was done to the calendar, its lines and its meetings, the last first.

    A drafter of a part reads what was done to the lines of its akims, and the calendar's steps.
    """
    revisions = Revision.objects.filter(calendar=calendar).values_list("uuid", flat=True)
    subjects = [f"calendar:{calendar.uuid}", *(f"revision:{uuid}" for uuid in revisions)]
    edits = LineEdit.objects.filter(revision__calendar=calendar, act__isnull=False)
    meetings = Meeting.objects.filter(calendar=calendar)
    if reach(user, Right.READ_DRAFT) is not None:
        edits = edits.filter(within_reach(user, Right.READ_DRAFT, "host__unit__path"))
        meetings = meetings.filter(within_reach(user, Right.READ_DRAFT, "host__unit__path"))
    changed = meetings.filter(version__gt=1).values_list("uuid", flat=True)
    subjects += [f"meeting:{uuid}" for uuid in changed]
    return (
        Act.objects.filter(Q(subject__in=subjects) | Q(pk__in=edits.values("act")))
        .select_related("by")
        .order_by("-pk")
    )


def edits_of(acts: list[Act]) -> dict[int, LineEdit]:
    """The journal's entries of those acts, by act; one query."""
    edits = LineEdit.objects.filter(act__in=[act.pk for act in acts])
    return {edit.act_id or 0: edit for edit in edits.select_related("host__unit", "revision")}


def last_edits(calendar: Calendar, edits) -> dict:
    """Of the lines in those entries: the version the line has now, and which change of it can be
    undone next; two queries."""
    uuids = {edit.line_uuid for edit in edits}
    versions, undoable = {}, {}
    journal = LineEdit.objects.filter(revision__calendar=calendar, line_uuid__in=uuids)
    for edit in journal.select_related("revision").order_by("pk"):
        versions[edit.line_uuid] = edit.version
        seen = edit.revision.submitted_at
        if edit.undone_at is None and edit.undoes_id is None and not (seen and edit.at <= seen):
            undoable[edit.line_uuid] = edit.pk
    return {uuid: (versions[uuid], undoable.get(uuid)) for uuid in versions}


def may_undo(user, edit: LineEdit) -> bool:
    return edit.host is not None and may_at(user, Right.EDIT_LINE, edit.host.unit.path)
