"""Where graduates may be written to, and who was told that they may be proposed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.careers.models.bond import one_of
from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person

TOLD_BY = ("link", "office")


class GraduateAddress(Versioned, Model):
    """A mail address, with the day on which its owner agreed to be written to by the base; empty
    once they took that back.  `told_by` is link (they typed it) or office (they said so to it)."""

    __tablename__ = "graduate_addresses"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    address: Mapped[str]
    consented_on: Mapped[date]
    told_by: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    __table_args__ = (CheckConstraint(one_of("told_by", TOLD_BY), name="told_by_is_known"),)

    @property
    def key(self) -> int:
        return self.person_id


class PromotionTold(Model):
    """That somebody was told, once, that they meet the conditions of a scheme; `how` is portal or
    mail."""

    __tablename__ = "promotion_told"

    scheme_id: Mapped[int] = mapped_column(ForeignKey("promotion_schemes.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    told_at: Mapped[datetime]
    how: Mapped[str]
