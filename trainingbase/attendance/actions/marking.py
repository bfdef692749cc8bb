"""Recording days: one by one, many at once, or a whole department present."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trainingbase.attendance.actions.holding import held_month
from trainingbase.attendance.models import ConfirmedDay, Mark
from trainingbase.attendance.models.records import MonthIsClosed, NotPossible
from trainingbase.attendance.queries.choices import choice_row_on
from trainingbase.attendance.queries.months import month_row
from trainingbase.attendance.queries.record import record_of, stays_of
from trainingbase.attendance.queries.roster import confirmed, marks_of
from trainingbase.attendance.rules.states import (
    ABSENCE,
    ONLY_HALF,
    PRESENT,
    UNKNOWN,
    WITH_REASON,
)
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.history.actions import note
from trainingbase.months import first_of_month
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department

Key = tuple[int, date]
"""Resident and day."""


class Overtaken(Exception):
    """Somebody else has changed these days meanwhile; nothing was saved."""

    def __init__(self, keys: Iterable[Key]):
        super().__init__()
        self.keys = list(keys)


@dataclass(frozen=True)
class Wanted:
    """What a day is to be; both halves None take the record back.  `version` is that of the
    mark it was filled from, 0 where there was none."""

    placement: Placement
    day: date
    morning: str | None
    afternoon: str | None
    reason: str | None
    version: int

    @property
    def key(self) -> Key:
        return self.placement.resident_id, self.day


def mark(wanted: Wanted, *, by: Person, at: datetime) -> Mark:
    """Raises `Overtaken`, `MonthIsClosed`, `NotPossible`."""
    return mark_many([wanted], by=by, at=at)[0]


def mark_many(wanted: Sequence[Wanted], *, by: Person, at: datetime) -> list[Mark]:
    """All, or none of them.  Raises `Overtaken`, `MonthIsClosed`, `NotPossible`."""
    if not wanted:
        return []
    decider, today = by.id, at.astimezone(LOCAL).date()
    try:
        for one in wanted:
            _check(one, today, by)
        beside = _hold_months(wanted, by)
        known = marks_of([one.key for one in wanted])
        stale = [one.key for one in wanted if _version(known.get(one.key)) != one.version]
        if stale:
            raise Overtaken(stale)
        how = {one.key: "office" if beside[_month(one)] else "hand" for one in wanted}
        made = [_put(one, known.get(one.key), how[one.key], by, at) for one in wanted]
        record(
            "mark-attendance",
            "attendance_marks",
            by=by,
            at=at,
            days=[f"{one.key[0]} {one.day.isoformat()}" for one in wanted[:40]],
            number=len(wanted),
        )
        _tell_absent(wanted, known, decider, at)
        db.session.commit()
    except IntegrityError as error:  # made at the same moment by somebody else
        db.session.rollback()
        raise Overtaken([one.key for one in wanted]) from error
    except (Overtaken, MonthIsClosed, NotPossible):
        db.session.rollback()
        raise
    return made


def _version(row: Mark | None) -> int:
    return row.version if row is not None else 0


def _month(one: Wanted) -> tuple[int, date]:
    return one.placement.department_id, first_of_month(one.day)


def _check(one: Wanted, today: date, by: Person) -> None:
    halves = {one.morning, one.afternoon}
    if one.placement.resident.person_id == by.id:
        raise NotPossible("own")
    if one.day > today:
        raise NotPossible("to_come")
    if len(halves) == 1 and halves & set(ONLY_HALF):
        raise NotPossible("whole_day_is_leave")
    if halves & set(WITH_REASON) and not one.reason:
        raise NotPossible("reason_needed")


def _hold_months(wanted: Sequence[Wanted], by: Person) -> dict[tuple[int, date], bool]:
    """Of each month, held now: whether it is closed, which only the office passes by."""
    found = {}
    for department_id, month_on in sorted({_month(one) for one in wanted}):
        month = held_month(department_id, month_on)
        found[department_id, month_on] = month.is_closed
    if any(found.values()):
        if not by.holds(Role.OFFICE):
            raise MonthIsClosed
        if any(not one.reason for one in wanted if found[_month(one)]):
            raise NotPossible("reason_needed_when_closed")
    return found


def _put(one: Wanted, row: Mark | None, how: str, by: Person, at: datetime) -> Mark:
    """History is kept of what a mark was before; a first one says itself who made it."""
    if row is None:
        row = Mark(
            resident_id=one.placement.resident_id,
            department_id=one.placement.department_id,
            day_on=one.day,
            morning=one.morning,
            afternoon=one.afternoon,
            reason=one.reason,
            how=how,
            marked_at=at,
            marked_by_id=by.id,
        )
        db.session.add(row)
        db.session.flush()
        note(row, {"halves": (None, _said(row))}, by=by, at=at, why=one.reason)
        return row
    before = _said(row)
    row.morning, row.afternoon, row.reason = one.morning, one.afternoon, one.reason
    row.how, row.marked_at, row.marked_by_id = how, at, by.id
    row.version += 1
    note(row, {"halves": (before, _said(row))}, by=by, at=at, why=one.reason)
    return row


def _said(row: Mark) -> str:
    return f"{row.morning or '-'}/{row.afternoon or '-'}"


def _tell_absent(wanted: Sequence[Wanted], known, by_id: int, at: datetime) -> None:
    """Whoever is noted absent without leave hears of it, and that they may appeal."""
    for one in wanted:
        before = known.get(one.key)
        was = before is not None and ABSENCE in before.halves and before.version == one.version
        person_id = one.placement.resident.person_id
        if ABSENCE in (one.morning, one.afternoon) and not was and person_id != by_id:
            leave_notice(
                "noted-absent",
                to_ids=[person_id],
                at=at,
                path=f"/attendance/mine?month={one.day:%Y-%m}",
                day=one.day.isoformat(),
            )


def confirm_day(department: Department, day: date, *, by: Person, at: datetime) -> int:
    """Everybody of whom nothing else is known was there; how many half days that settles.

    Where presence is by default one row says it; by code each resident's day is recorded, so
    that it stays visible who did not sign in.  Twice changes nothing.  Raises `NotPossible` for
    who is one of them: nobody says of themselves that they were there.
    """
    if day > at.astimezone(LOCAL).date():
        raise NotPossible("to_come")
    month = held_month(department.id, day)
    if month.is_closed:
        db.session.rollback()
        raise MonthIsClosed
    open_halves = _unknown_of(department, day)
    if is_among(by, [stay.resident_id for stay, _cell, _halves in open_halves]):
        db.session.rollback()
        raise NotPossible("own_among")
    settled = sum(len(halves) for _stay, _cell, halves in open_halves)
    if choice_row_on(day).mode == "default":
        if confirmed(department, day) is None:
            db.session.add(
                ConfirmedDay(
                    department_id=department.id, day_on=day, confirmed_at=at, confirmed_by_id=by.id
                )
            )
    else:
        _sign_in_by_hand(open_halves, department, day, by, at)
    if settled:
        record("confirm-day", department, by=by, at=at, day=day, half_days=settled)
    db.session.commit()
    return settled


def is_among(by: Person, resident_ids: Sequence[int]) -> bool:
    """Whether one of these residents is the person themselves."""
    mine = select(Resident.id).where(Resident.person_id == by.id)
    return db.session.scalar(mine) in set(resident_ids)


def _unknown_of(department: Department, day: date):
    from trainingbase.attendance.queries.months import placements_in

    there = [one.id for one in placements_in(department.id, first_of_month(day)) if one.covers(day)]
    loaded = record_of(stays_of(there, day, day + timedelta(days=1)))
    found = []
    for stay in loaded.stays.values():
        cell = loaded.cells(stay).get(day)
        if cell is not None and cell.arrived and UNKNOWN in cell.halves:
            names = ("morning", "afternoon")
            found.append((stay, cell, [n for n, h in zip(names, cell.halves, strict=True)
                                       if h == UNKNOWN]))  # fmt: skip
    return found


def _sign_in_by_hand(open_halves, department: Department, day: date, by: Person, at: datetime):
    known = marks_of([(stay.resident_id, day) for stay, _cell, _halves in open_halves])
    for stay, _cell, halves in open_halves:
        row = known.get((stay.resident_id, day))
        if row is None:
            row = Mark(
                resident_id=stay.resident_id,
                department_id=department.id,
                day_on=day,
                how="hand",
                marked_at=at,
                marked_by_id=by.id,
            )
            db.session.add(row)
        else:
            row.version += 1
            row.how, row.marked_at, row.marked_by_id = "hand", at, by.id
        for half in halves:
            setattr(row, half, PRESENT)
    db.session.flush()


def take_back_day(department: Department, day: date, *, by: Person, at: datetime) -> bool:
    """Undoes a confirmation by default; whether there was one.  Raises `MonthIsClosed`."""
    month = held_month(department.id, day)
    if month.is_closed:
        db.session.rollback()
        raise MonthIsClosed
    known = confirmed(department, day)
    if known is None:
        db.session.rollback()
        return False
    db.session.delete(known)
    record("take-back-day", department, by=by, at=at, day=day)
    db.session.commit()
    return True


def is_closed(department_id: int, day: date) -> bool:
    month = month_row(department_id, first_of_month(day))
    return month is not None and month.is_closed
