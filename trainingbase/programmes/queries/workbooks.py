"""Workbooks waiting to be taken in."""

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person


def workbook_of(viewer: Person, file_id: int) -> StoredFile:
    """Only whoever uploaded it goes on with it."""
    return db.session.scalars(
        select(StoredFile).where(StoredFile.id == file_id, StoredFile.uploaded_by_id == viewer.id)
    ).one()
