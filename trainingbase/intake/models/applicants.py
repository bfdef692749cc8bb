"""Those who apply to an intake."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident, masked_within
from trainingbase.files.models import StoredFile
from trainingbase.intake.models.intakes import Intake
from trainingbase.people.models import Person

DECISIONS = ("admitted", "reserve", "refused", "withdrawn")
"""录取, 备录, 不录取, 本人放弃"""


class Applicant(Versioned, Model):
    """A person who wants to be trained; `resident` is who they became."""

    __tablename__ = "applicants"

    id: Mapped[int] = mapped_column(primary_key=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intakes.id"), index=True)
    name: Mapped[str] = mapped_column(index=True)
    id_number: Mapped[str] = mapped_column(index=True)
    sex: Mapped[str]
    phone: Mapped[str | None]
    education: Mapped[str | None]
    degree: Mapped[str | None]
    school: Mapped[str | None]
    major: Mapped[str | None]
    graduated: Mapped[str | None]
    licence_number: Mapped[str | None]
    trainee_type: Mapped[str | None]
    home_institution: Mapped[str | None]
    note: Mapped[str | None]
    written: Mapped[Decimal | None]
    interview: Mapped[Decimal | None]
    applied_at: Mapped[datetime]
    decision: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str | None]
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"), index=True)
    enrolled_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    intake: Mapped[Intake] = relationship()
    decided_by: Mapped[Person | None] = relationship()
    resident: Mapped[Resident | None] = relationship()
    documents: Mapped[list["ApplicantDocument"]] = relationship(
        back_populates="applicant", order_by="ApplicantDocument.id"
    )

    __table_args__ = (
        UniqueConstraint("intake_id", "id_number"),
        CheckConstraint("sex IN ('男', '女')", name="sex_is_known"),
        CheckConstraint(
            "trainee_type IN ('own', 'sent', 'social', 'rural', 'master')",
            name="trainee_type_is_known",
        ),
        CheckConstraint(
            "decision IN ('admitted', 'reserve', 'refused', 'withdrawn')", name="decision_is_known"
        ),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        CheckConstraint("(resident_id IS NULL) = (enrolled_at IS NULL)", name="enrolment_is_whole"),
        CheckConstraint("written >= 0 AND interview >= 0", name="scores_not_negative"),
    )

    @property
    def total(self) -> Decimal | None:
        """Of both scores; without one of them there is none."""
        if self.written is None or self.interview is None:
            return None
        return self.written + self.interview

    @property
    def masked_id_number(self) -> str:
        return self.id_number[:6] + "********" + self.id_number[-4:]

    @property
    def masked_licence_number(self) -> str | None:
        return masked_within(self.licence_number, self.id_number)


class ApplicantDocument(Model):
    __tablename__ = "applicant_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicants.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    kind: Mapped[str]

    applicant: Mapped[Applicant] = relationship(back_populates="documents")
    file: Mapped[StoredFile] = relationship()

    __table_args__ = (
        CheckConstraint(
            "kind IN ('identity', 'diploma', 'degree', 'licence', 'consent', 'other')",
            name="kind_is_known",
        ),
    )


class Arrival(Model):
    """A new resident has reported in (报到), by the office's code or entered by it."""

    __tablename__ = "arrivals"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), unique=True)
    intake_id: Mapped[int] = mapped_column(ForeignKey("intakes.id"), index=True)
    reported_at: Mapped[datetime]
    how: Mapped[str]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)

    resident: Mapped[Resident] = relationship()
    entered_by: Mapped[Person] = relationship()

    __table_args__ = (CheckConstraint("how IN ('code', 'office')", name="how_is_known"),)
