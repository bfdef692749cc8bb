"""What lead hospital and site agreed on, and until when."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.sites.models.institution import Institution


class Agreement(Versioned, Model):
    """A signed joint-training agreement; `ends_on` is exclusive, without one it does not end.

    The lead hospital's responsible person is `ours`, the site's is `theirs`.
    """

    __tablename__ = "site_agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    number: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    ours: Mapped[str | None]
    theirs: Mapped[str | None]
    note: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    institution: Mapped[Institution] = relationship(back_populates="agreements")
    file: Mapped[StoredFile | None] = relationship()

    __table_args__ = (CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),)
