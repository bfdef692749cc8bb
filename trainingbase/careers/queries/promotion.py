"""Who meets the conditions of a scheme, and what the others miss; and awards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.careers.models import Award, PromotionTold, Scheme
from trainingbase.careers.queries.figures import FIGURES
from trainingbase.careers.rules.eligibility import Asked, Found, Met, judged
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import active_on
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role

SEE_ALL = (Role.OFFICE, Role.AUDITOR)


@dataclass(frozen=True)
class Candidate:
    person_id: int
    name: str
    detail: str
    met: tuple[Met, ...]

    @property
    def is_ready(self) -> bool:
        return all(one.is_met for one in self.met)

    @property
    def missing(self) -> tuple[Met, ...]:
        return tuple(one for one in self.met if not one.is_met)


def schemes() -> Sequence[Scheme]:
    return db.session.scalars(
        select(Scheme)
        .options(selectinload(Scheme.conditions))
        .order_by(Scheme.starts_on.desc(), Scheme.id)
    ).all()


def scheme_by_id(scheme_id: int) -> Scheme:
    return db.session.scalars(
        select(Scheme).where(Scheme.id == scheme_id).options(selectinload(Scheme.conditions))
    ).one()


def scheme_by_key(key: str | None) -> Scheme | None:
    return db.session.scalar(select(Scheme).where(Scheme.request_key == key)) if key else None


def people_of(kind: str, *, today: date, which: Iterable[ColumnElement[bool]] = ()) -> Select:
    """(person id, name, detail) of everybody a scheme of that kind is for."""
    if kind == "faculty":
        return (
            select(Person.id, Person.name, FacultyMember.title)
            .join(FacultyMember, FacultyMember.person_id == Person.id)
            .where(active_on(today), *which)
            .order_by(Person.name, Person.id)
        )
    standing = IN_TRAINING if kind == "residents" else Resident.finished_on.is_not(None)
    return (
        select(Person.id, Person.name, Cohort.name)
        .join(Resident, Resident.person_id == Person.id)
        .join(Cohort, Cohort.id == Resident.cohort_id)
        .where(standing, *which)
        .order_by(Cohort.year, Person.name, Person.id)
    )


def candidates(
    scheme: Scheme, *, today: date, search: str = "", state: str = "", sort: str = ""
) -> list[Candidate]:
    """`state`: ready, missing, one (exactly one condition missing), or empty."""
    which = [called(search)] if search else []
    found = _judged(scheme, people_of(scheme.people, today=today, which=which), today)
    keep = {
        "ready": lambda one: one.is_ready,
        "missing": lambda one: not one.is_ready,
        "one": lambda one: len(one.missing) == 1,
    }.get(state, lambda one: True)
    found = [one for one in found if keep(one)]
    if sort.removeprefix("-") == "missing" or not sort:
        found.sort(key=lambda one: len(one.missing), reverse=sort.startswith("-"))
    elif sort == "-name":
        found.reverse()
    return found


def candidate(scheme: Scheme, person_id: int, *, today: date) -> Candidate:
    """Raises `NoResultFound` for somebody the scheme is not for."""
    rows = people_of(scheme.people, today=today, which=[Person.id == person_id])
    found = _judged(scheme, rows, today)
    if not found:
        raise NoResultFound
    return found[0]


def _judged(scheme: Scheme, people: Select, today: date) -> list[Candidate]:
    rows = db.session.execute(people).all()
    ids = [person_id for person_id, _name, _detail in rows]
    asked = [
        Asked(one.figure, one.operator, one.threshold, one.window_months)
        for one in scheme.conditions
    ]
    figures = {one: FIGURES[one.figure](ids, one.since(today), today) for one in asked}
    return [
        Candidate(
            person_id,
            name,
            detail or "",
            tuple(judged(asked, {one: figures[one].get(person_id, Found(None)) for one in asked})),
        )
        for person_id, name, detail in rows
    ]


def told_of(scheme: Scheme) -> dict[int, PromotionTold]:
    """Who was told that they are ready, by person."""
    rows = select(PromotionTold).where(PromotionTold.scheme_id == scheme.id)
    return {one.person_id: one for one in db.session.scalars(rows)}


def how_far(person: Person, *, today: date) -> list[tuple[Scheme, Candidate]]:
    """Every scheme in force that is for this person, and how far they are."""
    found = []
    for scheme in schemes():
        if not scheme.is_in_force(today):
            continue
        try:
            found.append((scheme, candidate(scheme, person.id, today=today)))
        except NoResultFound:
            continue
    return found


def may_see(viewer: Person, person_id: int) -> bool:
    return viewer.holds(*SEE_ALL) or viewer.id == person_id


SORTS: dict[str, Any] = {"name": Person.name, "day": Award.given_on, "award": Award.name}


def awards(
    viewer: Person, *, search: str = "", level: str = "", year: int = 0, sort: str = ""
) -> Select[tuple[Award]]:
    """The office and the auditor see all, everybody their own; withdrawn ones are left out."""
    seen = true() if viewer.holds(*SEE_ALL) else Award.person_id == viewer.id
    rows = (
        select(Award)
        .join(Award.person)
        .options(contains_eager(Award.person))
        .where(seen, Award.withdrawn_at.is_(None))
    )
    if search:
        rows = rows.where(called(search) | Award.name.icontains(search, autoescape=True))
    if level:
        rows = rows.where(Award.level == level)
    if year:
        rows = rows.where(Award.given_on >= date(year, 1, 1), Award.given_on < date(year + 1, 1, 1))
    column = SORTS.get(sort.removeprefix("-"), Award.given_on)
    down = sort.startswith("-") or not sort
    return rows.order_by(column.desc() if down else column, Award.id.desc())


def all_of(rows: Select) -> Sequence[Any]:
    return db.session.scalars(rows).all()


def award_for(viewer: Person, award_id: int) -> Award:
    """Raises `NoResultFound` for a foreign, withdrawn or missing one."""
    return db.session.scalars(
        awards(viewer).where(Award.id == award_id).options(joinedload(Award.file))
    ).one()


def award_by_key(key: str | None) -> Award | None:
    return db.session.scalar(select(Award).where(Award.request_key == key)) if key else None


def awards_of(person_id: int) -> Sequence[Award]:
    return db.session.scalars(
        select(Award)
        .where(Award.person_id == person_id, Award.withdrawn_at.is_(None))
        .order_by(Award.given_on.desc(), Award.id.desc())
    ).all()


def people_to_honour() -> Sequence[tuple[int, str, str]]:
    """(person id, name, what they are) of residents, former ones, and faculty."""
    residents = db.session.execute(
        select(Person.id, Person.name, Cohort.name)
        .join(Resident, Resident.person_id == Person.id)
        .join(Cohort, Cohort.id == Resident.cohort_id)
        .order_by(Cohort.year.desc(), Person.name)
    ).all()
    faculty = db.session.execute(
        select(Person.id, Person.name, FacultyMember.title)
        .join(FacultyMember, FacultyMember.person_id == Person.id)
        .order_by(Person.name)
    ).all()
    return [*faculty, *residents]
