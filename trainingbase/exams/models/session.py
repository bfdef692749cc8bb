"""An OSCE: stations, who examines at them, who goes round, and when."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from trainingbase.db import Model, Versioned
from trainingbase.enrolment.models import Resident
from trainingbase.exams.models.sitting import ExamSitting
from trainingbase.instruments.models import Instrument
from trainingbase.people.models import Person

STATES = ("draft", "planned", "open", "closed", "released")


class Osce(Versioned, Model):
    """`circuits` parallel circuits with `rests` rest stations each; `change_minutes` between two
    stations and `pause_minutes` between two waves.  It is a draft until `planned_at`; marks are
    taken between `opened_at` and `closed_at`.  Passing needs the total, every station that must
    be passed, and at least `least_stations` passed stations.  Its scores become the skills of
    `sitting`, if there is one."""

    __tablename__ = "osce_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str | None] = mapped_column(unique=True)
    title: Mapped[str]
    held_on: Mapped[date]
    begins_at: Mapped[datetime]
    place: Mapped[str | None]
    circuits: Mapped[int] = mapped_column(default=1)
    rests: Mapped[int] = mapped_column(default=0)
    change_minutes: Mapped[int] = mapped_column(default=1)
    pause_minutes: Mapped[int] = mapped_column(default=0)
    least_stations: Mapped[int | None]
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("exam_sittings.id"), index=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    planned_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    appeals_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    sitting: Mapped[ExamSitting | None] = relationship()
    released_by: Mapped[Person | None] = relationship(foreign_keys=[released_by_id])
    stations: Mapped[list["OsceStation"]] = relationship(
        back_populates="session", order_by="OsceStation.position"
    )

    __table_args__ = (
        CheckConstraint("circuits BETWEEN 1 AND 26", name="circuits_in_reach"),
        CheckConstraint("rests BETWEEN 0 AND 30", name="rests_in_reach"),
    )

    @property
    def state(self) -> str:
        moments = (self.released_at, self.closed_at, self.opened_at, self.planned_at)
        for state, moment in zip(reversed(STATES), moments, strict=False):
            if moment is not None:
                return state
        return "draft"

    @property
    def is_marked_now(self) -> bool:
        return self.state == "open"


class OsceStation(Versioned, Model):
    """`dropped_because`: left out of every result.  `weight` is its part in the total."""

    __tablename__ = "osce_stations"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("osce_sessions.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str | None]
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instruments.id"))
    minutes: Mapped[int]
    weight: Mapped[Decimal]
    must_pass: Mapped[bool] = mapped_column(default=False)
    task: Mapped[str | None]
    briefing: Mapped[str | None]
    dropped_because: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    session: Mapped[Osce] = relationship(back_populates="stations")
    instrument: Mapped[Instrument] = relationship()

    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 240", name="minutes_in_reach"),
        CheckConstraint("weight > 0", name="weight_above_nothing"),
    )


class OsceExaminer(Model):
    """Who marks at a station of a circuit; in one session everybody is in one room only."""

    __tablename__ = "osce_examiners"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("osce_sessions.id"))
    station_id: Mapped[int] = mapped_column(ForeignKey("osce_stations.id"), index=True)
    circuit: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    absent_because: Mapped[str | None]

    station: Mapped[OsceStation] = relationship()
    session: Mapped[Osce] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("session_id", "person_id"),)


class OsceCandidate(Model):
    """`number` is on the slip (A03): nobody at a station needs the name."""

    __tablename__ = "osce_candidates"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("osce_sessions.id"))
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    circuit: Mapped[int | None]
    number: Mapped[str | None]
    arrived_at: Mapped[datetime | None]
    absent_because: Mapped[str | None]
    result: Mapped[dict | None]
    """What was released, word for word: see `rules.results`."""

    session: Mapped[Osce] = relationship()
    resident: Mapped[Resident] = relationship()

    __table_args__ = (UniqueConstraint("session_id", "resident_id"),)


class OsceSlot(Model):
    """One candidate at one station.  `round` counts the bells from 0.  A voided one is not
    marked; its candidate goes again in a later round."""

    __tablename__ = "osce_slots"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("osce_sessions.id"), index=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("osce_stations.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("osce_candidates.id"), index=True)
    circuit: Mapped[int]
    round: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    voided_because: Mapped[str | None]
    voided_at: Mapped[datetime | None]

    station: Mapped[OsceStation] = relationship()
    candidate: Mapped[OsceCandidate] = relationship()
    session: Mapped[Osce] = relationship()

    __table_args__ = (
        Index(
            "uq_osce_slots_station_id_candidate_id_kept",
            "station_id",
            "candidate_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        Index(
            "uq_osce_slots_station_id_circuit_round_kept",
            "station_id",
            "circuit",
            "round",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        Index(
            "uq_osce_slots_candidate_id_round_kept",
            "candidate_id",
            "round",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )
