"""The latest changes of a place's meetings as an Atom feed (RFC 4287). Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE = "http://www.w3.org/2005/Atom"


class Item(NamedTuple):
    """One meeting: its lasting id, its page and what is said of it, in plain text."""

    uuid: str
    title: str
    text: str
    page: str
    published_at: datetime
    changed_at: datetime


class Head(NamedTuple):
    """What the feed says of itself; ``number`` is the unit's own, which outlives its code."""

    number: int
    domain: str
    variant: str
    language: str
    title: str
    about: str
    author: str
    page: str
    source: str
    changed_at: datetime


def document(head: Head, items: Iterable[Item]) -> bytes:
    """The XML of the feed; texts hold no control characters (meetings.entries sees to it)."""
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": head.language})
    # A tag URI (RFC 4151): the site may move and the code of the place may change.
    _add(feed, "id", f"tag:{head.domain},2022:units/{head.number}/{head.variant}")
    _add(feed, "title", head.title)
    _add(feed, "subtitle", head.about)
    _add(feed, "updated", _moment(head.changed_at))
    _add(SubElement(feed, "author"), "name", head.author)
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": head.page})
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": head.source})
    for item in items:
        _add_entry(feed, item)
    return tostring(feed, encoding="utf-8", xml_declaration=True)


def _add_entry(feed: Element, item: Item) -> None:
    entry = SubElement(feed, "entry")
    _add(entry, "id", f"urn:uuid:{item.uuid}")
    _add(entry, "title", item.title)
    _add(entry, "published", _moment(item.published_at))
    _add(entry, "updated", _moment(item.changed_at))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.page})
    _add(entry, "content", item.text).set("type", "text")


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = text
    return child


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
