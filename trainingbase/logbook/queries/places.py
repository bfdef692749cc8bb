"""Where a resident is, and was so short a time ago that entries are still taken."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from trainingbase.db import columns, db
from trainingbase.enrolment.models import Resident
from trainingbase.prepared import prepared
from trainingbase.programmes.models import StandardDepartment
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES


def placements_to_log(resident: Resident, *, today: date, after: timedelta) -> Sequence[Placement]:
    """Where the resident is, or left so short a time ago that entries are still taken; the
    newest first."""
    return db.session.scalars(*_to_log(resident.id, today, today - after)).all()


@prepared
def _to_log(resident_id: int, starts_by: date, ends_after: date):
    return (
        select(Placement)
        .where(
            Placement.resident_id == resident_id,
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= starts_by,
            Placement.ends_on > ends_after,
        )
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on.desc())
    )


class Called(NamedTuple):
    """What a department is called."""

    name: str
    name_en: str | None


class OwnStay(NamedTuple):
    """A placement, as far as the page of one's own log shows it."""

    id: int
    starts_on: date
    ends_on: date
    is_primary_care: bool
    standard_department: Called


def own_stays(person_id: int, *, today: date, after: timedelta) -> tuple[int, list[OwnStay]]:
    """Somebody's id as a resident, and `placements_to_log` without the records.  Raises
    `NoResultFound`."""
    rows = columns(*_own_stays(person_id, today, today - after))
    if not rows:
        raise NoResultFound
    stays = [
        OwnStay(stay_id, starts_on, ends_on, is_primary_care, Called(name, name_en))
        for _id, stay_id, starts_on, ends_on, is_primary_care, name, name_en in rows
        if stay_id is not None
    ]
    return rows[0][0], stays


@prepared
def _own_stays(person_id: int, starts_by: date, ends_after: date):
    there = (
        (Placement.resident_id == Resident.id)
        & Placement.cancelled_at.is_(None)
        & (Placement.starts_on <= starts_by)
        & (Placement.ends_on > ends_after)
    )
    return (
        select(
            Resident.id,
            Placement.id,
            Placement.starts_on,
            Placement.ends_on,
            StandardDepartment.is_primary_care,
            StandardDepartment.name,
            StandardDepartment.name_en,
        )
        .outerjoin(Placement, there)
        .outerjoin(StandardDepartment, StandardDepartment.id == Placement.standard_department_id)
        .where(Resident.person_id == person_id)
        .order_by(Placement.starts_on.desc())
    )
