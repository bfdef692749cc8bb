"""A filter somebody keeps."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trainingbase.db import Model


class SavedFilter(Model):
    """The page at `path` with the answers in `query`, as its owner calls it."""

    __tablename__ = "saved_filters"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    path: Mapped[str]
    name: Mapped[str]
    query: Mapped[str]

    __table_args__ = (UniqueConstraint("person_id", "path", "name"),)

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}"
