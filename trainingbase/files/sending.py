"""A kept file as an answer; the route has found out already that the viewer may have it."""

from io import BytesIO

from flask import send_file

from trainingbase.files.models import StoredFile
from trainingbase.files.rules import PICTURES


def send(stored: StoredFile):
    """To be saved, never shown within the portal: its content is a stranger's."""
    return _answer(stored, as_attachment=True)


def show(stored: StoredFile):
    """A picture, within a page; everything else is to be saved."""
    return _answer(stored, as_attachment=stored.media_type not in PICTURES)


def _answer(stored: StoredFile, *, as_attachment: bool):
    answer = send_file(
        BytesIO(stored.content),
        mimetype=stored.media_type,
        as_attachment=as_attachment,
        download_name=stored.name,
        etag=stored.sha256,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
