"""Pages of long lists: bounded numbers, and a sentence for those that are not there."""

from django.core.paginator import EmptyPage, Page, Paginator
from django.utils.translation import gettext as _

MOST_DIGITS = 5


class NoSuchPage(Exception):
    """``message`` is a sentence for the visitor; ``status`` 400 or 404."""

    def __init__(self, message: str, status: int):
        super().__init__(message)
        self.message = message
        self.status = status


def page_of(count: int, asked: str, size: int = 50) -> Page:
    """The page of a list of ``count`` things that ``?page=`` asks for; it slices nothing itself.

    ``page.start_index() - 1`` is where its slice begins.
    """
    number = _number(asked)
    paginator = Paginator(range(count), size)
    try:
        return paginator.page(number)
    except EmptyPage:
        raise NoSuchPage(
            _("This list has no page %(number)d; its last page is %(last)d.")
            % {"number": number, "last": paginator.num_pages},
            404,
        ) from None


def _number(asked: str) -> int:
    if not asked:
        return 1
    if asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS and int(asked) > 0:
        return int(asked)
    raise NoSuchPage(
        _("“%(asked)s” is not the number of a page. Give a whole number from 1 on.")
        % {"asked": asked[:20]},
        400,
    )
