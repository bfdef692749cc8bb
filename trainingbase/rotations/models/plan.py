"""A plan: all placements of its cohorts over a horizon, as a draft until it is published."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment
from trainingbase.sites.models import Department
from trainingbase.wishes.models import Round


class AlreadyPublished(Exception):
    """A published plan is what people act on: it is replaced or withdrawn, never edited."""


class NotPublished(Exception):
    """Only a published plan can be withdrawn."""


class NotReady(Exception):
    """A plan is published once it is solved and keeps every rule."""


plan_cohorts = Table(
    "plan_cohorts",
    Model.metadata,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("cohort_id", ForeignKey("cohorts.id"), primary_key=True),
)

plan_wishes = Table(
    "plan_wishes",
    Model.metadata,
    Column("plan_id", ForeignKey("plans.id"), primary_key=True),
    Column("round_id", ForeignKey("wish_rounds.id"), nullable=False, index=True),
)


class Plan(Versioned, Model):
    """`cohorts` are planned anew; everyone else's placements are copied from `based_on`.

    `origin` says where the rows came from: solver, import or copy; the wishes of `wish_round`
    were weighed.  `cost` holds the parts of the plan's cost by name, `because` why no lawful
    plan was found, in words of both languages.

    A plan that `is_what_if` answers for what is `supposed` (see `rules.supposing`): it is compared
    and taken over as a draft, never published itself; `imagined` are rows of people who are only
    supposed.  `way` is how the solver weighs moves against the plan before (see `rules.ways`);
    what starts within `notice_days` stays.  `bottlenecks` are [department, half month, value of
    one more place], `accepted` the breaches it was published with.
    """

    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    origin: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    seconds: Mapped[int]
    seed: Mapped[int] = mapped_column(default=1)
    requested_at: Mapped[datetime]
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime | None]
    alive_at: Mapped[datetime | None]  # the worker's last sign of life
    stop_asked_at: Mapped[datetime | None]
    solved_at: Mapped[datetime | None]
    status: Mapped[str | None]  # the solver's word: optimal, feasible, partial, infeasible
    cost: Mapped[dict | None]
    bound: Mapped[Decimal | None]
    because: Mapped[list | None]
    way: Mapped[str | None]
    notice_days: Mapped[int] = mapped_column(default=0, server_default="0")
    is_what_if: Mapped[bool] = mapped_column(default=False, server_default="0")
    supposed: Mapped[list | None]
    imagined: Mapped[list | None]
    bottlenecks: Mapped[list | None]
    accepted: Mapped[list | None]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # True or nothing, and unique: two plans in force could not be told apart in the corridor.
    in_force: Mapped[bool | None] = mapped_column(unique=True)
    discarded_at: Mapped[datetime | None]
    request_key: Mapped[str | None] = mapped_column(unique=True)

    wish_round: Mapped[Round | None] = relationship(secondary=plan_wishes)
    cohorts: Mapped[list[Cohort]] = relationship(secondary=plan_cohorts, order_by=Cohort.id)
    based_on: Mapped["Plan | None"] = relationship(remote_side=[id])
    requested_by: Mapped[Person | None] = relationship(foreign_keys=[requested_by_id])
    published_by: Mapped[Person | None] = relationship(foreign_keys=[published_by_id])

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint(
            "(published_at IS NULL) = (published_by_id IS NULL)", name="publication_is_whole"
        ),
        CheckConstraint(
            "withdrawn_at IS NULL OR published_at IS NOT NULL", name="withdrawn_once_published"
        ),
        CheckConstraint("origin IN ('solver', 'import', 'copy')", name="origin_is_known"),
        CheckConstraint(
            "(in_force IS NOT NULL) = (published_at IS NOT NULL AND withdrawn_at IS NULL)",
            name="in_force_while_published",
        ),
    )

    @property
    def is_waiting(self) -> bool:
        return self.solved_at is None and self.discarded_at is None

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def may_be_edited(self) -> bool:
        return self.is_draft and self.discarded_at is None and not self.is_what_if

    def publish(self, *, by: Person, at: datetime) -> None:
        if self.published_at is not None:
            raise AlreadyPublished(self.title)
        if self.solved_at is None or self.discarded_at is not None or self.is_what_if:
            raise NotReady(self.title)
        self.published_by_id, self.published_at, self.in_force = by.id, at, True

    def withdraw(self, *, by: Person, at: datetime) -> None:
        if not self.in_force:
            raise NotPublished(self.title)
        self.withdrawn_by_id, self.withdrawn_at, self.in_force = by.id, at, None


class PlannedPlacement(Versioned, Model):
    """A row of a plan: one resident, one department, for one standard department of theirs."""

    __tablename__ = "planned_placements"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    standard_department_id: Mapped[int] = mapped_column(ForeignKey("standard_departments.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    plan: Mapped[Plan] = relationship()
    resident: Mapped[Resident] = relationship()
    department: Mapped[Department] = relationship()
    standard_department: Mapped[StandardDepartment] = relationship()

    __table_args__ = (
        UniqueConstraint("plan_id", "resident_id", "starts_on"),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
    )


class PlanNote(Model):
    """What a grid shows that is no placement and no leave: the graduation examination."""

    __tablename__ = "plan_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    text: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    __table_args__ = (UniqueConstraint("plan_id", "resident_id", "starts_on"),)


class Progress(Model):
    """What the worker said while it solved a plan."""

    __tablename__ = "plan_progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    at: Mapped[datetime]
    seconds: Mapped[Decimal]
    unplaced: Mapped[int | None]
    cost: Mapped[Decimal | None]
    bound: Mapped[Decimal | None]
