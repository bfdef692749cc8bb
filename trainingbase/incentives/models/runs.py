"""Monthly runs, and lines that say why; once locked they stay as they are."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    event,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.clock import LOCAL
from trainingbase.db import Model, Versioned
from trainingbase.incentives.models.money import FundingSource, Rate
from trainingbase.incentives.models.schemes import Version
from trainingbase.instruments.models import changed_columns
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.sites.models import Department, Institution


class AlreadyApproved(Exception):
    """An approved run is not computed or approved again; a correction is a line of a later run."""


class Locked(Exception):
    """What belongs to a locked run is never changed: a later run corrects it."""


class Replaced(Exception):
    """The month was computed again: the newer run is the one to approve."""


class Run(Versioned, Model):
    """The computation of one month.  Until it is approved it may be computed again, which makes a
    new run and keeps the old one as replaced.

    `findings` are the cases that no rate pays for, `[{"kind", "facts", "evidence"}, …]`.
    """

    __tablename__ = "incentive_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    month_on: Mapped[date]
    computed_at: Mapped[datetime]
    computed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    replaced_at: Mapped[datetime | None]
    findings: Mapped[list] = mapped_column(default=list)

    computed_by: Mapped[Person | None] = relationship(foreign_keys=[computed_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])
    lines: Mapped[list["Line"]] = relationship(back_populates="run")
    approvals: Mapped[list["Approval"]] = relationship(back_populates="run", order_by="Approval.at")

    __table_args__ = (
        CheckConstraint(
            "(approved_at IS NULL) = (approved_by_id IS NULL)", name="approval_is_whole"
        ),
        Index(
            "uq_incentive_runs_month_on_current",
            "month_on",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )

    @property
    def is_current(self) -> bool:
        return self.replaced_at is None

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def was_computed_early(self) -> bool:
        """Before its month was over, so that not all of it was known."""
        return self.computed_at.astimezone(LOCAL).date() < months_later(self.month_on, 1)

    def replace(self, *, at: datetime) -> None:
        """Put another run in its place."""
        if self.is_approved:
            raise AlreadyApproved(self.month_on)
        self.replaced_at = at

    def approve(self, *, by: Person, at: datetime) -> None:
        """Lock it, with the second of its approvals."""
        if self.is_approved:
            raise AlreadyApproved(self.month_on)
        if not self.is_current:
            raise Replaced(self.month_on)
        self.approved_by_id, self.approved_at = by.id, at


def _identity(made) -> str:
    """Of a person's line, where nothing else is said."""
    row = made.get_current_parameters()
    return f"person:{row['payee_id']}/{row['rule']}/{row['key']}"


class Line(Model):
    """One amount with its reason: `rule` names the sentence, `facts` fill it, `evidence` lists
    the rows behind it as `[[table, id], …]`; amount = quantity × unit_amount, weighed by the terms
    in `facts` and cut by `cap`.

    A person is paid (`payee_id`), or else a department or a site; with a person both say where the
    money counts.  `identity` is the same in every computation of the month; a correction names
    the line it corrects.
    """

    __tablename__ = "incentive_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("incentive_runs.id"), index=True)
    payee_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("incentive_versions.id"))
    rate_id: Mapped[int | None] = mapped_column(ForeignKey("rates.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("funding_sources.id"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("incentive_lines.id"))
    identity: Mapped[str] = mapped_column(default=_identity)
    rule: Mapped[str]
    key: Mapped[str]
    quantity: Mapped[Decimal]
    unit_amount: Mapped[Decimal]
    cap: Mapped[Decimal | None]
    amount: Mapped[Decimal]
    facts: Mapped[dict] = mapped_column(default=dict)
    evidence: Mapped[list] = mapped_column(default=list)

    run: Mapped[Run] = relationship(back_populates="lines")
    payee: Mapped[Person | None] = relationship()
    department: Mapped[Department | None] = relationship()
    institution: Mapped[Institution | None] = relationship()
    scheme_version: Mapped[Version | None] = relationship()
    rate: Mapped[Rate | None] = relationship()
    source: Mapped[FundingSource | None] = relationship()
    corrects: Mapped["Line | None"] = relationship(remote_side=[id])

    __table_args__ = (
        UniqueConstraint("run_id", "identity"),
        Index("ix_incentive_lines_corrects_id", "corrects_id"),
        Index("ix_incentive_lines_version_id", "version_id"),
    )

    @property
    def paid_name(self) -> str:
        """Who is paid: a person, or else a department, or else a site."""
        who = self.payee or self.department or self.institution
        return who.name if who is not None else "—"

    @property
    def present_identity(self) -> str:
        """As computed now: whose it is may have become another record of the same person."""
        if not self.identity.startswith("person:"):
            return self.identity
        return f"person:{self.payee_id}/{self.identity.partition('/')[2]}"


class Snapshot(Model):
    """The facts, rules and rates of a run as they stood at its cut-off, packed; see `packing`."""

    __tablename__ = "incentive_snapshots"

    run_id: Mapped[int] = mapped_column(ForeignKey("incentive_runs.id"), primary_key=True)
    content: Mapped[bytes]
    digest: Mapped[str]


class Approval(Model):
    """One of the two approvals of a run: each by another person, in another role."""

    __tablename__ = "incentive_approvals"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("incentive_runs.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]
    at: Mapped[datetime]

    run: Mapped[Run] = relationship(back_populates="approvals")
    person: Mapped[Person] = relationship()

    __table_args__ = (
        UniqueConstraint("run_id", "role"),
        UniqueConstraint("run_id", "person_id"),
        CheckConstraint("role IN ('office', 'leader')", name="role_is_known"),
    )


def _is_locked(connection, run_id: int | None) -> bool:
    return bool(connection.scalar(select(Run.approved_at).where(Run.id == run_id)))


@event.listens_for(Line, "before_update")
@event.listens_for(Snapshot, "before_update")
def _keep_locked(_mapper, connection, row):
    """Whose a line is may change when two records of one person are merged; nothing else."""
    if changed_columns(row) - {"payee_id"} and _is_locked(connection, row.run_id):
        raise Locked(row)


@event.listens_for(Line, "before_delete")
@event.listens_for(Snapshot, "before_delete")
@event.listens_for(Approval, "before_delete")
@event.listens_for(Approval, "before_update")
@event.listens_for(Line, "before_insert")
def _keep(_mapper, connection, row):
    if _is_locked(connection, row.run_id):
        raise Locked(row)


@event.listens_for(Run, "before_update")
def _keep_run(_mapper, connection, row):
    people = {"computed_by_id", "approved_by_id"}
    if changed_columns(row) - people and _is_locked(connection, row.id):
        raise Locked(row)


@event.listens_for(Run, "before_delete")
def _keep_whole(_mapper, connection, row):
    if _is_locked(connection, row.id):
        raise Locked(row)
