"""Papers of the office: one description in blocks, written as Word and as PDF.

A room that makes a paper (a protocol, a journal) says what stands in it, in blocks.py's words;
docx.py and pdf.py know how it looks.
"""

from meetings.documents.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Items,
    Paragraph,
    Signatures,
    Table,
)
from meetings.documents.docx import to_docx
from meetings.documents.pdf import to_pdf

__all__ = [
    "Block",
    "Column",
    "Document",
    "Facts",
    "Heading",
    "Items",
    "Paragraph",
    "Signatures",
    "Table",
    "to_docx",
    "to_pdf",
]
