"""The child process that opens somebody else's photo or document.

Run by file name with the limits as JSON in the first argument and the file on standard input;
writes one line of JSON, ``{"media_type", "extension"}`` or ``{"refused": reason}``, and after the
line the file as it may be kept. It imports nothing of ours.
"""

import contextlib
import io
import json
import resource
import sys
import zlib

_ADDRESSES = 2 << 30  # bytes: libraries map much that they never touch
# Each kind: what Pillow or pypdf calls it, and how our own files of it end.
KINDS = {
    "image/jpeg": ("JPEG", "jpg"),
    "image/png": ("PNG", "png"),
    "image/webp": ("WEBP", "webp"),
    "application/pdf": ("", "pdf"),
}
# Keys of PDF that run, reach out, carry something along or tell of the writer (ISO 32000-2).
_UNWANTED = frozenset({
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/AF", "/RichMediaContent",
    "/RichMediaSettings", "/XFA", "/Metadata", "/PieceInfo", "/LastModified", "/Perms", "/Next",
})  # fmt: skip
_UNWANTED_NOTES = frozenset({
    "/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Sound", "/Screen",
})  # fmt: skip
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
_DEEPEST = 60


class Refused(Exception):
    """The file is not taken; the first argument is the reason's code."""


def main() -> None:
    """Read the file of standard input within the limits of the first argument."""
    limits = json.loads(sys.argv[1])
    _tie_down(limits)
    body = b""
    try:
        media_type, body = clean(sys.stdin.buffer.read(), limits)
        said = {"media_type": media_type, "extension": KINDS[media_type][1]}
    except Refused as refusal:
        said = {"refused": refusal.args[0]}
    except MemoryError:
        said = {"refused": "heavy"}
    except Exception:  # whatever a broken file does to its reader, it is a broken file
        said = {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + body)


def _tie_down(limits: dict) -> None:
    for name, value in (
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_DATA, limits["memory"]),
        (resource.RLIMIT_AS, _ADDRESSES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Refused where the machine already allows less, or knows no such limit.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(name, (value, value))


def clean(content: bytes, limits: dict) -> tuple[str, bytes]:
    """The file's kind and the file anew. Raises Refused."""
    media_type = kind_of(content)
    if media_type == "application/pdf":
        return media_type, _document(content, limits)
    return media_type, _picture(content, KINDS[media_type][0], limits)


def kind_of(content: bytes) -> str:
    import puremagic

    try:
        found = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError) as unknown:
        raise Refused("kind") from unknown
    if found not in KINDS:
        raise Refused("kind")
    return found


def _picture(content: bytes, name: str, limits: dict) -> bytes:
    """The picture drawn anew: turned as it is meant to be seen, no larger than a screen needs."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is unpacked
    try:
        image = Image.open(io.BytesIO(content), formats=[name])
    except UnidentifiedImageError as disguised:
        raise Refused("kind") from disguised
    if image.width * image.height > limits["pixels" if name == "JPEG" else "whole_pixels"]:
        raise Refused("pixels")
    side = (limits["side"], limits["side"])
    image.draft("RGB", side)  # a JPEG is unpacked no larger than it will be kept
    image.thumbnail(side)
    with contextlib.suppress(Exception):  # a broken EXIF goes like a whole one
        ImageOps.exif_transpose(image, in_place=True)
    has_ground = name == "JPEG" or not image.has_transparency_data
    drawn = image.convert("RGB" if has_ground else "RGBA")
    drawn.info.clear()
    out = io.BytesIO()
    drawn.save(out, name, **({} if name == "PNG" else {"quality": 85}))
    return out.getvalue()


def _document(content: bytes, limits: dict) -> bytes:
    """The pages alone, put into a new document."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise Refused("locked")
    if not 0 < len(reader.pages) <= limits["pages"]:
        raise Refused("pages" if reader.pages else "broken")
    writer = pypdf.PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    budget = [limits["unpacked"]]
    for one in writer._objects:
        _strip(one, budget)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _strip(value, budget: list, depth: int = 0) -> None:
    """Take out of one object of a document what nobody sees."""
    from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

    if depth > _DEEPEST:
        raise Refused("broken")
    if isinstance(value, ArrayObject):
        for one in value:
            _strip(one, budget, depth + 1)
    if not isinstance(value, DictionaryObject):
        return
    if isinstance(value, StreamObject):
        _weigh(value, budget)
    for key in list(value):
        inner = value.raw_get(key)
        if key in _UNWANTED or (key == "/A" and not _is_harmless(value["/A"])):
            del value[key]
        elif key == "/Annots":
            value[_name("/Annots")] = _notes(value["/Annots"])
        else:
            _strip(inner, budget, depth + 1)


def _name(text: str):
    from pypdf.generic import NameObject

    return NameObject(text)


def _is_harmless(action) -> bool:
    return isinstance(action, dict) and action.get("/S") in _HARMLESS_ACTIONS


def _notes(found):
    """Notes on a page without those that carry a file, a film or a sound."""
    from pypdf.generic import ArrayObject

    kept = ArrayObject()
    for note in found if isinstance(found, list) else []:
        whole = note.get_object()
        if isinstance(whole, dict) and whole.get("/Subtype") not in _UNWANTED_NOTES:
            kept.append(note)
    return kept


def _weigh(stream, budget: list) -> None:
    """Refuse what unpacks to more than a reader's machine can bear; free photos of their EXIF."""
    filters = stream.get("/Filter", [])
    names = [str(one) for one in filters] if isinstance(filters, list) else [str(filters)]
    if names[:1] == ["/FlateDecode"]:
        budget[0] -= _unpacked(stream._data, budget[0])
        if budget[0] < 0:
            raise Refused("heavy")
    if names == ["/DCTDecode"]:
        stream._data = without_exif(stream._data)


def _unpacked(data: bytes, most: int) -> int:
    unpacker, size = zlib.decompressobj(), 0
    with contextlib.suppress(zlib.error):
        while data and size <= most:
            size += len(unpacker.decompress(data, 1 << 20))
            data = unpacker.unconsumed_tail
    return size


def without_exif(jpeg: bytes) -> bytes:
    """A JPEG without its remarks: EXIF, XMP (APP1), Photoshop's (APP13) and comments."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, at = [b"\xff\xd8"], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] not in (b"\xda", b""):
        length = 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] not in (0xE1, 0xED, 0xFE):
            kept.append(jpeg[at : at + length])
        at += length
    return b"".join([*kept, jpeg[at:]])


if __name__ == "__main__":
    main()
