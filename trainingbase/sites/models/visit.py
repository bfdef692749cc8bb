"""Visits to a site, what was found there, and what was put right."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person
from trainingbase.sites.models.institution import Institution

VISIT_KINDS = ("guidance", "assessment", "meeting")


class Visit(Versioned, Model):
    """Somebody of the lead hospital was there: `visitors` as they are called."""

    __tablename__ = "site_visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    visited_on: Mapped[date]
    kind: Mapped[str]
    visitors: Mapped[str]
    summary: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    institution: Mapped[Institution] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    findings: Mapped[list["Finding"]] = relationship(
        back_populates="visit", order_by="Finding.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("kind IN ('guidance', 'assessment', 'meeting')", name="kind_is_known"),
        Index("ix_site_visits_institution_id_visited_on", "institution_id", "visited_on"),
    )


class Finding(Versioned, Model):
    """What has to be put right until the end of `due_on`; done once `done_on` says when and
    `remedy` what."""

    __tablename__ = "visit_findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("site_visits.id"), index=True)
    what: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    remedy: Mapped[str | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    visit: Mapped[Visit] = relationship(back_populates="findings")
    evidence: Mapped[StoredFile | None] = relationship()
    done_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        CheckConstraint("(done_on IS NULL) = (remedy IS NULL)", name="remedy_is_whole"),
        Index("ix_visit_findings_done_on_due_on", "done_on", "due_on"),
    )

    def is_overdue(self, today: date) -> bool:
        return self.done_on is None and self.due_on < today
