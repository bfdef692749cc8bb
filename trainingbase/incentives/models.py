"""Rates as dated data, monthly runs, and lines that say why."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.clock import LOCAL
from trainingbase.db import Model, Versioned
from trainingbase.months import months_later
from trainingbase.people.models import Person


class AlreadyApproved(Exception):
    """An approved run is not computed or approved again; a correction is a line of a later run."""


class Replaced(Exception):
    """The month was computed again: the newer run is the one to approve."""


class FundingSource(Model):
    __tablename__ = "funding_sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str | None]
    purpose: Mapped[str | None]
    note: Mapped[str | None]

    budgets: Mapped[list["Budget"]] = relationship(back_populates="source")


class Budget(Model):
    __tablename__ = "budgets"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("funding_sources.id"))
    year: Mapped[int]
    amount: Mapped[Decimal]

    source: Mapped[FundingSource] = relationship(back_populates="budgets")

    __table_args__ = (
        UniqueConstraint("source_id", "year"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
    )


class Rate(Versioned, Model):
    """An amount in yuan for something, from `starts_on` on.

    `kind` is the rule that uses it: stipend, community, teaching, conduct.  Which of the other
    columns matter depends on it: a stipend has programme_kind (全科住培/助理全科), trainee_type
    and training_year; a community allowance a site_level; teaching an `item` and a monthly_cap;
    conduct an `item`, `payee` and `condition`.
    """

    __tablename__ = "rates"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    item: Mapped[str]
    programme_kind: Mapped[str | None]
    trainee_type: Mapped[str | None]
    training_year: Mapped[int | None]
    site_level: Mapped[str | None]
    payee: Mapped[str | None]
    condition: Mapped[str | None]
    amount: Mapped[Decimal]
    unit: Mapped[str]
    monthly_cap: Mapped[Decimal | None]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_sources.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    source: Mapped[FundingSource | None] = relationship()

    __table_args__ = (
        CheckConstraint(
            "kind IN ('stipend', 'community', 'teaching', 'conduct')", name="kind_is_known"
        ),
        Index("ix_rates_kind_starts_on", "kind", "starts_on"),
    )


class Run(Versioned, Model):
    """The computation of one month.  Until it is approved it may be computed again, which makes a
    new run and keeps the old one as replaced.

    `findings` are the cases that no rate pays for, `[{"kind", "facts", "evidence"}, …]`.
    """

    __tablename__ = "incentive_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    month_on: Mapped[date]
    computed_at: Mapped[datetime]
    computed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    replaced_at: Mapped[datetime | None]
    findings: Mapped[list] = mapped_column(default=list)

    computed_by: Mapped[Person | None] = relationship(foreign_keys=[computed_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    lines: Mapped[list["Line"]] = relationship(back_populates="run")

    __table_args__ = (
        CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name="approval_is_whole"
        ),
        Index(
            "uq_incentive_runs_month_on_current",
            "month_on",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    @property
    def is_current(self) -> bool:
        return self.replaced_at is None

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def was_computed_early(self) -> bool:
        """Before its month was over, so that not all of it was known."""
        return self.computed_at.astimezone(LOCAL).date() < months_later(self.month_on, 1)

    def replace(self, *, at: datetime) -> None:
        """Put another run in its place."""
        if self.is_approved:
            raise AlreadyApproved(self.month_on)
        self.replaced_at = at

    def approve(self, *, by: Person, at: datetime) -> None:
        if self.is_approved:
            raise AlreadyApproved(self.month_on)
        if not self.is_current:
            raise Replaced(self.month_on)
        self.approved_by_id, self.approved_at = by.id, at


class Line(Model):
    """One amount with its reason: `rule` names the sentence, `facts` fill it, `evidence` lists
    the rows behind it as `[[table, id], …]`; amount = quantity × unit_amount, cut by `cap`."""

    __tablename__ = "incentive_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("incentive_runs.id"), index=True)
    payee_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    rate_id: Mapped[int | None] = mapped_column(ForeignKey("rates.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_sources.id"))
    rule: Mapped[str]
    key: Mapped[str]
    quantity: Mapped[Decimal]
    unit_amount: Mapped[Decimal]
    cap: Mapped[Decimal | None]
    amount: Mapped[Decimal]
    facts: Mapped[dict] = mapped_column(default=dict)
    evidence: Mapped[list] = mapped_column(default=list)

    run: Mapped[Run] = relationship(back_populates="lines")
    payee: Mapped[Person] = relationship()
    rate: Mapped[Rate | None] = relationship()
    source: Mapped[FundingSource | None] = relationship()

    __table_args__ = (UniqueConstraint("run_id", "payee_id", "rule", "key"),)
