"""Sittings, who sits them, and how far the entering has come."""

from collections.abc import Sequence

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.exams.models import EntryRound, ExamCandidate, ExamEntry, ExamKind, ExamSitting
from trainingbase.people.models import Person
from trainingbase.people.queries import called

RELEASED = ExamSitting.released_at.is_not(None)
SETTLED = ExamCandidate.settled_at.is_not(None) | ExamCandidate.excused_because.is_not(None)


def kinds(*, in_use: bool = False) -> Sequence[ExamKind]:
    rows = select(ExamKind).order_by(ExamKind.id)
    return db.session.scalars(rows.where(ExamKind.is_in_use) if in_use else rows).all()


def kind_by_id(kind_id: int) -> ExamKind:
    return db.session.scalars(select(ExamKind).where(ExamKind.id == kind_id)).one()


def is_code_known(code: str) -> bool:
    return db.session.scalar(select(ExamKind.id).where(ExamKind.code == code)) is not None


def sitting_by_id(sitting_id: int) -> ExamSitting:
    return db.session.scalars(
        select(ExamSitting)
        .where(ExamSitting.id == sitting_id)
        .options(joinedload(ExamSitting.kind))
    ).one()


def sitting_by_key(form_key: str) -> ExamSitting | None:
    return db.session.scalars(
        select(ExamSitting).where(ExamSitting.form_key == form_key)
    ).one_or_none()


def sittings(*, kind_id: int = 0, year: int = 0, state: str = "", sort: str = "") -> Select:
    """Columns: id, title, kind's names, year, day, when released, candidates, settled ones."""
    counted = (
        select(
            ExamCandidate.sitting_id,
            func.count().label("candidates"),
            func.sum(case((SETTLED, 1), else_=0)).label("settled"),
        )
        .group_by(ExamCandidate.sitting_id)
        .subquery()
    )
    rows = (
        select(
            ExamSitting.id,
            ExamSitting.title,
            ExamKind.name,
            ExamKind.name_en,
            ExamSitting.year,
            ExamSitting.held_on,
            ExamSitting.released_at,
            func.coalesce(counted.c.candidates, 0).label("candidates"),
            func.coalesce(counted.c.settled, 0).label("settled"),
        )
        .join(ExamSitting.kind)
        .outerjoin(counted, counted.c.sitting_id == ExamSitting.id)
    )
    if kind_id:
        rows = rows.where(ExamSitting.kind_id == kind_id)
    if year:
        rows = rows.where(ExamSitting.year == year)
    states = {"released": RELEASED, "open": ~RELEASED}
    if state in states:
        rows = rows.where(states[state])
    orders = {"day": ExamSitting.held_on, "-day": ExamSitting.held_on.desc(), "kind": ExamKind.id}
    return rows.order_by(orders.get(sort, ExamSitting.held_on.desc()), ExamSitting.id.desc())


def years() -> Sequence[int]:
    return db.session.scalars(
        select(ExamSitting.year).distinct().order_by(ExamSitting.year.desc())
    ).all()


STATES = {
    "open": ~SETTLED,
    "settled": ExamCandidate.settled_at.is_not(None),
    "excused": ExamCandidate.excused_because.is_not(None),
    "absent": ExamCandidate.attended.is_(False),
}


def candidates(
    sitting: ExamSitting, *, search: str = "", state: str = "", sort: str = ""
) -> Select[tuple]:
    """Columns of the candidates' list; whoever asks may see figures that are not released."""
    rows = (
        select(
            ExamCandidate.id,
            Person.name,
            Cohort.name.label("cohort"),
            Cohort.name_en.label("cohort_en"),
            Resident.licence_number.is_not(None).label("is_licensed"),
            ExamCandidate.added_because,
            ExamCandidate.excused_because,
            ExamCandidate.attended,
            ExamCandidate.theory,
            ExamCandidate.skills,
            ExamCandidate.passed,
            ExamCandidate.source,
            ExamCandidate.is_first,
            ExamCandidate.settled_at,
            ExamCandidate.resident_id,
        )
        .join(Resident, Resident.id == ExamCandidate.resident_id)
        .join(Person, Person.id == Resident.person_id)
        .join(Cohort, Cohort.id == Resident.cohort_id)
        .where(ExamCandidate.sitting_id == sitting.id)
    )
    if search:
        rows = rows.where(called(search))
    if state in STATES:
        rows = rows.where(STATES[state])
    orders = {
        "theory": ExamCandidate.theory,
        "skills": ExamCandidate.skills,
        "cohort": Cohort.year,
    }
    column = orders.get(sort.removeprefix("-"))
    if column is not None:
        rows = rows.order_by(column.desc() if sort.startswith("-") else column)
    return rows.order_by(Person.name, ExamCandidate.id)


def candidate_by_id(sitting_id: int, candidate_id: int) -> ExamCandidate:
    return db.session.scalars(
        _with_names().where(
            ExamCandidate.id == candidate_id, ExamCandidate.sitting_id == sitting_id
        )
    ).one()


def _with_names() -> Select[tuple[ExamCandidate]]:
    return (
        select(ExamCandidate)
        .join(ExamCandidate.resident)
        .join(Resident.person)
        .options(
            contains_eager(ExamCandidate.resident).contains_eager(Resident.person),
            joinedload(ExamCandidate.sitting).joinedload(ExamSitting.kind),
        )
    )


def all_candidates(sitting: ExamSitting) -> Sequence[ExamCandidate]:
    return db.session.scalars(
        _with_names()
        .where(ExamCandidate.sitting_id == sitting.id)
        .order_by(Person.name, ExamCandidate.id)
    ).all()


def to_enter(sitting: ExamSitting) -> Sequence[ExamCandidate]:
    """Those whose figures are still to be settled."""
    return [one for one in all_candidates(sitting) if not one.is_settled]


def rounds_of(sitting: ExamSitting) -> dict[int, EntryRound]:
    """By place (1, 2), with who enters."""
    rows = db.session.scalars(
        select(EntryRound)
        .where(EntryRound.sitting_id == sitting.id)
        .options(joinedload(EntryRound.by))
    )
    return {one.place: one for one in rows}


def round_of(sitting: ExamSitting, person: Person) -> EntryRound | None:
    """The viewer's own, with what they typed."""
    return db.session.scalars(
        select(EntryRound)
        .where(EntryRound.sitting_id == sitting.id, EntryRound.by_id == person.id)
        .options(selectinload(EntryRound.entries))
    ).one_or_none()


def entries_of(sitting: ExamSitting) -> dict[int, dict[int, ExamEntry]]:
    """By candidate and place.  Only for when both have finished."""
    rows = db.session.execute(
        select(EntryRound.place, ExamEntry)
        .join(ExamEntry.round)
        .where(EntryRound.sitting_id == sitting.id)
    )
    found: dict[int, dict[int, ExamEntry]] = {}
    for place, entry in rows:
        found.setdefault(entry.candidate_id, {})[place] = entry
    return found


def residents_not_in(sitting: ExamSitting) -> Sequence[tuple[int, str]]:
    """Who could be added by hand: in training, or out of it without being graduated."""
    inside = select(ExamCandidate.resident_id).where(ExamCandidate.sitting_id == sitting.id)
    rows = db.session.execute(
        select(Resident.id, Person.name, Cohort.name)
        .join(Resident.person)
        .join(Resident.cohort)
        .where(Resident.withdrawn_on.is_(None), Resident.id.not_in(inside))
        .order_by(IN_TRAINING.desc(), Person.name, Resident.id)
    )
    return [(number, f"{name} ({cohort})") for number, name, cohort in rows]
