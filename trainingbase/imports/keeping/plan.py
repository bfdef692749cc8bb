"""The rotation grid: short names, months done before it begins, and a draft plan."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Credit, Resident
from trainingbase.imports.keeping.days import begins, exact
from trainingbase.imports.keeping.roster import Places, Residents
from trainingbase.imports.keeping.wanted import Wanted, Workbook
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.rotations.actions import keep_grid
from trainingbase.rotations.models import Plan, PlannedPlacement
from trainingbase.sites.models import ShortName

NEEDS: Sequence[str] = ("sites", "residents")
HALVES = " || "

Stay = tuple[date, date, int, int]
"""From, until (excluded), department, standard department."""


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    places, residents = Places(), Residents()
    _keep_legend(workbook, places)
    _keep_done(workbook, places, residents)
    _keep_grid(workbook, places, residents, by=by, at=at)


def _keep_legend(workbook: Workbook, places: Places) -> None:
    rows = list(workbook.of("legend"))
    known = {one.name: one for one in db.session.scalars(select(ShortName))} if rows else {}
    taken = {(one.department_id, one.standard_department_id): one for one in known.values()}
    for wanted in rows:
        record = wanted.record
        if not record["department"]:
            continue  # a leave or an examination: it stands for no place
        department = places.department(record["institution"], record["department"])
        standard = places.standard(record["standard"])
        if department is None or standard is None:
            unknown = "standard" if standard is None else "department"
            category = f"{unknown}_not_here"
            wanted.refuse(unknown, category, name=record[unknown] or "")
            continue
        key = (department.id, standard.id)
        if workbook.is_repeated(wanted, key, "short"):
            continue
        short = known.get(record["short"]) or taken.get(key)
        if short is None:
            wanted.made()
            short = ShortName(
                name=record["short"],
                department_id=department.id,
                standard_department_id=standard.id,
                colour=record.get("colour"),
            )
            db.session.add(short)
            known[record["short"]] = taken[key] = short
            continue
        wanted.put(short, {"name": record["short"]})
        if (short.department_id, short.standard_department_id) != key:
            wanted.change("department", None, record["department"])
            short.department_id, short.standard_department_id = key
        if record.get("colour"):
            wanted.put(short, {"colour": record["colour"]})


def _keep_done(workbook: Workbook, places: Places, residents: Residents) -> None:
    tables = list(workbook.tables("done"))
    if not tables:
        return
    has: dict[int, dict[int, Credit]] = {}
    for credit in db.session.scalars(select(Credit).where(Credit.kind == "done")):
        has.setdefault(credit.resident_id, {})[credit.standard_department_id] = credit
    for table, rows in tables:
        until_on = done_until(f"{table.name} {table.title}")
        for wanted in rows:
            resident = residents.meant(wanted)
            if resident is not None:
                _keep_months(places, has.get(resident.id, {}), resident, until_on, wanted)


def done_until(title: str) -> date | None:
    """截至2026年8月31日已完成 → 2026-09-01."""
    found = re.search(r"(20\d\d)\s*[年.\-/]\s*(\d{1,2})", title)
    return months_later(date(int(found[1]), int(found[2]), 1), 1) if found else None


def _keep_months(
    places: Places,
    has: dict[int, Credit],
    resident: Resident,
    until_on: date | None,
    wanted: Wanted,
) -> None:
    has, new = dict(has), not has
    says = {name: places.standard(name) for name in wanted.record["done"]}
    unknown = [name for name, standard in says.items() if standard is None]
    if unknown:
        wanted.refuse(f"@{unknown[0]}", "standard_not_here", name=unknown[0])
        return
    if new and says:
        wanted.made()
    for name, standard in says.items():
        months = exact(wanted.record["done"][name])
        credit = has.pop(standard.id, None)
        if credit is None:
            db.session.add(
                Credit(
                    resident_id=resident.id,
                    standard_department_id=standard.id,
                    months=months,
                    kind="done",
                    until_on=until_on,
                )
            )
            wanted.change(name, None, months)
            continue
        if credit.months != months:
            wanted.change(name, credit.months, months)
            credit.months = months
        wanted.put(credit, {"until_on": until_on})
    for credit in has.values():
        wanted.change("no_longer_done", credit.months, None)
        db.session.delete(credit)


def _keep_grid(
    workbook: Workbook, places: Places, residents: Residents, *, by: Person | None, at: datetime
) -> None:
    """All stays of the workbook as a new draft, unless the last imported plan says the same."""
    stays: dict[int, list[Stay]] = {}
    notes: list[tuple[int, str, date, date]] = []
    rows: dict[int, tuple[Wanted, Resident]] = {}
    for wanted in workbook.of("plan"):
        resident = residents.meant(wanted)
        found = _stays(places, wanted) if resident else None
        if found is None:
            continue
        rows[resident.id] = wanted, resident
        stays[resident.id] = found
        notes += [(resident.id, *note) for note in _notes(wanted)]
    if not any(stays.values()):
        return
    last = _last_import()
    before = _stays_of(last)
    for resident_id, (wanted, _resident) in rows.items():
        if resident_id not in before:
            wanted.made()
        elif before[resident_id] != stays[resident_id]:
            wanted.change("stays", len(before[resident_id]), len(stays[resident_id]))
            wanted.changes |= _different(before[resident_id], stays[resident_id], places)
    gone = set(before) - set(rows)
    if last is None or gone or any(wanted.outcome != "unchanged" for wanted, _ in rows.values()):
        cohorts = {one.cohort_id: one.cohort for _, one in rows.values()}
        _draft(stays, notes, list(cohorts.values()), by=by, at=at)


def _stays(places: Places, wanted: Wanted) -> list[Stay] | None:
    """Months of the same department and standard department as one stay; None: refused."""
    found: list[Stay] = []
    for month, value in wanted.record["months"].items():
        for starts_on, ends_on, key in _parts(month, value):
            if "|" not in key:
                continue
            department, standard = places.at(key)
            if department is None or standard is None:
                name = key.replace("|", " ")
                wanted.refuse(f"@{month}", "department_not_here", name=name)
                return None
            here = (department.id, standard.id)
            if found and found[-1][1] == starts_on and found[-1][2:] == here:
                found[-1] = (found[-1][0], ends_on, *here)
            else:
                found.append((starts_on, ends_on, *here))
    return found


def _parts(month: str, value: str) -> list[tuple[date, date, str]]:
    """A month, or its halves: until the 15th, and from the 16th."""
    starts_on = begins(month)
    ends_on = months_later(starts_on, 1)
    first, halved, second = value.partition(HALVES)
    if not halved:
        return [(starts_on, ends_on, value)]
    middle = starts_on + timedelta(days=15)
    parts = [(starts_on, middle, first), (middle, ends_on, second)]
    return [part for part in parts if part[2]]


def _notes(wanted: Wanted) -> list[tuple[str, date, date]]:
    return [
        (key.removeprefix("other:"), starts_on, ends_on)
        for month, value in wanted.record["months"].items()
        for starts_on, ends_on, key in _parts(month, value)
        if key.startswith("other:")
    ]


def _last_import() -> Plan | None:
    return db.session.scalars(
        select(Plan)
        .where(Plan.origin == "import", Plan.discarded_at.is_(None))
        .options(selectinload(Plan.cohorts))
        .order_by(Plan.id.desc())
        .limit(1)
    ).one_or_none()


def _stays_of(plan: Plan | None) -> dict[int, list[Stay]]:
    found: dict[int, list[Stay]] = {}
    if plan is None:
        return found
    p = PlannedPlacement
    for resident_id, *stay in db.session.execute(
        select(p.resident_id, p.starts_on, p.ends_on, p.department_id, p.standard_department_id)
        .where(p.plan_id == plan.id)
        .order_by(p.resident_id, p.starts_on)
    ):
        found.setdefault(resident_id, []).append(tuple(stay))
    return found


def _different(before: list[Stay], after: list[Stay], places: Places) -> dict[str, list]:
    """By the month in which a stay begins: what stood there, and what stands there now."""
    names = {one.id: one.name for one in places.departments.values()}
    old = {stay[0]: stay for stay in before if stay not in after}
    new = {stay[0]: stay for stay in after if stay not in before}

    def told(stay: Stay | None) -> str | None:
        if stay is None:
            return None
        return f"{names[stay[2]]} {stay[0]} – {stay[1] - timedelta(days=1)}"

    return {
        day.isoformat()[:7]: [told(old.get(day)), told(new.get(day))] for day in sorted(old | new)
    }


def _draft(
    stays: dict[int, list[Stay]],
    notes: list[tuple[int, str, date, date]],
    cohorts: list[Cohort],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    everything = [stay for found in stays.values() for stay in found]
    starts_on = min(stay[0] for stay in everything)
    last_day = max(stay[1] for stay in everything) - timedelta(days=1)
    cohorts = sorted(cohorts, key=lambda one: one.id)
    names = "、".join(one.name for one in cohorts)
    keep_grid(
        title=f"{names} {starts_on:%Y-%m} – {last_day:%Y-%m}",
        months=stays,
        notes=notes,
        cohort_ids=[one.id for one in cohorts],
        by=by,
        at=at,
        commit=False,
    )
