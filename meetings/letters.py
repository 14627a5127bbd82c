"""The words of letters: a template a kind, rendered in the language of its reader.

``templates/letters/<kind>.txt``: the subject on the first line, then the letter. Plain text, so
nothing is escaped; what people typed can make no header, since a subject is one line.
"""

from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.template import Context, Engine
from django.urls import reverse
from django.utils import translation

SALT = "akimat.letters.stop"


def render(kind: str, language: str, context: Mapping, *, mark: str = "") -> tuple[str, str, str]:
    """Subject, body and the address that stops such letters (empty unless ``mark`` is given)."""
    with translation.override(language):
        stop_url = settings.SITE_URL + stop_path(mark) if mark else ""
        values = dict(context) | {"site_url": settings.SITE_URL, "stop_url": stop_url}
        text = _template(kind).render(Context(values, autoescape=False))
        foot = _template("_foot").render(Context(values, autoescape=False))
    subject, _newline, body = text.strip().partition("\n")
    return " ".join(subject.split()), f"{body.strip()}\n\n-- \n{foot.strip()}\n", stop_url


def stop_path(mark: str) -> str:
    """The page that stops notices to the address of this mark, in the language in use."""
    return reverse("stop_letters", args=[signing.dumps(mark, salt=SALT, compress=True)])


def read_stop(token: str) -> str | None:
    """The mark in the address of such a page, or None when it was made up."""
    try:
        return signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None


def _template(kind: str):
    return Engine.get_default().get_template(f"letters/{kind}.txt")
