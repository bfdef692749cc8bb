"""Rules that watch, what they found, and what the resident says to it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person


class WatchRule(Versioned, Model):
    """`settings` are the numbers of the rule (see `rules.watching`), all the base's own.  A rule is
    silent, seen by the office alone, until the base has looked at what it would have said and
    switches it on (`valid_from`, with `because`)."""

    __tablename__ = "watch_rules"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    settings: Mapped[dict]
    valid_from: Mapped[date | None]
    because: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    source: Mapped[str]
    confidence: Mapped[str]

    decided_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        CheckConstraint("(valid_from IS NULL) = (because IS NULL)", name="decision_is_whole"),
    )

    @property
    def id(self) -> str:
        return self.code


class Signal(Model):
    """A rule fired.  `key` says for what, so that it fires for it once; `facts` why, and by which
    rows.  `is_silent` where the rule was not switched on: only the office sees it."""

    __tablename__ = "signals"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_code: Mapped[str] = mapped_column(ForeignKey("watch_rules.code"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    key: Mapped[str]
    facts: Mapped[dict]
    is_silent: Mapped[bool]
    fired_on: Mapped[date]
    over_on: Mapped[date | None]

    rule: Mapped[WatchRule] = relationship()
    resident: Mapped[Resident] = relationship()
    contest: Mapped["Contest | None"] = relationship(back_populates="signal")

    __table_args__ = (UniqueConstraint("rule_code", "resident_id", "key"),)


class Contest(Versioned, Model):
    """The resident contests a signal; somebody of the office answers: `upheld` where it stands."""

    __tablename__ = "signal_contests"

    signal_id: Mapped[int] = mapped_column(ForeignKey("signals.id"), primary_key=True)
    because: Mapped[str]
    made_at: Mapped[datetime]
    answer: Mapped[str | None]
    upheld: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    signal: Mapped[Signal] = relationship(back_populates="contest")
    answered_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answer_is_whole"),
    )

    @property
    def id(self) -> int:
        return self.signal_id
