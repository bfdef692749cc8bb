"""Residents in training and out of it, what they bring with them, and their leave."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.people.models import Person
from trainingbase.programmes.models import Programme, StandardDepartment
from trainingbase.sheets import identity

TRAINEE_TYPES = ("own", "sent", "social", "rural", "master")
"""本单位人, 委培单位人, 社会人, 订单定向, 在校专硕"""

LEAVE_KINDS = (
    "personal",
    "sick",
    "maternity",
    "marriage",
    "annual",
    "compensatory",
    "paternity",
    "family_planning",
    "bereavement",
    "abroad",
    "study",
    "full_time_study",
    "radiation",
    "absence",
)
"""事假 病假 产假 婚假 年假 补休 陪产假 计生假 丧假 出国 进修 脱产读研 放射假 旷工"""


def masked_within(text: str | None, id_number: str) -> str | None:
    """A text in which this ID number, if it is there, cannot be read."""
    return text and text.replace(id_number, id_number[:6] + "********" + id_number[-4:])


class AlreadyDecided(Exception):
    """Leave is granted or refused once."""


class Cohort(Model):
    """A year's intake of one programme (2025级助理全科)."""

    __tablename__ = "cohorts"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str]

    programme: Mapped[Programme] = relationship()

    __table_args__ = (UniqueConstraint("year", "programme_id"),)

    @classmethod
    def of(cls, year: int, programme: Programme, *, among: Collection[str]) -> "Cohort":
        """A new one, named so that no name in `among` is used twice."""
        assistant = programme.code.upper().startswith("A")
        name = f"{year}级{'助理全科' if assistant else ''}"
        if name in among:
            name = f"{name}（{programme.code}）"
        name_en = f"{year} intake{' of assistant GPs' if assistant else ''}"
        return cls(year=year, programme=programme, name=name, name_en=name_en)


class Resident(Versioned, Model):
    """A person in training, or who has left it.

    `ends_on` is when training should end (exclusive).  A resident is in training while neither
    `finished_on` nor `withdrawn_on` has come.
    """

    __tablename__ = "residents"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohorts.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    id_number: Mapped[str] = mapped_column(unique=True)
    sex: Mapped[str]
    education: Mapped[str | None]
    degree: Mapped[str | None]
    school: Mapped[str | None]
    major: Mapped[str | None]
    graduated: Mapped[str | None]  # YYYY-MM or YYYY-MM-DD, as precise as is known
    licence_number: Mapped[str | None]
    trainee_type: Mapped[str | None]
    home_institution: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    tutor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    finished_on: Mapped[date | None]
    certificate_number: Mapped[str | None]
    employer: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    note: Mapped[str | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    tutor: Mapped[Person | None] = relationship(foreign_keys=[tutor_id])
    cohort: Mapped[Cohort] = relationship()
    programme: Mapped[Programme] = relationship()
    credits: Mapped[list["Credit"]] = relationship(back_populates="resident")
    leaves: Mapped[list["Leave"]] = relationship(
        back_populates="resident", order_by="Leave.starts_on"
    )

    __table_args__ = (
        CheckConstraint("sex IN ('男', '女')", name="sex_is_known"),
        CheckConstraint(
            "trainee_type IN ('own', 'sent', 'social', 'rural', 'master')",
            name="trainee_type_is_known",
        ),
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
    )

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def is_in_training(self) -> bool:
        return self.finished_on is None and self.withdrawn_on is None

    @property
    def left_on(self) -> date | None:
        """The first day out of training of somebody who finished or withdrew, which may lie ahead;
        `finished_on` is a last day."""
        after = self.finished_on + timedelta(days=1) if self.finished_on is not None else None
        return min((day for day in (after, self.withdrawn_on) if day is not None), default=None)

    @property
    def born_on(self) -> date | None:
        """By the ID number; None for one that follows no rule."""
        return (
            identity.birth_of(self.id_number) if identity.id_number(self.id_number).value else None
        )

    @property
    def masked_id_number(self) -> str:
        return self.id_number[:6] + "********" + self.id_number[-4:]

    @property
    def masked_licence_number(self) -> str | None:
        """Many a licence's number has the ID number in it."""
        return masked_within(self.licence_number, self.id_number)


class Credit(Model):
    """Months a resident need not do again: done here before the plan began, or accepted from
    elsewhere.  Without a department it is known that months count, but not which."""

    __tablename__ = "credits"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    standard_department_id: Mapped[int | None] = mapped_column(
        ForeignKey("standard_departments.id")
    )
    months: Mapped[Decimal]
    kind: Mapped[str]  # done: trained here earlier; accepted: credited from elsewhere
    until_on: Mapped[date | None]

    resident: Mapped[Resident] = relationship(back_populates="credits")
    standard_department: Mapped[StandardDepartment | None] = relationship()

    __table_args__ = (
        UniqueConstraint("resident_id", "standard_department_id", "kind"),
        CheckConstraint("kind IN ('done', 'accepted')", name="kind_is_known"),
        CheckConstraint("months > 0", name="months_positive"),
    )


class Leave(Versioned, Model):
    """Time away; `ends_on` is exclusive.  Only granted leave counts, and only until `returned_on`.

    What was withdrawn before a decision, or revoked after one, is not granted, and `closed_as`
    says which.  `reported_on` is the first day back as the resident said it; `returned_on` is
    that day once it is confirmed.  Days of one resident never stand in two leaves that wait or
    are granted: `leave.actions` holds that, row by row under the resident's lock.
    """

    __tablename__ = "leaves"

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    kind: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str | None]
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    returned_on: Mapped[date | None]
    note: Mapped[str | None]
    asked_at: Mapped[datetime | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_as: Mapped[str | None]
    reported_on: Mapped[date | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str | None] = mapped_column(unique=True)

    resident: Mapped[Resident] = relationship(back_populates="leaves")
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    asked_by: Mapped[Person | None] = relationship(foreign_keys=[asked_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_it_ends"),
        CheckConstraint("(granted IS NULL) = (decided_at IS NULL)", name="decision_is_whole"),
        CheckConstraint(
            "closed_as IS NULL OR (closed_as IN ('withdrawn', 'revoked') AND NOT granted)",
            name="closed_is_not_granted",
        ),
        Index("ix_leaves_starts_on_ends_on", "starts_on", "ends_on"),
        Index("ix_leaves_resident_id_starts_on", "resident_id", "starts_on"),
        Index(
            "uq_leaves_resident_id_starts_on_standing",
            "resident_id",
            "starts_on",
            unique=True,
            sqlite_where=text("granted IS NOT false"),
            postgresql_where=text("granted IS NOT false"),
        ),
    )

    @property
    def until_on(self) -> date:
        """The exclusive end of the days really taken."""
        if self.returned_on is None:
            return self.ends_on
        return max(self.starts_on, min(self.ends_on, self.returned_on))

    @property
    def days(self) -> int:
        """Calendar days, as they were taken."""
        return (self.until_on - self.starts_on).days

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def state(self) -> str:
        if self.closed_as is not None:
            return self.closed_as
        return {None: "waiting", True: "granted", False: "refused"}[self.granted]

    def decide(self, granted: bool, *, by: Person, at: datetime) -> None:
        if self.granted is not None:
            raise AlreadyDecided
        self.granted, self.decided_by_id, self.decided_at = granted, by.id, at

    def close(self, how: str, *, by: Person, at: datetime) -> None:
        """Withdrawn before a decision, or revoked after one."""
        if self.closed_as is not None or self.granted is False:
            raise AlreadyDecided
        decider = by.id
        self.closed_as, self.granted = how, False
        self.decided_by_id, self.decided_at = decider, at
