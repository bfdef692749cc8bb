"""Handbooks issued, and orders to make them."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.enrolment.models import Resident
from trainingbase.files.models import StoredFile
from trainingbase.handbook.rules.content import digest_of, packed, unpacked
from trainingbase.instruments.models import changed_columns
from trainingbase.people.models import Person


class Immutable(Exception):
    """What was issued stays; it can only be withdrawn."""


class AlreadyWithdrawn(Exception):
    """A handbook is withdrawn once."""


class Over(Exception):
    """The order is done, or was stopped before."""


class Handbook(Model):
    """One edition of one resident's handbook in one language.

    `content` is the record as it was, packed; `digest` is the sha256 of it (see `rules.content`),
    `code` names the handbook to whoever verifies it.  A later edition in the same language
    supersedes this one.
    """

    __tablename__ = "handbooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    language: Mapped[str]
    edition: Mapped[int]
    code: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    superseded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_because: Mapped[str | None]

    resident: Mapped[Resident] = relationship()
    file: Mapped[StoredFile] = relationship()
    issued_by: Mapped[Person] = relationship(foreign_keys=[issued_by_id])
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=[withdrawn_by_id])

    __table_args__ = (
        UniqueConstraint("resident_id", "language", "edition"),
        CheckConstraint("language IN ('zh', 'en')", name="language_is_known"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_because IS NULL)", name="withdrawal_says_why"
        ),
        Index("ix_handbooks_issued_at", "issued_at"),
    )

    @property
    def state(self) -> str:
        """valid, superseded or withdrawn."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "valid" if self.superseded_at is None else "superseded"

    @property
    def facts(self) -> dict:
        """The record as it was when the handbook was issued."""
        return unpacked(self.content)

    @property
    def is_intact(self) -> bool:
        """Whether what is kept is still what was issued."""
        return digest_of(self.facts) == self.digest

    def withdraw(self, because: str, *, by: Person, at: datetime) -> None:
        if self.withdrawn_at is not None:
            raise AlreadyWithdrawn
        self.withdrawn_at, self.withdrawn_by_id, self.withdrawn_because = at, by.id, because

    @classmethod
    def of(cls, facts: dict, **given) -> "Handbook":
        return cls(content=packed(facts), digest=digest_of(facts), **given)


@event.listens_for(Handbook, "before_update")
def _keep_as_issued(_mapper, _connection, row):
    changing = {"superseded_at", "withdrawn_at", "withdrawn_by_id", "withdrawn_because"}
    if changed_columns(row) - changing:
        raise Immutable(row)


class HandbookOrder(Model):
    """Handbooks somebody asked for: their own, a tutee's, or those of many at once.

    `alive_at` is the worker's last sign of life; `address` is the portal's, as it stands in the
    code to scan.
    """

    __tablename__ = "handbook_orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    language: Mapped[str]
    address: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    alive_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    asked_by: Mapped[Person] = relationship()
    lines: Mapped[list["OrderLine"]] = relationship(
        back_populates="order", order_by="OrderLine.position"
    )

    __table_args__ = (CheckConstraint("language IN ('zh', 'en')", name="language_is_known"),)

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None or self.stopped_at is not None

    @property
    def state(self) -> str:
        """waiting, working, stopped or done."""
        if self.stopped_at is not None:
            return "stopped"
        if self.finished_at is not None:
            return "done"
        return "waiting" if self.alive_at is None else "working"

    def stop(self, at: datetime) -> None:
        if self.is_over:
            raise Over
        self.stopped_at = at


class OrderLine(Model):
    """One resident of an order: waiting, made, or failed with the reason.

    `packed` is the PDF as it stands in an archive (raw deflate), `tries` how often it was begun.
    """

    __tablename__ = "handbook_order_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("handbook_orders.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    position: Mapped[int]
    tries: Mapped[int] = mapped_column(default=0)
    handbook_id: Mapped[int | None] = mapped_column(ForeignKey("handbooks.id"), index=True)
    is_new: Mapped[bool | None]
    failed_because: Mapped[str | None]
    packed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    crc: Mapped[int | None] = mapped_column(BigInteger)

    order: Mapped[HandbookOrder] = relationship(back_populates="lines")
    resident: Mapped[Resident] = relationship()
    handbook: Mapped[Handbook | None] = relationship()

    __table_args__ = (
        UniqueConstraint("order_id", "resident_id"),
        CheckConstraint("handbook_id IS NULL OR failed_because IS NULL", name="made_or_failed"),
    )

    @property
    def state(self) -> str:
        """waiting, made or failed."""
        if self.handbook_id is not None:
            return "made"
        return "failed" if self.failed_because is not None else "waiting"
