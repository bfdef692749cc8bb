"""What belongs to a resident's record beside their training: contacts, contracts, obligations."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models.residents import Resident
from trainingbase.files.models import StoredFile

PAYERS = ("base", "home", "school", "other")
"""培训基地, 委派单位, 高校, 其他"""


class Particulars(Model):
    """How a resident is reached, and their picture; the telephone is their person's."""

    __tablename__ = "resident_particulars"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), unique=True)
    email: Mapped[str | None]
    address: Mapped[str | None]
    emergency_name: Mapped[str | None]
    emergency_phone: Mapped[str | None]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), index=True)

    resident: Mapped[Resident] = relationship()
    photo: Mapped[StoredFile | None] = relationship()


class Contract(Versioned, Model):
    """A training contract (培训协议); `ends_on` is exclusive.  Those of one resident do not
    overlap."""

    __tablename__ = "contracts"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    number: Mapped[str | None]
    signed_on: Mapped[date | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    payer: Mapped[str]
    payer_name: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), index=True)
    note: Mapped[str | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint("payer IN ('base', 'home', 'school', 'other')", name="payer_is_known"),
    )

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)


class Obligation(Versioned, Model):
    """Service owed after training (服务期): how long, where, what a breach costs, what counts."""

    __tablename__ = "service_obligations"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    years: Mapped[Decimal]
    place: Mapped[str]
    starts_on: Mapped[date | None]
    penalty: Mapped[str | None]
    penalty_amount: Mapped[Decimal | None]
    counts: Mapped[str | None]
    ended_on: Mapped[date | None]
    ended_why: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), index=True)
    agreed_at: Mapped[datetime]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    __table_args__ = (
        CheckConstraint("years > 0", name="years_positive"),
        CheckConstraint("penalty_amount >= 0", name="penalty_not_negative"),
    )
