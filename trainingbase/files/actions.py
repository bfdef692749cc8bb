"""Keeping a file.  The caller commits, with the row the file is evidence of."""

import hashlib
from datetime import datetime

from trainingbase.db import db
from trainingbase.files.models import StoredFile
from trainingbase.files.rules import JPEG, Upload, photo
from trainingbase.people.models import Person


def keep(upload: Upload, *, by: Person | None, at: datetime) -> StoredFile:
    """`upload` comes from `rules.examined`."""
    stored = StoredFile(
        name=upload.name,
        media_type=upload.media_type,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        content=upload.content,
        uploaded_by_id=by.id if by is not None else None,
        uploaded_at=at,
    )
    db.session.add(stored)
    return stored


def keep_photo(upload: Upload, *, by: Person | None, at: datetime) -> StoredFile:
    """A face: made small, and without what the camera noted.  Raises `Unfit`."""
    small = Upload(name="photo.jpg", media_type=JPEG, content=photo(upload.content))
    return keep(small, by=by, at=at)
