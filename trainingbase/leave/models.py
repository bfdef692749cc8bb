"""The base's rules of leave, the chain of each leave, its papers, and what it does to the end."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.files.models import StoredFile
from trainingbase.leave.rules.counting import Span
from trainingbase.leave.rules.judging import KindRule
from trainingbase.people.models import Person
from trainingbase.sites.models import Department


class NotAllowed(Exception):
    """The rules refuse the leave; `refusals` say where and why."""

    def __init__(self, refusals):
        super().__init__([one.because for one in refusals])
        self.refusals = list(refusals)


class NotYours(Exception):
    """Somebody else decides now, or nobody any more."""


class NotPossible(Exception):
    """The leave is not in a state for that: not granted, ended already, or not begun."""


class OutsideTheLeave(Exception):
    """The first day back lies before the leave, or after its last day."""


class LeaveRule(Versioned, Model):
    """What the base has decided about one kind of leave (see `rules.judging.KindRule`)."""

    __tablename__ = "leave_rules"

    kind: Mapped[str] = mapped_column(primary_key=True)
    by_residents: Mapped[bool]
    paid: Mapped[bool]
    working_days: Mapped[bool]
    attachment_from_days: Mapped[int | None]
    most_days_a_year: Mapped[int | None]
    most_days_an_event: Mapped[int | None]
    extends: Mapped[bool]
    extends_after_days: Mapped[int]
    in_total: Mapped[bool]
    supervisor_from_days: Mapped[int | None]
    secretary_from_days: Mapped[int | None]
    tutor_from_days: Mapped[int | None]
    office_from_days: Mapped[int | None]
    source: Mapped[str]
    confidence: Mapped[str]

    __table_args__ = (
        CheckConstraint("extends_after_days >= 0", name="after_not_negative"),
        CheckConstraint("confidence IN ('H', 'M', 'S')", name="confidence_is_known"),
    )

    @property
    def key(self) -> str:
        """What the history knows the row by."""
        return self.kind

    @property
    def rule(self) -> KindRule:
        names = KindRule.__dataclass_fields__
        return KindRule(**{name: getattr(self, name) for name in names})


class Step(Model):
    """One approval of a chain.  Whose it is: `person_id` (supervisor, tutor), the secretary of
    `department_id` or the coordinator of its site, or the office.  `opened_at` is when it came
    to be the one that is asked; `passed_because` says why the office is asked instead."""

    __tablename__ = "leave_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    leave_id: Mapped[int] = mapped_column(ForeignKey("leaves.id"))
    position: Mapped[int]
    step: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    opened_at: Mapped[datetime | None]
    passed_because: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved: Mapped[bool | None]
    reason: Mapped[str | None]

    leave: Mapped[Leave] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    department: Mapped[Department | None] = relationship()

    __table_args__ = (
        UniqueConstraint("leave_id", "position"),
        CheckConstraint(
            "step IN ('supervisor', 'secretary', 'tutor', 'office')", name="step_is_known"
        ),
        CheckConstraint(
            "passed_because IN ('nobody', 'left', 'no_account', 'handed_over')",
            name="passed_is_known",
        ),
        CheckConstraint("(approved IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
    )

    @property
    def is_the_offices(self) -> bool:
        return self.step == "office" or self.passed_because is not None

    def decide(self, approved: bool, reason: str | None, *, by: Person, at: datetime) -> None:
        if self.decided_at is not None or self.opened_at is None:
            raise NotYours
        decider = by.id
        self.approved, self.reason = approved, reason
        self.decided_by_id, self.decided_at = decider, at


class LeavePaper(Model):
    """A file that a leave stands on."""

    __tablename__ = "leave_papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    leave_id: Mapped[int] = mapped_column(ForeignKey("leaves.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)

    file: Mapped[StoredFile] = relationship()


class EndDateChange(Versioned, Model):
    """Days by which a leave moves the end of the training; negative when it became shorter.
    It is only proposed until the office does it, or dismisses it with a reason."""

    __tablename__ = "end_date_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    leave_id: Mapped[int] = mapped_column(ForeignKey("leaves.id"), index=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    days: Mapped[int]
    proposed_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done: Mapped[bool | None]
    before_on: Mapped[date | None]
    after_on: Mapped[date | None]
    reason: Mapped[str | None]

    leave: Mapped[Leave] = relationship()
    resident: Mapped[Resident] = relationship()
    decided_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        CheckConstraint("days <> 0", name="days_are_some"),
        CheckConstraint("(done IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        Index(
            "uq_end_date_changes_leave_id_open",
            "leave_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    def decide(self, done: bool, *, by: Person, at: datetime, reason: str | None) -> None:
        if self.decided_at is not None:
            raise NotPossible
        decider = by.id
        self.done, self.reason = done, reason
        self.decided_by_id, self.decided_at = decider, at


def span_of(leave: Leave) -> Span:
    return Span(leave.id, leave.kind, leave.starts_on, leave.until_on)
