"""The rows an indicator is made of, one by one."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.queries.by_type import NOT_KNOWN, types_of
from trainingbase.quality.queries.counted import sites_of
from trainingbase.quality.rules.facts import Fact
from trainingbase.quality.rules.hiding import Hidden, quarter_of
from trainingbase.quality.scope import Scope

FACULTY = ("faculty-certificates", "faculty-load", "teacher-opinions")
PEOPLE = ("activity-scores", "cost", "cost-per-month")
"""Whose facts are about members of the faculty, and about speakers and payees, not residents."""


class Bare(NamedTuple):
    """A fact without the person, its cohort and its month; places too small to show are None."""

    quarter: date
    site_id: int | None
    department_id: int | None
    part: str
    amount: Decimal


def facts_of(indicator: Indicator, scope: Scope, today: date) -> list[Fact]:
    """Within the scope, the newest month first."""
    asked, sites = indicator.narrowed(scope), sites_of()
    types = types_of() if asked.type_id else {}
    found = [
        one
        for one in indicator.facts(asked.starts_on, asked.ends_on, today)
        if asked.cohort_id in (0, one.cohort_id)
        and asked.department_id in (0, one.department_id)
        and asked.site_id in (0, sites.get(one.department_id or 0))
        and (not asked.type_id or _is_of(one, asked.type_id, types))
    ]
    return sorted(found, key=lambda one: (-one.month.toordinal(), one.department_id or 0,
                                          one.person_id or 0, one.part))  # fmt: skip


def _is_of(fact: Fact, type_id: int, types: Mapping[int, int]) -> bool:
    return fact.person_id is not None and types.get(fact.person_id, NOT_KNOWN) == type_id


def bare(facts: Sequence[Fact], hidden: Hidden, *, with_places: bool) -> list[Bare]:
    """For those who may not see names: in an order that tells nothing of who is who.  Of a cohort
    without places: nobody has reckoned how few of it were at one."""
    sites = sites_of()
    rows = []
    for one in facts:
        department = one.department_id if with_places else None
        site = sites.get(department or 0)
        if hidden.base([one.month]):
            continue
        if department is not None and hidden.has("department", department, [one.month]):
            department = None
        if site is not None and hidden.has("site", site, [one.month]):
            site = department = None
        rows.append(Bare(quarter_of(one.month), site, department, one.part, one.amount))
    return sorted(
        rows, key=lambda r: (-r.quarter.toordinal(), r.site_id or 0, r.department_id or 0, r.part,
                             r.amount)
    )  # fmt: skip


def names_of(indicator: Indicator, ids: Sequence[int]) -> dict[int, tuple[str, int | None]]:
    """The name of each person of these facts, and the resident's id for a link."""
    if indicator.key in PEOPLE:
        rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
        return {number: (name, None) for number, name in rows}
    model = FacultyMember if indicator.key in FACULTY else Resident
    rows = db.session.execute(
        select(model.id, Person.name).join(model.person).where(model.id.in_(ids))
    )
    linked = model is Resident
    return {number: (name, number if linked else None) for number, name in rows}
