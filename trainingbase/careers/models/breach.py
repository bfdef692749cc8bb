"""A breach of a service obligation: what it costs, what is waived, what was paid."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.careers.models.bond import BondRule
from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Obligation
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person


class AlreadyDecided(Exception):
    """It is decided, taken back or ended: nothing more happens to it."""


class SameTwo(Exception):
    """A waiver is decided by somebody else than who proposed it."""


class Breach(Versioned, Model):
    """`reckoned` keeps the lines as they were on `noted_on`, under the rule of that day: a later
    change of the rule or of the records changes no amount."""

    __tablename__ = "bond_breaches"

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("service_obligations.id"), index=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("bond_rules.id"))
    kind: Mapped[str]
    noted_on: Mapped[date]
    note: Mapped[str | None]
    reckoned: Mapped[dict]
    repayment: Mapped[Decimal]
    penalty: Mapped[Decimal]
    due_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), index=True)
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    cancelled_why: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    obligation: Mapped[Obligation] = relationship()
    rule: Mapped[BondRule] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    declared_by: Mapped[Person] = relationship(foreign_keys=[declared_by_id])
    cancelled_by: Mapped[Person | None] = relationship(foreign_keys=[cancelled_by_id])
    waivers: Mapped[list["Waiver"]] = relationship(back_populates="breach", order_by="Waiver.id")
    payments: Mapped[list["Payment"]] = relationship(back_populates="breach", order_by="Payment.id")

    __table_args__ = (
        CheckConstraint("repayment >= 0 AND penalty >= 0", name="amounts_not_negative"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_why IS NULL)", name="undone_is_whole"),
        Index(
            "uq_bond_breaches_obligation_id_standing",
            "obligation_id",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )

    @property
    def total(self) -> Decimal:
        return self.repayment + self.penalty

    @property
    def waived(self) -> Decimal:
        return sum((one.amount for one in self.waivers if one.granted), Decimal(0))

    @property
    def paid(self) -> Decimal:
        return sum((one.amount for one in self.payments if one.reversed_at is None), Decimal(0))

    @property
    def open_amount(self) -> Decimal:
        return self.total - self.waived - self.paid

    @property
    def waiver_waiting(self) -> "Waiver | None":
        return next((one for one in self.waivers if one.granted is None), None)


class Waiver(Versioned, Model):
    """Proposed by one person, decided by another; one waits at a time."""

    __tablename__ = "bond_waivers"

    id: Mapped[int] = mapped_column(primary_key=True)
    breach_id: Mapped[int] = mapped_column(ForeignKey("bond_breaches.id"), index=True)
    amount: Mapped[Decimal]
    why: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), index=True)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    breach: Mapped[Breach] = relationship(back_populates="waivers")
    file: Mapped[StoredFile | None] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(granted IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        Index(
            "uq_bond_waivers_breach_id_waiting",
            "breach_id",
            unique=True,
            sqlite_where=text("granted IS NULL"),
            postgresql_where=text("granted IS NULL"),
        ),
    )


class Payment(Model):
    """Money received; what was entered in error is reversed and stays readable."""

    __tablename__ = "bond_payments"

    id: Mapped[int] = mapped_column(primary_key=True)
    breach_id: Mapped[int] = mapped_column(ForeignKey("bond_breaches.id"), index=True)
    amount: Mapped[Decimal]
    paid_on: Mapped[date]
    receipt: Mapped[str | None]
    received_at: Mapped[datetime]
    received_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reversed_at: Mapped[datetime | None]
    reversed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reversed_why: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    breach: Mapped[Breach] = relationship(back_populates="payments")
    received_by: Mapped[Person] = relationship(foreign_keys=[received_by_id])
    reversed_by: Mapped[Person | None] = relationship(foreign_keys=[reversed_by_id])

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(reversed_at IS NULL) = (reversed_why IS NULL)", name="undone_is_whole"),
    )
