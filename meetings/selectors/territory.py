"""The territory as it stands, for comparison with a file of the classifier."""

import hashlib

from meetings.kato.difference import Difference, Present, difference
from meetings.kato.types import Classifier
from meetings.models import Unit

_COLUMNS = (
    "pk", "kato", "kind", "parent_id", "body_id", "source_kk", "source_ru", "name_kk", "name_ru",
    "is_own",
)  # fmt: skip


def living_units() -> list[Present]:
    """Every unit that has not been retired; one query."""
    rows = Unit.objects.filter(valid_to=None).order_by("pk").values_list(*_COLUMNS)
    return [Present(*row) for row in rows.iterator(chunk_size=5000)]


def fingerprint(units: list[Present]) -> str:
    """Give what changes whenever the territory does: a difference shown is of one territory."""
    whole = hashlib.sha256()
    for unit in units:
        whole.update(repr(tuple(unit)).encode())
    return whole.hexdigest()


def difference_with(classifier: Classifier) -> tuple[Difference, str]:
    """Compare a file with the territory; give the difference and the territory's fingerprint."""
    units = living_units()
    return difference(units, classifier), fingerprint(units)


def is_first_import() -> bool:
    """Say whether no file of the classifier was ever imported: only it leaves dates open."""
    return not Unit.objects.exclude(source_kk="", source_ru="").exists()
