"""Several lists on one page, each with a page number of its own in the address."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

LONGEST_NUMBER = 5


def page_of(request, things: Sequence | QuerySet, *, size: int, param: str = "page") -> Page:
    """The page that was asked for; a number that is none, or too large, gives the nearest one."""
    number = request.GET.get(param, "1")
    number = int(number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else 1
    return Paginator(things, size).get_page(number)


def pager(request, page: Page, *, param: str, anchor: str) -> dict | None:
    """What meetings/maslikhat/_pager.html shows; None when there is one page only."""
    if not page.has_other_pages():
        return None

    def address(number: int) -> str:
        query = request.GET.copy()
        query[param] = number
        return f"?{query.urlencode()}#{anchor}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
