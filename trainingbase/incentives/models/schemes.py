"""What is paid for, and each version of its rule; and the monthly appraisals some rules pay by."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.incentives.models.money import FundingSource
from trainingbase.instruments.models import changed_columns
from trainingbase.people.models import Person
from trainingbase.sites.models import Department


class InForce(Exception):
    """A version in force is not edited: a new version is made."""


class Scheme(Model):
    """`code` is what lines name; `beneficiary` is who is paid."""

    __tablename__ = "incentive_schemes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    beneficiary: Mapped[str]
    is_shipped: Mapped[bool]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    versions: Mapped[list["Version"]] = relationship(
        back_populates="scheme", order_by="Version.number"
    )

    __table_args__ = (
        CheckConstraint(
            "beneficiary IN ('resident', 'faculty', 'secretary', 'department', 'site', 'anyone')",
            name="beneficiary_is_known",
        ),
    )


class Version(Versioned, Model):
    """A version of a scheme's rule: a draft until `starts_on` is set, with which it never changes
    again; in force for months from `starts_on` until `ends_on`, both first days of months.

    What the expressions mean is said in `rules.scheme.Terms`.
    """

    __tablename__ = "incentive_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("incentive_schemes.id"))
    number: Mapped[int]
    basis: Mapped[str]
    rates: Mapped[str]
    applies: Mapped[str]
    quantity: Mapped[str]
    multiplier: Mapped[str]
    share: Mapped[str]
    splits: Mapped[list]
    pay: Mapped[str]
    amount: Mapped[Decimal]
    point_value: Mapped[Decimal]
    cap: Mapped[Decimal | None]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_sources.id"))
    tax_note: Mapped[str | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    put_in_force_at: Mapped[datetime | None]
    put_in_force_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    scheme: Mapped[Scheme] = relationship(back_populates="versions")
    source: Mapped[FundingSource | None] = relationship()
    made_by: Mapped[Person | None] = relationship(foreign_keys=[made_by_id])

    __table_args__ = (
        UniqueConstraint("scheme_id", "number"),
        CheckConstraint("pay IN ('rate', 'yuan', 'points')", name="pay_is_known"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        Index("ix_incentive_versions_starts_on", "starts_on"),
    )

    @property
    def is_draft(self) -> bool:
        return self.starts_on is None

    def state_on(self, month_on: date) -> str:
        """draft, coming, running or over."""
        if self.starts_on is None:
            return "draft"
        if self.ends_on is not None and self.ends_on <= month_on:
            return "over"
        return "coming" if self.starts_on > month_on else "running"


class Appraisal(Versioned, Model):
    """A month's appraisal of a person, or of the department itself where `person_id` is None.

    `teaching_points` of `total_points` is the share of teaching in a department's appraisal.
    """

    __tablename__ = "incentive_appraisals"

    id: Mapped[int] = mapped_column(primary_key=True)
    month_on: Mapped[date] = mapped_column(index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    quality: Mapped[Decimal]
    efficiency: Mapped[Decimal]
    reward: Mapped[Decimal]
    deduction: Mapped[Decimal]
    teaching_points: Mapped[Decimal | None]
    total_points: Mapped[Decimal | None]
    note: Mapped[str | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)
    whose: Mapped[str]

    department: Mapped[Department] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    __table_args__ = (
        UniqueConstraint("month_on", "whose"),
        CheckConstraint("reward >= 0 AND deduction >= 0", name="amounts_not_negative"),
        CheckConstraint("teaching_points <= total_points", name="teaching_within_total"),
    )


@event.listens_for(Version, "before_update")
def _keep_in_force(_mapper, _connection, row):
    """Only its end is set, when another takes its place."""
    was = inspect(row).attrs["starts_on"].history
    was_draft = None in (was.deleted or was.unchanged or ())
    if not was_draft and changed_columns(row) - {"ends_on", "version"}:
        raise InForce(row)


@event.listens_for(Version, "before_delete")
def _keep_version(_mapper, _connection, row):
    if row.starts_on is not None:
        raise InForce(row)
