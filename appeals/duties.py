"""What the requests side does once a day (meetings/daily.py): one line a duty."""

from appeals.services import (
    deadlines,
    demand_answers,
    demand_meetings,
    files,
    retention,
)
from meetings.daily import MORNING, every_day

for _rule in retention.RULES:
    if _rule is not retention.LETTERS:  # the meetings' side does it (meetings/duties.py)
        every_day(f"appeals.{_rule.name}", _rule.run)
# Where the table of days off was changed past its service, deadlines still follow it.
every_day("appeals.deadlines", deadlines.recompute)
every_day("appeals.orphan_files", files.sweep)
every_day("appeals.demands_close", demand_answers.close_due, after=MORNING)
every_day("appeals.demands_addresses", demand_meetings.forget_addresses)
