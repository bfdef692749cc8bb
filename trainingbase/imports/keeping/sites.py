"""Institutions, their departments with places, and the months in which they take nobody."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.imports.keeping import secretaries
from trainingbase.imports.keeping.days import begins, ends, merged
from trainingbase.imports.keeping.roster import same
from trainingbase.imports.keeping.wanted import Wanted, Workbook
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment
from trainingbase.sites.models import Closure, Department, Institution

NEEDS: Sequence[str] = ("programme",)

# The first that is found in what the office wrote.
LEVELS = (
    ("branch", "分院|院区|branch"),
    ("community", "社区|community"),
    ("village", "村卫生|卫生室|village"),
    ("township", "乡镇|卫生院|township"),
    ("lead", "牵头|总院|主基地|lead"),
    ("partner", "协同|合作|中医|专科|partner"),
)
INSTITUTION_VALUES = {
    "address": "address",
    "beds": "beds",
    "catchment": "catchment",
    "ct": "has_ct",
    "dr": "has_dr",
    "us": "has_ultrasound",
    "ecg": "has_ecg",
    "rehab": "has_rehabilitation",
    "note": "note",
}


def level_of(written: str | None, name: str) -> str | None:
    for text in (written, name):
        for level, pattern in LEVELS:
            if text and re.search(pattern, text, re.IGNORECASE):
                return level
    return None


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    institutions = {
        same(one.name): one
        for one in db.session.scalars(
            select(Institution).options(
                selectinload(Institution.departments).selectinload(Department.standards),
                selectinload(Institution.departments).selectinload(Department.closures),
            )
        )
    }
    for wanted in workbook.of("institution"):
        _keep_institution(institutions, wanted)
    standards = {one.name: one for one in db.session.scalars(select(StandardDepartment))}
    departments = {
        (place, same(one.name)): one
        for place, institution in institutions.items()
        if institution.id
        for one in institution.departments
    }
    named = {}
    for wanted in workbook.of("department"):
        place = institutions.get(same(wanted.record["institution"]))
        if place is None:
            wanted.refuse("institution", "institution_unknown", name=wanted.record["institution"])
            continue
        key = (same(place.name), same(wanted.record["department"]))
        if workbook.is_repeated(wanted, key, "department"):
            continue
        department = _keep_department(departments.get(key), place, standards, wanted)
        if department is not None:
            departments[key] = department
            named[department] = wanted
    secretaries.grant(named, by=by, at=at)


def _keep_institution(institutions: dict[str, Institution], wanted: Wanted) -> None:
    record = wanted.record
    level = level_of(record["level"], record["name"])
    if level is None:
        wanted.refuse("level", "level_unknown", name=record["level"] or "")
        return
    values = {ours: record[theirs] for theirs, ours in INSTITUTION_VALUES.items()}
    values |= {
        "level": level,
        "agreement_starts_on": begins(record["start"]),
        "agreement_ends_on": ends(record["end"]),
    }
    institution = institutions.get(same(record["name"]))
    if institution is None:
        wanted.made()
        institution = Institution(name=record["name"], **values)
        db.session.add(institution)
        institutions[same(record["name"])] = institution
    else:
        wanted.put(institution, values, among=_spoken_of(wanted))


def _spoken_of(wanted: Wanted) -> set[str]:
    says = {ours for theirs, ours in INSTITUTION_VALUES.items() if wanted.says(theirs)}
    if wanted.says("_equipment"):
        says |= {ours for ours in INSTITUTION_VALUES.values() if ours.startswith("has_")}
    if wanted.says("level"):
        says.add("level")
    if wanted.says("start") or wanted.says("_term"):
        says.add("agreement_starts_on")
    if wanted.says("end") or wanted.says("_term"):
        says.add("agreement_ends_on")
    return says


def _keep_department(
    department: Department | None,
    place: Institution,
    standards: dict[str, StandardDepartment],
    wanted: Wanted,
) -> Department | None:
    record = wanted.record
    unknown = [name for name in record["standard"] if name not in standards]
    if unknown:
        wanted.refuse("standard", "standard_department_unknown", name=unknown[0])
        return None
    values: dict[str, Any] = {
        "most": record["max"],
        "fewest": record["min"] or 0,
        "secretary_name": record["secretary"],
        "note": record["note"],
    }
    meant = [standards[name] for name in record["standard"]]
    closed = merged(record["closed"])
    if department is None:
        wanted.made()
        department = Department(
            institution=place,
            name=record["department"],
            standards=meant,
            closures=[Closure(starts_on=start, ends_on=end) for start, end in closed],
            **values,
        )
        db.session.add(department)
        return department
    said = {"max": "most", "min": "fewest", "secretary": "secretary_name", "note": "note"}
    wanted.put(department, values, among={ours for key, ours in said.items() if wanted.says(key)})
    if {one.name for one in department.standards} != set(record["standard"]):
        wanted.change("standards", department.standards, meant)
        department.standards = meant
    if wanted.says("closed"):
        _close(department, closed, wanted)
    return department


def _close(department: Department, closed: list[tuple], wanted: Wanted) -> None:
    """The workbook's closures take the place of earlier ones from a workbook; those the office
    wrote a reason for stay."""
    ours = [one for one in department.closures if one.reason]
    theirs = [one for one in department.closures if not one.reason]
    closed = [
        one
        for one in closed
        if not any(o.starts_on <= one[0] and one[1] <= o.ends_on for o in ours)
    ]
    if [(one.starts_on, one.ends_on) for one in theirs] == closed:
        return
    wanted.change(
        "closures",
        [_span(one.starts_on, one.ends_on) for one in theirs],
        [_span(*c) for c in closed],
    )
    starting = {one.starts_on: one for one in department.closures}
    for one in theirs:
        if one.starts_on not in {start for start, _ in closed}:
            department.closures.remove(one)
    for start, end in closed:
        if start in starting:
            starting[start].ends_on = end
        else:
            department.closures.append(Closure(starts_on=start, ends_on=end))


def _span(starts_on: date, ends_on: date) -> str:
    return f"{starts_on.isoformat()} – {(ends_on - timedelta(days=1)).isoformat()}"
