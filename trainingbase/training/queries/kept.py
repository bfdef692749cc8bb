"""Whether each department has held what is due: for the roster, and for quality."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity, Frequency, Kind, activity_departments
from trainingbase.training.queries.calendars import working_days
from trainingbase.training.queries.counting import HELD
from trainingbase.training.rules.keeping import (
    KEPT,
    MISSED,
    NOT_DUE,
    Due,
    Place,
    Rule,
    judged,
    rule_for,
)

MARGIN = timedelta(days=31)
"""A period that ends within the span may have begun so long before it."""


@dataclass(frozen=True)
class Kept:
    """Every department for which something is due, and each period of each kind."""

    departments: Sequence[Department]
    kinds: Sequence[Kind]
    rows: Sequence[Due]

    @property
    def kept(self) -> int:
        return sum(one.state == KEPT for one in self.rows)

    @property
    def missed(self) -> int:
        return sum(one.state == MISSED for one in self.rows)

    @property
    def share(self) -> float | None:
        """Of the periods that are over; None where none is."""
        over = self.kept + self.missed
        return self.kept / over if over else None


def kept(
    starts_on: date,
    ends_on: date,
    *,
    today: date,
    which: ColumnElement[bool] | None = None,
    kind: str = "",
) -> Kept:
    """Periods that end in [starts_on, ends_on), of the departments `which` (all); eight statements
    however many they are."""
    places = departments(which)
    ids = [one.id for one in places]
    ruled = [one for one in kinds_with_rules() if not kind or one.name == kind]
    works = working_days(places, starts_on - MARGIN, ends_on)
    held, stays = _held(starts_on - MARGIN, ends_on), _stays(ids, starts_on - MARGIN, ends_on)
    rows, shown = [], []
    for department in places:
        found: list[Due] = []
        for one in ruled:
            rule = rule_for(place_of(department), rules_of(one))
            if rule is None:
                continue
            found += judged(
                place_of(department),
                one.name,
                rule,
                span=(starts_on, ends_on),
                today=today,
                held=held[department.id, one.name],
                stays=stays[department.id],
                is_working=partial(works, department.id),
            )
        if any(one.state != NOT_DUE for one in found):
            shown.append(department)
            rows += found
    return Kept(shown, ruled, rows)


def departments(which: ColumnElement[bool] | None = None) -> Sequence[Department]:
    return db.session.scalars(
        select(Department)
        .where(which if which is not None else true())
        .options(joinedload(Department.institution), selectinload(Department.standards))
        .order_by(Department.institution_id, Department.id)
    ).all()


def kinds_with_rules() -> Sequence[Kind]:
    return db.session.scalars(
        select(Kind)
        .where(Kind.in_use, Kind.frequencies.any(Frequency.in_use))
        .options(selectinload(Kind.frequencies))
        .order_by(Kind.position, Kind.id)
    ).all()


def place_of(department: Department) -> Place:
    return Place(
        department.id,
        department.institution.is_primary_care,
        [one.name for one in department.standards],
    )


def rules_of(kind: Kind) -> list[Rule]:
    return [
        Rule(one.scope, one.times, one.period, one.standard, one.department_id)
        for one in kind.frequencies
        if one.in_use
    ]


def _held(starts_on: date, ends_on: date) -> dict[tuple[int, str], dict[date, int]]:
    """How many of each kind by department and day; what several hold together is each one's."""
    conditions = (HELD, Activity.held_on >= starts_on, Activity.held_on < ends_on)
    own = select(Activity.department_id, Activity.kind, Activity.held_on).where(
        *conditions, Activity.department_id.is_not(None)
    )
    joint = (
        select(activity_departments.c.department_id, Activity.kind, Activity.held_on)
        .join(Activity, Activity.id == activity_departments.c.activity_id)
        .where(*conditions)
    )
    found: dict[tuple[int, str], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for department_id, kind, day in db.session.execute(own.union_all(joint)):
        found[department_id, kind][day] += 1
    return found


def _stays(ids: list[int], starts_on: date, ends_on: date) -> dict[int, list[tuple[date, date]]]:
    rows = db.session.execute(
        select(Placement.department_id, Placement.starts_on, Placement.ends_on)
        .where(
            Placement.department_id.in_(ids),
            Placement.cancelled_at.is_(None),
            Placement.starts_on < ends_on,
            Placement.ends_on > starts_on,
        )
        .distinct()
    )
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for department_id, begins, ends in rows:
        found[department_id].append((begins, ends))
    return found
