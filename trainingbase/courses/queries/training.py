"""Months of training of residents, for the rules: what is wanted, credited and placed."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.courses.rules.months import Earned, Stay, Wanted, plain
from trainingbase.db import db
from trainingbase.enrolment.models import Credit
from trainingbase.programmes.models import Requirement, StandardDepartment
from trainingbase.rotations.models import Placement


def wanted_by(programme_ids: Iterable[int]) -> dict[int, list[Wanted]]:
    """What each programme wants, in its order."""
    found: dict[int, list[Wanted]] = {}
    rows = db.session.scalars(
        select(Requirement)
        .where(Requirement.programme_id.in_(set(programme_ids)))
        .options(joinedload(Requirement.elective_group))
        .order_by(Requirement.programme_id, Requirement.position, Requirement.id)
    )
    for one in rows:
        group = one.elective_group
        found.setdefault(one.programme_id, []).append(
            Wanted(
                one.standard_department_id,
                one.months,
                group.id if group else None,
                group.months if group else None,
            )
        )
    return found


def earned_by(resident_ids: Iterable[int]) -> dict[int, list[Earned]]:
    found: dict[int, list[Earned]] = {}
    rows = db.session.scalars(
        select(Credit).where(Credit.resident_id.in_(list(resident_ids))).order_by(Credit.id)
    )
    for one in rows:
        found.setdefault(one.resident_id, []).append(
            Earned(one.standard_department_id, one.months, one.kind == "done", one.until_on)
        )
    return found


def stays_of(resident_ids: Iterable[int]) -> dict[int, list[Stay]]:
    """Live placements, in order of time."""
    found: dict[int, list[Stay]] = {}
    rows = db.session.execute(
        select(
            Placement.resident_id,
            Placement.id,
            Placement.standard_department_id,
            Placement.starts_on,
            Placement.ends_on,
            Placement.repeats_at.is_not(None),
        )
        .where(Placement.cancelled_at.is_(None), Placement.resident_id.in_(list(resident_ids)))
        .order_by(Placement.starts_on)
    )
    for resident_id, *stay in rows:
        found.setdefault(resident_id, []).append(Stay(*stay))
    return found


def standards() -> dict[int, StandardDepartment]:
    return {one.id: one for one in db.session.scalars(select(StandardDepartment))}


def names_of(standard_ids: Iterable[int], known: dict[int, StandardDepartment]) -> list[list]:
    """[Chinese, English] of each."""
    return [[known[key].name, known[key].name_en] for key in standard_ids]


__all__ = ["earned_by", "names_of", "plain", "standards", "stays_of", "wanted_by"]
