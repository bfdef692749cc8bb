"""Who trains by which version, what they have done, and who was moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.editions.models import Move, MovedResident
from trainingbase.editions.rules import Effect, effect, months_between
from trainingbase.enrolment.models import Cohort, Credit, Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.people.models import Person
from trainingbase.planner.situation import Breach
from trainingbase.programmes import queries as programmes
from trainingbase.programmes.models import Programme, StandardDepartment
from trainingbase.programmes.rules.content import Content
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.judging import Judgement, judge_rows, new_breaches
from trainingbase.rotations.queries.plans import plan_in_force
from trainingbase.rotations.queries.problem import facts_of, rows_of_plan


def movable(
    target: Programme, *, cohort_id: int = 0, from_id: int = 0, search: str = "", sort: str = ""
) -> Select[tuple[Resident]]:
    """Residents in training on other versions of the same family."""
    rows = (
        select(Resident)
        .join(Resident.person)
        .join(Resident.programme)
        .join(Resident.cohort)
        .options(
            contains_eager(Resident.person),
            contains_eager(Resident.programme),
            contains_eager(Resident.cohort),
        )
        .where(IN_TRAINING, Programme.family == target.family, Programme.id != target.id)
    )
    if cohort_id:
        rows = rows.where(Resident.cohort_id == cohort_id)
    if from_id:
        rows = rows.where(Resident.programme_id == from_id)
    if search:
        rows = rows.where(Person.name.icontains(search, autoescape=True))
    column = {"name": Person.name, "ends": Resident.ends_on}.get(sort.lstrip("-"), Cohort.year)
    return rows.order_by(column.desc() if sort.startswith("-") else column, Resident.id)


def cohorts_of(target: Programme) -> Sequence[Cohort]:
    """Those with somebody to move."""
    ids = movable(target).with_only_columns(Resident.cohort_id).order_by(None)
    return db.session.scalars(
        select(Cohort).where(Cohort.id.in_(ids)).order_by(Cohort.year, Cohort.id)
    ).all()


def chosen(target: Programme, ids: Iterable[int]) -> Sequence[Resident]:
    """Of these residents those who may be moved to `target`."""
    return db.session.scalars(movable(target).where(Resident.id.in_(list(ids)))).all()


def all_of_cohort(target: Programme, cohort_id: int) -> Sequence[Resident]:
    """Everybody of the cohort (0: of every one) who may be moved to `target`."""
    return db.session.scalars(movable(target, cohort_id=cohort_id)).all()


def done_by(residents: Sequence[Resident], *, today: date) -> dict[int, dict[str, Decimal]]:
    """Months behind each resident by standard department: credits, and placements until today."""
    ids = [one.id for one in residents]
    found: dict[int, dict[str, Decimal]] = {one: {} for one in ids}
    credits = db.session.execute(
        select(Credit.resident_id, StandardDepartment.name, Credit.months)
        .join(Credit.standard_department)
        .where(Credit.resident_id.in_(ids))
    )
    stays = db.session.execute(
        select(
            Placement.resident_id, StandardDepartment.name, Placement.starts_on, Placement.ends_on
        )
        .join(Placement.standard_department)
        .where(
            Placement.resident_id.in_(ids),
            Placement.cancelled_at.is_(None),
            Placement.starts_on < today,
        )
    )
    rows = [(key, name, months) for key, name, months in credits] + [
        (key, name, months_between((min(ends_on, today) - starts_on).days))
        for key, name, starts_on, ends_on in stays
    ]
    for key, name, months in rows:
        found[key][name] = found[key].get(name, Decimal(0)) + months
    return found


@dataclass(frozen=True)
class Foreseen:
    """What moving somebody does; `too_late`: what is left no longer fits before training ends."""

    resident: Resident
    effect: Effect
    too_late: bool


def foreseen(target: Programme, residents: Sequence[Resident], *, today: date) -> list[Foreseen]:
    """As many statements for many residents as for one."""
    done = done_by(residents, today=today)
    new = programmes.content_of(programmes.programme_by_id(target.id))
    olds: dict[int, Content] = {
        key: programmes.content_of(programmes.programme_by_id(key))
        for key in sorted({one.programme_id for one in residents})
    }
    found = []
    for one in residents:
        what = effect(olds[one.programme_id], new, done[one.id])
        late = one.ends_on is not None and what.left > months_between((one.ends_on - today).days)
        found.append(Foreseen(one, what, late))
    return found


def plan_breaches(
    target: Programme, residents: Sequence[Resident]
) -> tuple[Judgement, list[Breach]] | None:
    """The plan in force judged by the new version, and what would be broken that is not now."""
    plan = plan_in_force()
    if plan is None:
        return None
    rows = rows_of_plan(plan)
    facts = facts_of(plan, rows)
    moved = {
        one.id: replace(facts.trainees[one.id], programme=target.id)
        for one in residents
        if one.id in facts.trainees
    }
    before = judge_rows(facts, rows)
    after = judge_rows(replace(facts, trainees={**facts.trainees, **moved}), rows)
    keys = {str(key) for key in moved}
    return after, [b for b in new_breaches(before, after) if keys & set(b.residents)]


def moves(*, sort: str = "") -> Select[tuple[Move]]:
    """The newest first, or by the version moved to."""
    rows = select(Move).options(
        joinedload(Move.to), joinedload(Move.by), joinedload(Move.undone_by)
    )
    column = {"to": Move.to_id, "at": Move.at}.get(sort.lstrip("-"))
    if column is None:
        return rows.order_by(Move.id.desc())
    return rows.order_by(column.desc() if sort.startswith("-") else column, Move.id)


def all_moves(rows: Select[tuple[Move]]) -> Sequence[Move]:
    return db.session.scalars(rows).all()


def moved_counts(move_ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(MovedResident.move_id, func.count())
        .where(MovedResident.move_id.in_(move_ids))
        .group_by(MovedResident.move_id)
    )
    return {key: count for key, count in rows}  # noqa: C416 (rows are no pairs to mypy)


def move_by_id(move_id: int) -> Move:
    people = selectinload(Move.moved)
    return db.session.scalars(
        select(Move)
        .where(Move.id == move_id)
        .options(
            joinedload(Move.to),
            joinedload(Move.by),
            joinedload(Move.undone_by),
            people.joinedload(MovedResident.from_),
            people.joinedload(MovedResident.resident).joinedload(Resident.person),
            people.joinedload(MovedResident.resident).joinedload(Resident.cohort),
        )
    ).one()


def move_by_key(request_key: str | None) -> Move | None:
    if not request_key:
        return None
    return db.session.scalar(select(Move).where(Move.request_key == request_key))
