"""Who may be proposed for a title or an honour, and what was given."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.careers.models.bond import one_of
from trainingbase.careers.rules.eligibility import OPERATORS, PEOPLE
from trainingbase.db import Model, Versioned
from trainingbase.files.models import StoredFile
from trainingbase.people.models import Person

LEVELS = ("national", "provincial", "municipal", "county", "base")


class Scheme(Versioned, Model):
    """A list of conditions for one title or honour, of faculty, residents or graduates; all must
    be met.  `source` says which document asks for it."""

    __tablename__ = "promotion_schemes"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    people: Mapped[str]
    source: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    conditions: Mapped[list["Condition"]] = relationship(
        back_populates="scheme", order_by="Condition.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint(one_of("people", PEOPLE), name="people_are_known"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
    )

    def is_in_force(self, today: date) -> bool:
        return self.starts_on <= today and (self.ends_on is None or today < self.ends_on)


class Condition(Model):
    """`figure` is what is measured, over the last `window_months` or, without, ever."""

    __tablename__ = "promotion_conditions"

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("promotion_schemes.id"), index=True)
    figure: Mapped[str]
    operator: Mapped[str]
    threshold: Mapped[Decimal]
    window_months: Mapped[int | None]

    scheme: Mapped[Scheme] = relationship(back_populates="conditions")

    __table_args__ = (
        CheckConstraint(one_of("operator", OPERATORS), name="operator_is_known"),
        CheckConstraint("window_months > 0", name="window_positive"),
    )


class Award(Versioned, Model):
    """An honour given to somebody; what was entered in error is withdrawn and stays readable."""

    __tablename__ = "awards"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str]
    level: Mapped[str]
    given_on: Mapped[date]
    given_by: Mapped[str | None]
    number: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), index=True)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    file: Mapped[StoredFile | None] = relationship()
    entered_by: Mapped[Person] = relationship(foreign_keys=[entered_by_id])

    __table_args__ = (
        CheckConstraint(one_of("level", LEVELS), name="level_is_known"),
        Index("ix_awards_given_on", "given_on"),
    )
