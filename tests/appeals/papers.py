"""Files for tests: photos, documents, and what pretends to be one."""

import io
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject

GPS = 0x8825


def photo(name="JPEG", size=(640, 480), *, exif=True, mode="RGB") -> bytes:
    """A photo that tells who made it and where (51° N)."""
    out, facts = io.BytesIO(), Image.Exif()
    facts[0x010F] = "SecretPhone"
    facts[0x0112] = 6  # held upright: to be turned by a quarter
    facts.get_ifd(GPS).update({1: "N", 2: (51.0, 13.0, 22.0), 3: "E", 4: (51.0, 22.0, 9.0)})
    picture = Image.new(mode, size, "steelblue")
    picture.save(out, name, **({"exif": facts} if exif else {}))
    return out.getvalue()


def script(text: str) -> DictionaryObject:
    return DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(text),
    })  # fmt: skip


def document(pages=1, *, password="", contents: bytes | None = None) -> bytes:
    """A PDF with an author, a file in it and scripts that run by themselves."""
    writer, out = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        page = writer.add_blank_page(200, 200)
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script("app.alert(1)")})
    if contents is not None:
        stream = StreamObject()
        stream._data = contents
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer._root_object[NameObject("/OpenAction")] = script("app.alert(2)")
    writer.add_attachment("evil.exe", b"EVILEVIL" * 50)
    writer.add_metadata({"/Author": "Secret Author"})
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def zeros(megabytes: int) -> bytes:
    """That many megabytes of nothing, packed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _one in range(megabytes)) + packer.flush()


def archive() -> bytes:
    """Fifty megabytes in an archive of fifty kilobytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", bytes(50 << 20))
    return out.getvalue()
