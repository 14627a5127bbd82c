"""Word files by python-docx: real headings, repeated heads of tables, the language set."""

from datetime import UTC
from io import BytesIO

from docx import Document as new_word
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from meetings.documents.blocks import (
    Block,
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Signatures,
    Table,
    fit,
)

# Every office has it, and it holds the Kazakh letters.
FONT = "Times New Roman"
LANGUAGES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-GB"}
A4 = (Mm(210), Mm(297))


def to_docx(document: Document) -> bytes:
    """The paper as a Word file."""
    word = new_word()
    _set_page(word, document)
    _set_styles(word, document.language)
    _set_properties(word, document)
    title = word.add_paragraph(fit(document.title), style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if document.subtitle:
        word.add_paragraph(fit(document.subtitle)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in document.blocks:
        _add(word, block)
    _set_footer(word, fit(document.footer))
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _add(word: WordDocument, block: Block) -> None:
    match block:
        case Heading(text):
            word.add_heading(fit(text), level=1)
        case Paragraph(text, is_small):
            run = word.add_paragraph().add_run(fit(text))
            if is_small:
                run.font.size = Pt(9)
        case Facts(rows):
            _add_grid(word, [(2, 5)], rows, bold_first=True)
        case Items(items, is_numbered):
            _add_items(word, items, is_numbered)
        case Table():
            _add_table(word, block)
        case Signatures(rows):
            word.add_paragraph()
            signed = [(post, "_" * 20, name) for post, name in rows]
            _add_grid(word, [(3, 2, 2)], signed)


def _add_items(word: WordDocument, items, is_numbered: bool) -> None:
    """Numbers are written out: Word's own would go on from the list before."""
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if is_numbered else "– "
        paragraph = word.add_paragraph(mark + fit(item))
        paragraph.paragraph_format.left_indent = Mm(6)
        paragraph.paragraph_format.first_line_indent = Mm(-6)


def _add_grid(word: WordDocument, weights, rows, *, bold_first: bool = False) -> None:
    """Columns without lines."""
    rows = [[fit(cell) for cell in row] for row in rows]
    grid = word.add_table(rows=len(rows), cols=len(weights[0]))
    _set_widths(word, grid, weights[0])
    for cells, texts in zip(grid.rows, rows, strict=True):
        for at, (cell, text) in enumerate(zip(cells.cells, texts, strict=True)):
            cell.paragraphs[0].add_run(text).bold = bold_first and at == 0
    word.add_paragraph()


def _add_table(word: WordDocument, block: Table) -> None:
    table = word.add_table(rows=1, cols=len(block.columns))
    table.style = "Table Grid"
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        cell.paragraphs[0].add_run(fit(column.title)).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(fit(text)).font.size = Pt(10)
    _set_widths(word, table, [column.weight for column in block.columns])
    word.add_paragraph()


def _set_widths(word: WordDocument, table, weights) -> None:
    page = word.sections[0]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    table.autofit = False
    for column, weight in zip(table.columns, weights, strict=True):
        width = room * weight // sum(weights)
        column.width = width
        for cell in column.cells:
            cell.width = width


def _set_page(word: WordDocument, document: Document) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = A4
    page.left_margin, page.right_margin = Mm(25), Mm(15)
    page.top_margin = page.bottom_margin = Mm(20)
    if document.is_wide:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = A4[1], A4[0]
        page.left_margin = Mm(15)


def _set_styles(word: WordDocument, language: str) -> None:
    for name, size in (("Normal", 12), ("Title", 15), ("Heading 1", 13)):
        style = word.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        if name != "Normal":
            style.font.bold, style.font.color.rgb = True, None
    said = OxmlElement("w:lang")
    said.set(qn("w:val"), LANGUAGES[language])
    word.styles["Normal"].element.get_or_add_rPr().append(said)


def _set_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    properties.title = fit(document.title)[:255]
    properties.author = properties.last_modified_by = "Akimat"
    properties.comments = ""
    properties.language = LANGUAGES[document.language]
    moment = document.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = moment


def _set_footer(word: WordDocument, text: str) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    run = paragraph.add_run(f"{text}  " if text else "")
    run.font.size = Pt(8)
    for code in ("PAGE", " / ", "NUMPAGES"):
        run = paragraph.add_run(code if code == " / " else "")
        run.font.size = Pt(8)
        if code != " / ":
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), code)
            run._r.addnext(field)
