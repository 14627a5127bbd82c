"""Letters: what may come in, how words are found, put in order and written in Latin letters.

Pure Python without Django, so that importers, forms and feeds share one set of rules.
"""

import re
import unicodedata

# Kazakh letters and their nearest Russian ones, so that «актобе» finds «Ақтөбе»; then letters of
# other Cyrillic alphabets that old fonts left in the classifier in place of Kazakh ones.
_FOLDED = str.maketrans(
    "әіңғүұқөһё" + "ќўїј",
    "аингуукохе" + "кууа",
)
_STRAY = str.maketrans("ЌќЎўЇїЈј", "ҚқҰұҮүӘә")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))

_KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"

# Romanisation of Kazakh by BGN/PCGN (1979) without its diacritics: Ақтөбе is Aqtobe, Қарағанды
# Qaraghandy. Russian letters that Kazakh names keep (щ, э, ё) follow BGN/PCGN (1947).
_ROMAN = {
    **dict(zip("абвгдезийклмнопрстуфһыіэ", "abvgdeziyklmnoprstufhyie", strict=True)),
    **{"ә": "a", "ө": "o", "ү": "u", "ұ": "u", "ң": "ng", "ғ": "gh", "қ": "q", "ё": "yo"},
    **{"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"},
    **{"ъ": "", "ь": "", "«": "“", "»": "”", "№": "No. "},
}

# Letters that take room and show nothing: a name made of them looks empty.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_MARKS_IN_A_ROW = 4
_LONGEST_LINE = 300
_LONGEST_TEXT = 10_000


class BadText(ValueError):
    """Text that is refused at the door.

    ``code`` is "control" (``params``: ``sign``, as "U+0000") or "long" (``params``: ``length``,
    ``limit``): what a form needs for a sentence in the reader's language.
    """

    def __init__(self, code: str, **params):
        self.code = code
        self.params = params
        super().__init__(_REASONS[code] % params)


_REASONS = {
    "control": "The text holds a sign that cannot be shown (%(sign)s).",
    "long": "The text has %(length)d characters; at most %(limit)d are allowed.",
}


def clean(text: str, *, limit: int | None = None, lines: bool = False) -> str:
    """Give text as it may be kept: NFC, no invisible signs, plain spaces, of bounded length.

    Args:
        text: what a person or a file sent.
        limit: characters allowed (300 for a line, 10,000 for a text of several lines).
        lines: whether line breaks are allowed; they come back as "\\n".
    Raises:
        BadText: a control character (in a line also a line break), or too long.

    Direction overrides, zero-width signs and soft hyphens come in by copying and say nothing: they
    are dropped. Control characters have no honest reason to be there: they are refused.
    """
    limit = limit or (_LONGEST_TEXT if lines else _LONGEST_LINE)
    if len(text) > limit * 4:  # so much of it can be neither spaces nor composition
        raise BadText("long", length=len(text), limit=limit)
    text = unicodedata.normalize("NFC", text)
    if lines:
        text = re.sub("\r\n?|[\u2028\u2029]", "\n", text)
    if not (text.isascii() and text.isprintable()):
        text = _visible(text, lines=lines)
    text = _squeezed(text, lines=lines)
    if len(text) > limit:
        raise BadText("long", length=len(text), limit=limit)
    return text


def _visible(text: str, *, lines: bool) -> str:
    kept, marks = [], 0
    for sign in text:
        category = unicodedata.category(sign)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if sign == "\t" or category == "Zs" or sign in _BLANK_LETTERS:
            kept.append(" ")
        elif sign == "\n" and lines:
            kept.append(sign)
        elif category in ("Cc", "Cs", "Zl", "Zp") or marks > _MARKS_IN_A_ROW:
            raise BadText("control", sign=f"U+{ord(sign):04X}")
        elif category != "Cf":
            kept.append(sign)
    # Dropping a sign may bring a letter and its mark together.
    return unicodedata.normalize("NFC", "".join(kept))


def _squeezed(text: str, *, lines: bool) -> str:
    if not lines:
        return " ".join(text.split())
    rows = (re.sub(" +$", "", row) for row in text.split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(rows)).strip("\n ")


def fold(text: str) -> str:
    """Give text as it is searched: Kazakh and Russian spellings of a word meet in one form.

    Fit for a ``search`` column: SQLite folds no Cyrillic itself.
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_FOLDED).translate(_DASHES)
    return " ".join(folded.split())


def mended(text: str) -> str:
    """Put Kazakh letters where an old font left those of another alphabet («Ќоянды»: «Қоянды»)."""
    return text.translate(_STRAY)


def _sort_codes() -> dict[str, str]:
    codes = {" ": "00", "-": "01"}
    codes |= {digit: f"{10 + at}" for at, digit in enumerate("0123456789")}
    codes |= {letter: f"{20 + at}" for at, letter in enumerate(_LATIN)}
    codes |= {letter: f"{50 + at}" for at, letter in enumerate(_KAZAKH)}
    return codes


_SORT_CODES = _sort_codes()
_SORT_LENGTH = 60


def kazakh_sort_key(text: str) -> str:
    """Give a key that puts words in the order of the Kazakh alphabet when compared as text.

    Two decimal digits a letter, for the first 60 letters: such a key is ordered alike by Python,
    SQLite and PostgreSQL under any collation. Quotes and other punctuation do not count.
    """
    lowered = " ".join(unicodedata.normalize("NFC", text).casefold().translate(_DASHES).split())
    codes = [
        _SORT_CODES.get(sign, "99") for sign in lowered if sign in _SORT_CODES or sign.isalpha()
    ]
    return "".join(codes[:_SORT_LENGTH])


def transliterate(text: str) -> str:
    """Write Kazakh or Russian in Latin letters: BGN/PCGN (1979) without diacritics."""
    out = []
    text = mended(unicodedata.normalize("NFC", text))
    for at, sign in enumerate(text):
        lower = sign.lower()
        roman = _ROMAN.get(lower)
        if roman is None:
            out.append(sign)
        elif lower == sign:
            out.append(roman)
        else:
            out.append(_upper(roman, text, at))
    return "".join(out)


def _upper(roman: str, text: str, at: int) -> str:
    """«Шу» is Shu and «АҚШ» AQSH: the second letter is large when a neighbour is."""
    neighbours = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    following = text[at + 1 : at + 2]
    shouted = following.isupper() or (not following.isalpha() and neighbours[:1].isupper())
    return roman.upper() if shouted else roman.capitalize()
