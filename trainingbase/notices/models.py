"""A notice: a message waiting for one person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model


class Notice(Model):
    """`kind` names the sentence (see `notices.words`), `facts` fills it, `path` is its page.

    It is rendered when it is read, in the reader's language.
    """

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    facts: Mapped[dict] = mapped_column(default=dict)
    path: Mapped[str]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_notices_person_id_read_at", "person_id", "read_at"),)

    def read(self, at: datetime) -> None:
        self.read_at = self.read_at or at
