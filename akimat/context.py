"""What every page needs: the language links and who is reading."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from akimat.ways import ways_of

NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


def page(request) -> dict:
    """``language_links``: one dict a language with code, label, url of this same page, current.

    ``ways``: links to the rooms of the site, in the head of the page (akimat/ways.py).
    ``rooms``: which rooms the reader works in: ``desk``, ``requests``, ``accesses``,
    ``receptions``, ``bodies``, ``maslikhat``, ``administration``.
    """
    return {
        "language_links": _language_links(request),
        "site_url": settings.SITE_URL,
        "ways": SimpleLazyObject(lambda: ways_of(request)),
        "rooms": SimpleLazyObject(lambda: _rooms(getattr(request, "user", None))),
    }


def _rooms(user) -> dict:
    from meetings.permissions import RIGHTS, Act, assignments, is_administrator

    roles = {role for role, _path in assignments(user)}
    return {
        "desk": bool(roles & RIGHTS[Act.READ_DRAFT]),
        "requests": bool(roles & RIGHTS[Act.READ_REQUESTS]),
        "accesses": bool(roles & RIGHTS[Act.READ_ACCESSES]),
        "receptions": bool(roles & RIGHTS[Act.RUN_RECEPTION]),
        "bodies": bool(roles & RIGHTS[Act.REPORT_PROMISE]),
        "maslikhat": bool(roles & RIGHTS[Act.READ_SUBMITTED]),
        "administration": is_administrator(user),
    }


def _language_links(request) -> list[dict]:
    here = request.get_full_path()
    now = get_language()
    return [
        {"code": code, "label": NAMES[code], "url": _in_language(request, here, code),
         "current": code == now}
        for code, _name in settings.LANGUAGES
    ]  # fmt: skip


def _in_language(request, here: str, code: str) -> str:
    url = translate_url(here, code)
    prefix = request.path_info.split("/", 2)[1]
    if prefix in NAMES:
        # A page that was not found has no address to translate: its prefix is changed by hand.
        return url if url != here else f"/{code}/" + here.split("/", 2)[2]
    query = request.GET.copy()
    query["lang"] = code
    return f"{request.path}?{urlencode(list(query.items()))}"
