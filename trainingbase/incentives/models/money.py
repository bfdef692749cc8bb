"""Where the money comes from, what is paid for what, and every movement between accounts."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned


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


ACCOUNTS = ("appropriation", "available", "committed", "spent")


class Posting(Model):
    """One side of an entry: what an account of a source and year gains (or, negative, loses).

    The postings of an entry sum to nothing.  A budget moves from `appropriation` to `available`, a
    computed run from there to `committed`, a locked one on to `spent`.  Nothing is ever changed or
    taken out; what was wrong is posted back.
    """

    __tablename__ = "incentive_postings"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[str] = mapped_column(index=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_sources.id"), index=True)
    year: Mapped[int]
    account: Mapped[str]
    amount: Mapped[Decimal]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("incentive_runs.id"), index=True)
    posted_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "account IN ('appropriation', 'available', 'committed', 'spent')",
            name="account_is_known",
        ),
        UniqueConstraint("entry", "source_id", "year", "account"),
    )
