"""Equipment comes and goes; staff and figures are kept year by year."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import note
from trainingbase.people.models import Person
from trainingbase.sites.models import (
    EquipmentItem,
    Institution,
    StaffCount,
    YearlyFigures,
)
from trainingbase.sites.queries.resources import figures_row, item_by_key, staff_of


def _said(item: EquipmentItem) -> str:
    return f"{item.name} × {item.count}"


def _follow(institution: Institution, kind: str) -> None:
    """The institution's flag says whether it has any item of this kind."""
    if kind == "other":
        return
    db.session.flush()
    having = db.session.scalar(
        select(func.count()).where(
            EquipmentItem.institution_id == institution.id, EquipmentItem.kind == kind
        )
    )
    setattr(institution, f"has_{kind}", bool(having))


def add_equipment(
    institution: Institution,
    answers: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> EquipmentItem:
    known = item_by_key(request_key)
    if known is not None:
        return known
    made = EquipmentItem(institution=institution, **answers, request_key=request_key or None)
    db.session.add(made)
    _follow(institution, made.kind)
    note(institution, {"equipment": (None, _said(made))}, by=by, at=at)
    record("change-equipment", institution, by=by, at=at, item=made.name)
    db.session.commit()
    return made


def edit_equipment(
    item: EquipmentItem,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`."""
    item.expect(version)
    before, kind = _said(item), item.kind
    for name, value in answers.items():
        setattr(item, name, value)
    for one in {kind, item.kind}:
        _follow(item.institution, one)
    note(item.institution, {"equipment": (before, _said(item))}, by=by, at=at)
    record("change-equipment", item.institution, by=by, at=at, item=item.name)
    db.session.commit()


def remove_equipment(item: EquipmentItem, *, by: Person, at: datetime) -> None:
    institution, before, kind = item.institution, _said(item), item.kind
    db.session.delete(item)
    _follow(institution, kind)
    note(institution, {"equipment": (before, None)}, by=by, at=at)
    record("change-equipment", institution, by=by, at=at, item=before)
    db.session.commit()


def keep_staff(
    institution: Institution,
    year: int,
    counts: Mapping[tuple[str, str], int],
    *,
    by: Person,
    at: datetime,
) -> None:
    """`counts` are by title and qualification; those left out or 0 count nobody."""
    rows = {(one.title, one.qualification): one for one in staff_of(institution, year)}
    before = sum(one.count for one in rows.values())
    for key in set(rows) | set(counts):
        count = counts.get(key, 0)
        if key in rows:
            if count:
                rows[key].count = count
            else:
                db.session.delete(rows[key])
        elif count:
            title, qualification = key
            db.session.add(
                StaffCount(
                    institution_id=institution.id,
                    year=year,
                    title=title,
                    qualification=qualification,
                    count=count,
                )
            )
    after = sum(counts.values())
    note(institution, {"staff": (f"{year}: {before}", f"{year}: {after}")}, by=by, at=at)
    record("count-staff", institution, by=by, at=at, year=year, staff=after)
    db.session.commit()


def keep_figures(
    institution: Institution,
    department_id: int | None,
    year: int,
    answers: Mapping[str, int | None],
    *,
    by: Person,
    at: datetime,
) -> YearlyFigures:
    """Of the whole institution, or of one of its departments: what stands is replaced."""
    row = figures_row(institution, department_id, year)
    before = None
    if row is None:
        row = YearlyFigures(institution_id=institution.id, department_id=department_id, year=year)
        db.session.add(row)
    else:
        before = _of_year(row)
        row.version += 1
    for name, value in answers.items():
        setattr(row, name, value)
    note(institution, {"figures": (before, _of_year(row))}, by=by, at=at)
    record("keep-yearly-figures", institution, by=by, at=at, year=year, department=department_id)
    db.session.commit()
    return row


def _of_year(row: YearlyFigures) -> str:
    numbers = (row.beds, row.outpatients, row.emergencies, row.admissions)
    return f"{row.year}: " + " / ".join("—" if one is None else str(one) for one in numbers)
