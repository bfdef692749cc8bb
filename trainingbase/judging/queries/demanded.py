"""The rows behind asked, done and missing: of one resident by form and time, of all by form."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from trainingbase.assessments.models import Submission
from trainingbase.assessments.queries.demands import Demands, demands_of
from trainingbase.assessments.rules.demands import Line
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.enrolment.queries.residents import IN_TRAINING
from trainingbase.people.models import Person
from trainingbase.people.queries import called

SORTS: dict[str, Callable[["Lacking"], Any]] = {
    "name": lambda one: one.resident,
    "form": lambda one: one.code,
    "missing": lambda one: one.numbers["missing"],
}


@dataclass(frozen=True)
class Lacking:
    """What one resident lacks of one form; `numbers` as `assessments.rules.demands.NUMBERS`."""

    resident_id: int
    resident: str
    cohort: Any
    form: Any
    code: str
    numbers: Mapping[str, int]


def demands_of_one(resident_id: int, *, today: date) -> Demands:
    return demands_of([resident_id], today=today)[resident_id]


def chosen(found: Demands, *, code: str = "", what: str = "") -> list[Line]:
    """The newest time first; of one form, or where one of the numbers is not 0."""
    rows = [
        one
        for one in found.lines
        if (not code or one.code == code) and (not what or getattr(one, what))
    ]
    return sorted(rows, key=lambda one: (one.starts_on or date.max, one.code), reverse=True)


def answers_to(request_ids: Collection[int]) -> dict[int, int]:
    """By request the form that answered it."""
    rows = db.session.execute(
        select(Submission.request_id, Submission.id).where(
            Submission.request_id.in_(list(request_ids))
        )
    )
    return {request_id: submission_id for request_id, submission_id in rows if request_id}


def lacking(
    *, today: date, search: str = "", cohort_id: int = 0, code: str = "", everything: bool = False,
    sort: str = "",
) -> list[Lacking]:  # fmt: skip
    """Of residents in training; who lacks something, or (`everything`) who is asked for anything.
    As many statements for many residents as for one."""
    rows = (
        select(
            Resident.id, Person.name, Cohort.name.label("cohort"), Cohort.name_en.label("cohort_en")
        )
        .join(Person, Person.id == Resident.person_id)
        .join(Cohort, Cohort.id == Resident.cohort_id)
        .where(IN_TRAINING, Resident.starts_on <= today)
        .order_by(Person.name, Resident.id)
    )
    if search:
        rows = rows.where(called(search))
    if cohort_id:
        rows = rows.where(Resident.cohort_id == cohort_id)
    residents = db.session.execute(rows).all()
    demanded = demands_of([one.id for one in residents], today=today)
    found = [
        Lacking(one.id, one.name, one, demanded[one.id].forms[key], key, numbers)
        for one in residents
        for key, numbers in demanded[one.id].totals().items()
        if (not code or key == code)
        and (numbers["missing"] or (everything and any(numbers.values())))
    ]
    return _sorted(found, sort)


def _sorted(found: list[Lacking], sort: str) -> list[Lacking]:
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return sorted(found, key=lambda one: -one.numbers["missing"])
    return sorted(found, key=key, reverse=sort.startswith("-"))
