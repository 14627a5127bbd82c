"""Names of people in a text, by what they are made of and by the words beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from appeals.masking_words import (
    AFTER_PLACE,
    BEFORE_PLACE,
    HONORIFIC,
    NOT_NAMES,
    SAYS_NAME,
    SAYS_PERSON,
    is_given,
    is_patronymic,
    is_surname,
)
from meetings.text import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:[\-’'][^\W\d_]+)*\.?|\S")
_MOST_WORDS = 4
_SIGNS = frozenset(":,–—-")
_BETWEEN = frozenset('«".,')


@dataclass(slots=True)
class _Word:
    """A word as a name sees it."""

    start: int
    end: int
    folded: str
    is_capital: bool
    is_initial: bool
    is_given: bool
    is_surname: bool
    is_patronymic: bool

    @property
    def is_part(self) -> bool:
        return self.is_capital and (self.is_given or self.is_surname or self.is_patronymic)


def names(text: str) -> Iterator[tuple[int, int]]:
    """Spans of names: patronymics and full names, initials, names after «меня зовут»."""
    words = [_word(match) for match in _TOKEN.finditer(text)]
    at = 0
    while at < len(words):
        end = _name_from(text, words, at)
        if end > at:
            yield words[at].start, _without_stop(text, words[end - 1])
        at = max(end, at + 1)


def _word(match: re.Match) -> _Word:
    raw = match[0]
    bare = raw.rstrip(".")
    folded = fold(bare)
    initial = len(bare) == 1 and raw != bare and bare.isupper()
    capital = initial or (bare[:1].isupper() and folded not in NOT_NAMES)
    long = len(bare) > 1
    return _Word(
        match.start(), match.end(), folded, capital, initial,
        long and is_given(folded), long and is_surname(folded), long and is_patronymic(folded),
    )  # fmt: skip


def _without_stop(text: str, last: _Word) -> int:
    """A full stop after the name ends the sentence; that of an initial belongs to the name."""
    return last.end if last.is_initial or text[last.end - 1] != "." else last.end - 1


def _name_from(text: str, words: list[_Word], at: int) -> int:
    """The end of the name that begins with this word; the same number when none does."""
    if _is_of_place(words, at):
        return at
    end = _run(text, words, at)
    if end > at and not _leads_to_place(words, end):
        run = words[at:end]
        if _is_name(run) or (_is_said_before(words, at) and _any_is_name(words, at, run)):
            return end
        if end - at == 1 and run[0].is_capital and _is_followed_by_honorific(words, end, run[0]):
            return end
    if words[at].is_patronymic and _ends_lower(words[at].folded):  # typed without capitals
        return at + 1
    return at


def _run(text: str, words: list[_Word], at: int) -> int:
    """The end of the capitalised words and initials that stand together from here."""
    end = at
    while end < len(words) and end - at < _MOST_WORDS:
        word = words[end]
        if not word.is_capital or (end > at and not _touch(text, words[end - 1], word)):
            break
        end += 1
    # Words at the end that no name has («Иванов Иван Ақсайдан») stay outside.
    while end > at + 1 and not (words[end - 1].is_part or words[end - 1].is_initial):
        if _is_said_before(words, at) or any(word.is_initial for word in words[at : end - 1]):
            break
        end -= 1
    return end


def _touch(text: str, before: _Word, word: _Word) -> bool:
    """One space between them, or none after an initial; a full stop ends a name."""
    between = text[before.end : word.start]
    if before.is_initial:
        return between in ("", " ")
    return between == " " and text[before.end - 1] != "."


def _is_name(run: list[_Word]) -> bool:
    initials = sum(word.is_initial for word in run)
    others = [word for word in run if not word.is_initial]
    if initials:
        if len(others) != 1 or len(others[0].folded) < 3:
            return False
        return others[0].is_surname or others[0].is_given or initials == 2
    if any(word.is_patronymic for word in run):
        return True
    given = sum(word.is_given for word in run)
    return len(run) >= 2 and (
        (given >= 1 and any(word.is_surname for word in run)) or (given == len(run) and given >= 2)
    )


def _any_is_name(words: list[_Word], at: int, run: list[_Word]) -> bool:
    """After «меня зовут» any capitalised word is a name; after «сосед» one that looks like one."""
    if _says(words, at) in SAYS_NAME:
        return True
    return any(word.is_given or word.is_surname for word in run)


def _is_said_before(words: list[_Word], at: int) -> bool:
    return _says(words, at) in SAYS_NAME | SAYS_PERSON


def _says(words: list[_Word], at: int) -> str:
    """The word before, over a colon or a dash."""
    before = at - 1
    if before >= 0 and words[before].folded in _SIGNS:
        before -= 1
    return words[before].folded if before >= 0 else ""


def _is_followed_by_honorific(words: list[_Word], end: int, word: _Word) -> bool:
    looks = word.is_given or word.is_surname
    return looks and end < len(words) and words[end].folded in HONORIFIC


def _is_of_place(words: list[_Word], at: int) -> bool:
    # «имени М. Маметовой»: an initial or a quote may stand between, three signs at most.
    for before in range(at - 1, max(at - 5, -1), -1):
        word = words[before]
        if not word.is_initial and word.folded not in _BETWEEN:
            return word.folded in BEFORE_PLACE
    return False


def _leads_to_place(words: list[_Word], end: int) -> bool:
    return end < len(words) and words[end].folded.startswith(AFTER_PLACE)


def _ends_lower(folded: str) -> bool:
    """Patronymics that no common word ends like."""
    return any(part in folded[3:] for part in ("ович", "евич", "овна", "евна", "кызы", "улы"))
