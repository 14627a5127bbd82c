"""Papers: what stands in them stands in Word and PDF alike, and text stays text."""

from io import BytesIO

import pytest
from docx import Document as open_word
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from meetings.documents import (
    Column,
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Signatures,
    Table,
    to_docx,
    to_pdf,
)
from tests.factories import a_moment

LETTERS = "ӘІҢҒҮҰҚӨҺ әіңғүұқөһ ЁЙё №7 «Ақ» – 25 %"
SLY = '#emph[x] $a$ *b* \\ #read("page.typ") <w:p/> =1+1 {{ 7 }} @a `c` //d'


def a_paper(*blocks, **more) -> Document:
    values = {
        "title": "Кездесу хаттамасы", "language": "kk", "made_at": a_moment(2027, 4, 14),
        "blocks": blocks,
    }  # fmt: skip
    return Document(**(values | more))


WHOLE = (
    Heading("Баяндама"),
    Paragraph("бірінші жол\nекінші жол"),
    Paragraph("ескерту", is_small=True),
    Facts([("Орны", "Мәдениет үйі"), ("Күні", "2027 жылғы 14 сәуір")]),
    Items(["жол", "су"]),
    Items(["бір", "екі"], is_numbered=True),
    Table([Column("№"), Column("Сұрақ", 5)], [["1", "Жол қашан жөнделеді?"], ["2", "Су"]]),
    Signatures([("Төраға", "А. Әділов")]),
)


def words_of_word(made: bytes) -> str:
    """Everything that is written, in its order."""
    word = open_word(BytesIO(made))
    return "\n".join(text.text for text in word.element.body.iter() if text.tag.endswith("}t"))


def words_of_pdf(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


@pytest.mark.parametrize(
    ("write", "read"), [(to_docx, words_of_word), (to_pdf, words_of_pdf)], ids=["docx", "pdf"]
)
def test_all_that_is_said_stands_in_the_paper_in_its_order(write, read):
    said = [
        "Кездесу хаттамасы", "Батыс Қазақстан", "Баяндама", "бірінші жол", "екінші жол", "ескерту",
        "Орны", "Мәдениет үйі", "Күні", "14 сәуір", "жол", "су", "бір", "екі", "№", "Сұрақ",
        "Жол қашан жөнделеді?", "Төраға", "А. Әділов",
    ]  # fmt: skip

    text = read(write(a_paper(*WHOLE, subtitle="Батыс Қазақстан облысы")))

    at = -1
    for piece in said:
        at = text.find(piece, at + 1)
        assert at >= 0, piece


@pytest.mark.parametrize(
    ("write", "read"), [(to_docx, words_of_word), (to_pdf, words_of_pdf)], ids=["docx", "pdf"]
)
@pytest.mark.parametrize("text", [LETTERS, SLY])
def test_text_stays_text(write, read, text):
    blocks = (
        Heading(text), Paragraph(text), Facts([(text, text)]), Items([text]),
        Table([Column(text)], [[text]]), Signatures([(text, text)]),
    )  # fmt: skip

    shown = " ".join(read(write(a_paper(*blocks))).split())

    # Each of the places where it was put, however the lines break.
    assert shown.replace(" ", "").count(text.replace(" ", "")) == 9


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_makes_a_paper(text):
    blocks = (Heading(text), Paragraph(text), Table([Column(text)], [[text]]), Items([text]))
    paper = a_paper(*blocks, title=text, footer=text)

    assert to_docx(paper)[:2] == b"PK"
    assert to_pdf(paper)[:5] == b"%PDF-"


@pytest.mark.parametrize("sign", ["😀", "漢", "\U0010ffff", "العربية", "\u0300"])
def test_a_sign_that_no_font_has_spoils_nothing_else(sign):
    text = words_of_pdf(to_pdf(a_paper(Paragraph(f"Жол {sign}"), Paragraph("қашан"))))

    assert "Жол" in text
    assert "қашан" in text


def test_a_pdf_carries_its_fonts_its_language_and_its_title():
    reader = PdfReader(BytesIO(to_pdf(a_paper(*WHOLE))))

    assert reader.metadata.title == "Кездесу хаттамасы"
    assert reader.trailer["/Root"]["/Lang"] == "kk"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        inner = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "/FontFile2" in inner or "/FontFile3" in inner


def test_the_same_paper_gives_the_same_pdf():
    assert to_pdf(a_paper(*WHOLE)) == to_pdf(a_paper(*WHOLE))


def test_the_head_of_a_long_table_is_on_every_page():
    rows = [[str(number), "Жол қашан жөнделеді? " * 8] for number in range(60)]
    paper = a_paper(Table([Column("№"), Column("Қойылған сұрақ", 5)], rows), is_wide=True)

    pages = PdfReader(BytesIO(to_pdf(paper))).pages
    head = open_word(BytesIO(to_docx(paper))).tables[0].rows[0]._tr

    assert len(pages) > 2
    assert all("Қойылған сұрақ" in page.extract_text() for page in pages)
    assert head.xpath("./w:trPr/w:tblHeader")
    assert pages[0].mediabox.width > pages[0].mediabox.height


def test_an_empty_list_and_an_empty_table_are_no_fault():
    paper = a_paper(Items([]), Table([Column("№")], []), Facts([]), Signatures([]), Paragraph(""))

    assert to_docx(paper)
    assert to_pdf(paper)


@pytest.mark.parametrize("write", [to_docx, to_pdf], ids=["docx", "pdf"])
def test_a_paper_made_between_two_seconds_is_made(write):
    a_moment_of_the_clock = a_moment(2027, 4, 14).replace(microsecond=123456)

    assert write(a_paper(*WHOLE, made_at=a_moment_of_the_clock))
