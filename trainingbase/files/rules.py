"""Which files are taken: judged by what is in them, never by their names."""

import io
import struct
import zipfile
from dataclasses import dataclass

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_UNPACKED = 100 * 1024 * 1024
LONGEST_NAME = 120
PHOTO_SIDE = 600  # pixels, after it was made smaller

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

PICTURES = (JPEG, PNG)
DOCUMENTS = (PDF, *PICTURES, DOCX, XLSX)
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png", DOCX: "docx", XLSX: "xlsx"}
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


class Unfit(Exception):
    """A file is not taken; `because` is empty, large, kind, broken or pixels."""

    def __init__(self, because: str):
        super().__init__(because)
        self.because = because


@dataclass(frozen=True)
class Upload:
    """A file that was found fit to keep: its name is safe to show and to offer."""

    name: str
    media_type: str
    content: bytes


def examined(name: str, content: bytes, kinds: tuple[str, ...] = DOCUMENTS) -> Upload:
    """The file, if its content is of one of `kinds`.  Raises `Unfit`."""
    if not content:
        raise Unfit("empty")
    if len(content) > LARGEST:
        raise Unfit("large")
    media_type = kind_of(content)
    if media_type not in kinds:
        raise Unfit("kind")
    if media_type in PICTURES:
        _look_at_picture(content)
    return Upload(name=plain_name(name, media_type), media_type=media_type, content=content)


def kind_of(content: bytes) -> str | None:
    """The media type, of those of `DOCUMENTS`; None for everything else."""
    if content.startswith(b"PK"):
        return _kind_of_archive(content)
    from puremagic import PureError, from_string

    try:
        found = from_string(content[:4096], mime=True)
    except (PureError, ValueError):
        return None
    return found if found in (PDF, *PICTURES) else None


def _kind_of_archive(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
        raise Unfit("broken") from None
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unfit("large")
    names = {entry.filename for entry in entries}
    if any(name.endswith("vbaProject.bin") for name in names):  # a document that carries a program
        return None
    return next((kind for part, kind in _OFFICE.items() if part in names), None)


def _look_at_picture(content: bytes) -> None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unfit("pixels")
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit("pixels") from None
    except (OSError, SyntaxError, ValueError):
        raise Unfit("broken") from None


def photo(content: bytes) -> bytes:
    """The picture as a JPEG of at most `PHOTO_SIDE` pixels a side, turned upright, without what the
    camera noted (place, time).  Raises `Unfit`."""
    from PIL import Image, ImageOps

    _look_at_picture(content)
    small = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content)) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
            upright.save(small, "JPEG", quality=85)
    except (OSError, SyntaxError, ValueError):
        raise Unfit("broken") from None
    return small.getvalue()


def plain_name(name: str, media_type: str) -> str:
    """The last part of the name, printable, with the ending its content deserves."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    stem, _dot, ending = kept.rpartition(".")
    right = ENDINGS[media_type]
    same = ending.lower() == right or (right == "jpg" and ending.lower() == "jpeg")
    stem = stem if same else kept
    return f"{stem[:LONGEST_NAME] or 'file'}.{right}"
