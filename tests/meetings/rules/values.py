"""Small territories and meetings as plain values; keys are names, so that failures read well."""

from datetime import date

from meetings.rules import Level, PlannedMeeting, Unit


def a_unit(key, level, parent=None, **more):
    return Unit(key, Level(level), parent, **more)


def an_oblast(key="oblast", *, districts=("district",), cities=()):
    """An oblast with its districts and cities of oblast significance, each with its twin row."""
    units = [a_unit(key, "oblast")]
    units += [a_unit(name, "district", key) for name in districts]
    for name in cities:
        units += [
            a_unit(name, "oblast_city", key),
            a_unit(f"{name} proper", "city_proper", name, body=name),
        ]
    return units


def a_city(key="Almaty", *, districts):
    """A city of republican significance with its districts."""
    return [
        a_unit(key, "republic_city"),
        *(a_unit(name, "city_district", key) for name in districts),
    ]


def a_meeting(host, targets, day, *, visiting=True, **more):
    """A visiting meeting that is planned; ``targets`` is one key or several, ``day`` is ISO."""
    if not isinstance(targets, tuple):
        targets = (targets,)
    return PlannedMeeting(host, targets, day and date.fromisoformat(day), visiting, **more)


def pairs(duties, norm_id):
    """(host, target) of a norm's duties, each once, in their order."""
    found = ((duty.host, duty.target) for duty in duties if duty.norm.id == norm_id)
    return list(dict.fromkeys(found))


def firsts(duties, norm_id, target=None):
    """The first days of the windows of a norm's duties, as ISO text."""
    return [
        str(duty.window.first)
        for duty in duties
        if duty.norm.id == norm_id and target in (None, duty.target)
    ]
