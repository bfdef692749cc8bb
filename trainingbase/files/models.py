"""A file somebody handed in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.people.models import Person


class StoredFile(Model):
    """Kept in the database, so that a row and its evidence are saved, backed up and deleted
    together, and every worker sees it.  Features refer to it; who may read it is theirs to say."""

    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    uploaded_by: Mapped[Person | None] = relationship()

    __table_args__ = (CheckConstraint("size > 0", name="size_positive"),)
