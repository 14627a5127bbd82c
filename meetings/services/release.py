"""An approved revision becomes public: its lines are copied to the meetings that people see."""

from datetime import datetime

from meetings.models import Line, Meeting, Revision
from meetings.models.content import CONTENT_FIELDS
from meetings.services import publishing

BATCH = 1000


def release(revision: Revision, *, at: datetime) -> list[Meeting]:
    """Publish the lines as meetings of the same identity, and renew the feeds they are in.

    Runs in the transaction of the approval. A line whose meeting is public already is passed over:
    what changes in it is a matter of corrections.
    """
    calendar = revision.calendar
    lines = list(Line.objects.filter(revision=revision).order_by("day", "starts_at", "pk"))
    public = set(Meeting.objects.filter(calendar=calendar).values_list("uuid", flat=True))
    new = [line for line in lines if line.uuid not in public]
    meetings = Meeting.objects.bulk_create(
        [
            Meeting(
                uuid=line.uuid, calendar=calendar, region_id=calendar.region_id,
                planned_day=line.day, published_at=at, changed_at=at,
                **{name: getattr(line, name) for name in CONTENT_FIELDS},
            )
            for line in new
        ],
        batch_size=BATCH,
    )  # fmt: skip
    _copy_targets(new, meetings)
    publishing.refresh(meetings, at=at)
    return meetings


def _copy_targets(lines: list[Line], meetings: list[Meeting]) -> None:
    meeting_of = {line.pk: meeting.pk for line, meeting in zip(lines, meetings, strict=True)}
    if not lines:
        return
    pairs = Line.targets.through.objects.filter(line__revision=lines[0].revision_id)
    through = Meeting.targets.through
    through.objects.bulk_create(
        [
            through(meeting_id=meeting_of[line], unit_id=unit)
            for line, unit in pairs.order_by("pk").values_list("line_id", "unit_id")
            if line in meeting_of
        ],
        batch_size=BATCH,
    )
