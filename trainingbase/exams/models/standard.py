"""Where to pass: panels of judges, their estimates, and the cuts that were frozen."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.exams.models.session import Osce, OsceStation
from trainingbase.exams.models.sitting import ExamSitting
from trainingbase.people.models import Person

METHODS = ("angoff", "group", "regression", "fixed")


class Panel(Versioned, Model):
    """Judges who estimate how a just passing candidate would do, on the stations of a session or
    on the items of a sitting's theory paper.  `round` counts from 1; while `is_open` each judge
    sees their own estimates only."""

    __tablename__ = "standard_panels"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("osce_sessions.id"), unique=True)
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("exam_sittings.id"), unique=True)
    round: Mapped[int] = mapped_column(default=1)
    is_open: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    session: Mapped[Osce | None] = relationship()
    sitting: Mapped[ExamSitting | None] = relationship()
    lines: Mapped[list["PanelLine"]] = relationship(order_by="PanelLine.position")
    judges: Mapped[list["PanelJudge"]] = relationship(
        order_by="PanelJudge.id", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("(session_id IS NULL) <> (sitting_id IS NULL)", name="of_one_thing"),
    )


class PanelLine(Model):
    """What is judged: a station (percent), or an item of a paper (chance in percent)."""

    __tablename__ = "standard_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("standard_panels.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    station_id: Mapped[int | None] = mapped_column(ForeignKey("osce_stations.id"))

    station: Mapped[OsceStation | None] = relationship()


class PanelJudge(Model):
    """`done_round` is the last round this judge has handed in."""

    __tablename__ = "standard_judges"

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("standard_panels.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    done_round: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("panel_id", "person_id"),)


class Estimate(Model):
    """In percent."""

    __tablename__ = "standard_estimates"

    judge_id: Mapped[int] = mapped_column(ForeignKey("standard_judges.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("standard_lines.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[Decimal]


class Cut(Model):
    """A pass mark in percent, frozen by somebody for a reason.  `is_current` is true or nothing:
    an earlier one stays readable."""

    __tablename__ = "osce_cuts"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("osce_sessions.id"), index=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("osce_stations.id"))
    method: Mapped[str]
    value: Mapped[Decimal]
    standard_error: Mapped[Decimal | None]
    candidates: Mapped[int | None]
    why: Mapped[str]
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    is_current: Mapped[bool | None] = mapped_column(default=True)

    station: Mapped[OsceStation] = relationship()
    frozen_by: Mapped[Person | None] = relationship()

    __table_args__ = (
        UniqueConstraint("station_id", "is_current"),
        CheckConstraint(
            "method IN ('angoff', 'group', 'regression', 'fixed')", name="method_is_known"
        ),
        CheckConstraint("length(why) > 0", name="why_not_empty"),
    )
