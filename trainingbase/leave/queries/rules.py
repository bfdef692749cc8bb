"""What the base has decided about leave."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select

from trainingbase import holidays
from trainingbase.db import db
from trainingbase.enrolment.models import LEAVE_KINDS
from trainingbase.leave.models import LeaveRule
from trainingbase.leave.rules.judging import KindRule, Limits
from trainingbase.sites.models import DayOff
from trainingbase.thresholds.queries import values


def leave_rules() -> Sequence[LeaveRule]:
    """One of each kind, in the order of the kinds."""
    found = {one.kind: one for one in db.session.scalars(select(LeaveRule))}
    return [found[kind] for kind in LEAVE_KINDS if kind in found]


def leave_rule(kind: str) -> LeaveRule:
    return db.session.scalars(select(LeaveRule).where(LeaveRule.kind == kind)).one()


def kind_rules() -> dict[str, KindRule]:
    return {one.kind: one.rule for one in leave_rules()}


def years_known() -> set[int]:
    """The years whose public holidays the library knows, or of which some have been entered."""
    entered = {day.year for day in db.session.scalars(select(DayOff.day_on))}
    return entered | holidays.years()


def days_off() -> Select[tuple[DayOff]]:
    return select(DayOff).order_by(DayOff.day_on.desc())


def days_off_of(year: int) -> Sequence[DayOff]:
    """What the base has entered of a year, in order of time."""
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    rows = select(DayOff).where(DayOff.day_on >= first, DayOff.day_on < end)
    return db.session.scalars(rows.order_by(DayOff.day_on)).all()


def day_off(day: date) -> DayOff | None:
    return db.session.get(DayOff, day)


def limits() -> Limits:
    chosen = values()
    return Limits(
        late_days=int(chosen["leave_late_days"]),
        longest_days=int(chosen["leave_longest_days"]),
        exam_later_days=int(chosen["leave_exam_later_days"]),
    )
