import io
import zipfile

import pytest
from PIL import Image
from sqlalchemy import inspect

from trainingbase.db import db
from trainingbase.files.actions import keep, keep_photo
from trainingbase.files.models import StoredFile
from trainingbase.files.rules import DOCX, JPEG, LARGEST, PDF, PNG, XLSX, Unfit, examined, photo

from ..cast import LONG_AGO

PDF_FILE = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def picture(kind="PNG", size=(40, 30), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **more)
    return out.getvalue()


def archive(*names: str, content: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF_FILE, PDF),
        (picture("PNG"), PNG),
        (picture("JPEG"), JPEG),
        (archive("word/document.xml"), DOCX),
        (archive("xl/workbook.xml"), XLSX),
    ],
)
def test_a_file_is_known_by_its_content(content, kind):
    assert examined("anything.exe", content).media_type == kind


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "empty"),
        (b"%PDF" + b"x" * LARGEST, "large"),
        (b"<html><script>alert(1)</script>", "kind"),
        (b"MZ\x90\x00\x03", "kind"),
        (b"\x89PNG\r\n\x1a\nno picture", "broken"),
        (b"PK\x03\x04no archive", "broken"),
        (archive("word/document.xml", "word/vbaProject.bin"), "kind"),
        (archive("notes.txt"), "kind"),
        (archive("xl/workbook.xml", content=b"\0" * (101 * 1024 * 1024)), "large"),
        (picture("PNG", (8000, 7000)), "pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_unfit_is_refused_with_its_reason(content, because):
    with pytest.raises(Unfit) as refused:
        examined("paper.pdf", content)
    assert refused.value.because == because


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\scans\\合同 2026.PDF", "合同 2026.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("invoice.pdf.exe", "invoice.pdf.exe.pdf"),
        ("", "file.pdf"),
        ("长" * 300, "长" * 120 + ".pdf"),
    ],
)
def test_names_are_made_safe(given, kept):
    assert examined(given, PDF_FILE).name == kept


def test_a_photo_is_small_and_says_nothing_of_the_camera():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    small = photo(picture("JPEG", (2400, 1200), exif=exif))
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.size == (600, 300)
        assert dict(shown.getexif()) == {}


def test_a_file_is_kept_with_its_row(app, office):
    stored = keep(examined("合同.pdf", PDF_FILE), by=office, at=LONG_AGO)
    db.session.commit()
    again = db.session.get(StoredFile, stored.id)
    assert (again.name, again.size, again.content) == ("合同.pdf", len(PDF_FILE), PDF_FILE)
    assert again.uploaded_by.name == "Wu"
    face = keep_photo(examined("me.png", picture()), by=office, at=LONG_AGO)
    db.session.commit()
    assert face.media_type == JPEG


def test_reading_a_row_does_not_read_its_content(app, office):
    keep(examined("a.pdf", PDF_FILE), by=office, at=LONG_AGO)
    db.session.commit()
    db.session.expunge_all()
    assert "content" in inspect(db.session.query(StoredFile).one()).unloaded


def test_an_archive_of_a_later_kind_is_not_taken():
    content = bytearray(archive("word/document.xml"))
    central = content.index(b"PK\x01\x02")
    content[central + 6] = 99  # the version needed to read it
    with pytest.raises(Unfit):
        examined("x.docx", bytes(content))
