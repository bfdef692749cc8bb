"""Residents moved to another version of their programme, by one act."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.programmes.models import Programme


class AlreadyUndone(Exception):
    """The move was taken back before."""


class Move(Model):
    """Taken back it stays, with `undone_at`."""

    __tablename__ = "programme_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    why: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    to: Mapped[Programme] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])
    moved: Mapped[list["MovedResident"]] = relationship(
        back_populates="move", order_by="MovedResident.resident_id"
    )


class MovedResident(Model):
    """`gains` is what was shown before it was confirmed: see `editions.rules.Effect`."""

    __tablename__ = "moved_residents"

    move_id: Mapped[int] = mapped_column(ForeignKey("programme_moves.id"), primary_key=True)
    resident_id: Mapped[int] = mapped_column(
        ForeignKey("residents.id"), primary_key=True, index=True
    )
    from_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    gains: Mapped[dict]

    move: Mapped[Move] = relationship(back_populates="moved")
    resident: Mapped[Resident] = relationship()
    from_: Mapped[Programme] = relationship(foreign_keys=[from_id])
