"""What a row of the classifier is, told by its code and the marker in its Russian name.

Source: the structure of the classifier (НК РК 11); the order of the questions is that of domain.md,
section 2. The markers stand at the start or at the end; their dots and spaces are not to rely on.
"""

import re

from meetings.kato.types import Kind

CITIES = frozenset({"71", "75", "79"})  # Astana (the capital), Almaty, Shymkent

_OF_CITY = re.compile(r"(?:^г\. ?а\b\.?|\bг\. ?а\.?$)", re.IGNORECASE)
_MARKERS = (
    (re.compile(r"(?:^с\. ?о\b\.?|\bс\. ?о ?\.?$)"), Kind.OKRUG),
    (re.compile(r"(?:^с\. ?а\b\.?|\bс\. ?а ?\.?$)"), Kind.VILLAGE_ADMIN),
    (re.compile(r"(?:^п\. ?а\b\.?|\bп\. ?а ?\.?$)"), Kind.SETTLEMENT_ADMIN),
)
_REGISTERED = re.compile(r"[1-9]00|[1-9]80|[1-9]90")
_CITY_NAME = re.compile(r"^г\.")
_SETTLEMENT_NAME = re.compile(r"^п\.")


class Unclear(ValueError):
    """No rule tells what the row is; the argument is the reason's code."""


def kind_of(code: str, name: str) -> Kind:
    """Tell a row's kind.

    Args:
        code: nine digits, ``ab cd ef hij``.
        name: the Russian name, cleaned.
    Raises:
        Unclear: "marker" (no с.о., с.а. or п.а.) or "code" (the code's third pair is not in use).
    """
    region, second, third, last = code[:2], code[2:4], code[4:6], code[6:]
    if second == third == "00" and last == "000":
        return Kind.REPUBLIC_CITY if region in CITIES else Kind.OBLAST
    if region in CITIES and last == "000":
        return Kind.CITY_DISTRICT
    if third == "00" and last == "000":
        of_city = "10" <= second <= "28" and _OF_CITY.search(name)
        return Kind.OBLAST_CITY if of_city else Kind.DISTRICT
    if last == "000":
        return _third_level(third, name)
    return _locality(third, last, name)


def _third_level(third: str, name: str) -> Kind:
    if third == "10":
        return Kind.CITY_PROPER
    if "11" <= third <= "19":
        return Kind.CITY_DISTRICT_ADMIN
    if "20" <= third <= "29":
        return Kind.DISTRICT_CITY_ADMIN
    if not "30" <= third <= "89":
        raise Unclear("code")
    for marker, kind in _MARKERS:
        if marker.search(name):
            return kind
    raise Unclear("marker")


def _locality(third: str, last: str, name: str) -> Kind:
    if "11" <= third <= "19":
        return Kind.CITY_DISTRICT
    if _CITY_NAME.match(name):
        return Kind.DISTRICT_CITY
    if _REGISTERED.fullmatch(last):
        return Kind.SETTLEMENT if _SETTLEMENT_NAME.match(name) else Kind.VILLAGE
    return Kind.PLACE


def parent_of(code: str, known) -> str:
    """Give the code of the row above ("" above a region).

    Args:
        code: nine digits.
        known: the codes of the file; a locality hangs on its okrug's row when there is one.
    """
    region, last = code[:2], code[6:]
    if code[2:] == "0000000":
        return ""
    if code[4:] == "00000" or (region in CITIES and last == "000"):
        return region + "0000000"
    if last == "000":
        return code[:4] + "00000"
    if not _REGISTERED.fullmatch(last):
        return code[:7] + "00"
    above = code[:6] + "000"
    return above if above in known else code[:4] + "00000"
