"""What the rules refuse, each with a sentence that says what to do."""


class RulesError(ValueError):
    """Base of the errors below, for a caller that answers them all alike."""


class NoEdition(RulesError):
    """No edition of the decree covers the day, the year or the name asked for."""


class UnknownUnit(RulesError):
    """A meeting names a unit that is not among the units given. ``key`` is that unit's key."""

    def __init__(self, key: object) -> None:
        super().__init__(f"Unit {key!r} is not among the units given; add it or mend the meeting.")
        self.key = key


class BrokenTerritory(RulesError):
    """The units do not form a territory: a key given twice, or parents that run in a circle."""
