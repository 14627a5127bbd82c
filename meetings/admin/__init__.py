"""The administrators' site, one file a noun; Django finds everything registered from here."""

from meetings.admin import acts, calendars, daysoff, offices, people, units

__all__ = ["acts", "calendars", "daysoff", "offices", "people", "units"]
