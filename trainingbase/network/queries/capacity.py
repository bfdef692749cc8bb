"""The capacity calendar: places, planned, present and absent by department and month."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.months import months_later
from trainingbase.network.rules.capacity import Cell, Placed, cell_of
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES, visible_to
from trainingbase.sites.models import Department
from trainingbase.sites.queries.places import departments_with_openings
from trainingbase.sites.rules.places import places_of_month


def calendar_of(
    department_ids: Sequence[int], months: Sequence[date]
) -> dict[int, dict[date, Cell]]:
    """By department and month, in as many statements for ten departments as for a thousand."""
    if not months:
        return {}
    first, after = months[0], months_later(months[-1], 1)
    stays = _stays(department_ids, first, after)
    return {
        one.id: {
            month: cell_of(month, places_of_month(opening, month), stays[one.id])
            for month in months
        }
        for one, opening in departments_with_openings(Department.id.in_(department_ids))
    }


def _stays(department_ids: Sequence[int], first: date, after: date) -> dict[int, list[Placed]]:
    rows = db.session.execute(
        select(
            Placement.department_id,
            Placement.resident_id,
            Placement.starts_on,
            Placement.ends_on,
        ).where(
            Placement.department_id.in_(department_ids),
            Placement.cancelled_at.is_(None),
            Placement.starts_on < after,
            Placement.ends_on > first,
        )
    ).all()
    leaves = _leaves(first, after)
    found: dict[int, list[Placed]] = defaultdict(list)
    for department_id, resident_id, starts_on, ends_on in rows:
        away = tuple(leaves.get(resident_id, ()))
        found[department_id].append(Placed(starts_on, ends_on, away))
    return found


def _leaves(first: date, after: date) -> dict[int, list[tuple[date, date]]]:
    """Granted leave by resident, as long as it really was."""
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for resident_id, starts_on, ends_on, returned_on in db.session.execute(
        select(Leave.resident_id, Leave.starts_on, Leave.ends_on, Leave.returned_on).where(
            Leave.granted.is_(True), Leave.starts_on < after, Leave.ends_on > first
        )
    ):
        end = ends_on if returned_on is None else min(ends_on, returned_on)
        found[resident_id].append((starts_on, end))
    return found


def rows_of(viewer: Person, department: Department, month: date, *, today: date):
    """The placements under one cell that this person may see, by day of beginning."""
    return db.session.scalars(
        visible_to(viewer, today)
        .where(
            Placement.department_id == department.id,
            Placement.starts_on < months_later(month, 1),
            Placement.ends_on > month,
        )
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on, Placement.id)
    ).all()


def leaves_of(resident_ids: Sequence[int], month: date) -> dict[int, list[Leave]]:
    """Granted leave of these residents that touches the month."""
    found: dict[int, list[Leave]] = defaultdict(list)
    for one in db.session.scalars(
        select(Leave).where(
            Leave.resident_id.in_(resident_ids),
            Leave.granted.is_(True),
            Leave.starts_on < months_later(month, 1),
            Leave.ends_on > month,
        )
    ):
        found[one.resident_id].append(one)
    return found
