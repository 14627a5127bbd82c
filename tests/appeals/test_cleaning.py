"""What is taken of a file that somebody sends, and what is not taken at all."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from appeals import cleaning
from appeals.cleaning import FileRefused, Limits, cleaned
from appeals.cleaning.child import without_exif
from appeals.forms.files import SAID
from tests.appeals.papers import GPS, archive, document, photo, zeros


def test_a_photo_keeps_what_is_seen_and_loses_where_and_by_what_it_was_taken():
    sent = photo()
    assert b"SecretPhone" in sent
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)[2] == (51.0, 13.0, 22.0)

    kept = cleaned(sent)

    picture = Image.open(io.BytesIO(kept.content))
    assert (kept.media_type, kept.extension, kept.size) == ("image/jpeg", "jpg", len(kept.content))
    assert dict(picture.getexif()) == {}
    assert b"SecretPhone" not in kept.content
    assert picture.size == (480, 640)  # turned as the telephone was held


def test_pictures_of_every_kind_come_back_in_their_kind_and_no_larger_than_needed():
    kept = [
        cleaned(photo(name, (3000, 1000), mode=mode))
        for name, mode in (("PNG", "RGBA"), ("WEBP", "RGB"), ("JPEG", "L"))
    ]
    pictures = [Image.open(io.BytesIO(one.content)) for one in kept]

    assert [one.media_type for one in kept] == ["image/png", "image/webp", "image/jpeg"]
    assert [one.mode for one in pictures] == ["RGBA", "RGB", "RGB"]
    assert {max(one.size) for one in pictures} == {Limits().side}


def test_a_document_keeps_its_pages_alone():
    sent = document(pages=2)
    hidden = (b"/JavaScript", b"/OpenAction", b"/AA", b"EVIL", b"Secret Author")
    assert [word for word in hidden if word not in sent] == []

    kept = cleaned(sent)

    read = PdfReader(io.BytesIO(kept.content))
    assert (kept.media_type, kept.extension, len(read.pages)) == ("application/pdf", "pdf", 2)
    assert [word for word in hidden if word in kept.content] == []
    assert (read.attachments, read.metadata or {}) == ({}, {})


def test_a_photo_in_a_document_loses_its_remarks_too():
    sent = photo()

    bare = without_exif(sent)

    assert (b"SecretPhone" in sent, b"SecretPhone" in bare) == (True, False)
    assert Image.open(io.BytesIO(bare)).size == (640, 480)
    assert without_exif(b"\xff\xd8\xff") == b"\xff\xd8\xff"


SMALL = Limits()._replace(unpacked=4 << 20, pixels=100_000, whole_pixels=100_000)
REFUSED = [
    ("empty", b"", Limits()),
    ("large", b"x" * (20 << 20), Limits()),
    ("kind", b"MZ" + bytes(300), Limits()),  # a program that calls itself photo.jpg
    ("kind", b"<html><script>alert(1)</script>", Limits()),
    ("kind", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', Limits()),
    ("kind", b"GIF89a" + bytes(50), Limits()),
    ("kind", b"\xff\xd8\xff<script>alert(1)</script>", Limits()),
    ("kind", archive(), Limits()),
    ("broken", photo(exif=False)[:700], Limits()),
    ("broken", b"%PDF-1.7\nnothing", Limits()),
    ("pixels", photo("PNG", exif=False), SMALL),
    ("pixels", photo(exif=False), SMALL),
    ("locked", document(password="secret"), Limits()),
    ("pages", document(pages=101), Limits()),
    ("heavy", document(contents=zeros(5)), SMALL),
    ("heavy", photo("PNG", (4000, 4000)), Limits()._replace(memory=48 << 20)),
]


@pytest.mark.parametrize(("reason", "content", "limits"), REFUSED)
def test_what_is_not_taken_is_refused_with_its_reason(reason, content, limits):
    with pytest.raises(FileRefused) as refused:
        cleaned(content, limits)

    assert refused.value.reason == reason


def test_every_reason_has_a_sentence_and_the_bound_is_the_one_it_names():
    assert set(SAID) == set(cleaning.REASONS)
    assert Limits().file == 10 << 20


def test_when_too_many_files_are_read_at_once_the_next_is_told_to_come_later(monkeypatch):
    monkeypatch.setattr(cleaning, "_PATIENCE_SECONDS", 0)
    with cleaning._room, cleaning._room, pytest.raises(FileRefused) as refused:
        cleaned(photo())

    assert refused.value.reason == "busy"
