"""Questions about plans: the office makes them, leaders and auditors read them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Plan, PlanChange, PlannedPlacement, Progress

READ_PLANS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)


def seen_by(viewer: Person) -> ColumnElement[bool]:
    return true() if viewer.holds(*READ_PLANS) else false()


def visible_to(viewer: Person) -> Select[tuple[Plan]]:
    return select(Plan).where(seen_by(viewer), Plan.discarded_at.is_(None))


def plan_for(viewer: Person, plan_id: int) -> Plan:
    """Raises `NoResultFound` for a missing plan, or one this person may not see."""
    return db.session.scalars(
        select(Plan)
        .where(Plan.id == plan_id, seen_by(viewer))
        .options(
            selectinload(Plan.cohorts),
            joinedload(Plan.based_on),
            joinedload(Plan.requested_by),
            joinedload(Plan.published_by),
        )
    ).one()


def plan_by_id(plan_id: int) -> Plan:
    return db.session.scalars(select(Plan).where(Plan.id == plan_id)).one()


def plan_by_key(request_key: str | None) -> Plan | None:
    if not request_key:
        return None
    return db.session.scalar(select(Plan).where(Plan.request_key == request_key))


def plan_in_force() -> Plan | None:
    return db.session.scalar(select(Plan).where(Plan.in_force.is_(True)))


def listed(viewer: Person, *, search: str, state: str) -> Select[tuple[Plan]]:
    """Newest first, each with its cohorts."""
    rows = visible_to(viewer).options(
        selectinload(Plan.cohorts), joinedload(Plan.based_on), joinedload(Plan.requested_by)
    )
    if search:
        rows = rows.where(Plan.title.contains(search, autoescape=True))
    if state in STATES:
        rows = rows.where(STATES[state])
    return rows.order_by(Plan.requested_at.desc(), Plan.id.desc())


STATES: dict[str, ColumnElement[bool]] = {
    "waiting": Plan.solved_at.is_(None),
    "draft": Plan.solved_at.is_not(None) & Plan.published_at.is_(None) & Plan.is_what_if.is_(False),
    "what_if": Plan.is_what_if.is_(True),
    "in_force": Plan.in_force.is_(True),
    "withdrawn": Plan.withdrawn_at.is_not(None),
}


def bases_for(viewer: Person) -> Sequence[Plan]:
    """Plans a new one can be based on, the one in force first."""
    return db.session.scalars(
        visible_to(viewer)
        .where(Plan.solved_at.is_not(None), Plan.is_what_if.is_(False))
        .order_by(Plan.in_force.is_(None), Plan.requested_at.desc())
        .limit(50)
    ).all()


def others_to_compare(viewer: Person, plan: Plan) -> Sequence[Plan]:
    """Every other plan there is, the one in force first; those being solved too."""
    return db.session.scalars(
        visible_to(viewer)
        .where(Plan.id != plan.id)
        .order_by(Plan.in_force.is_(None), Plan.requested_at.desc(), Plan.id.desc())
        .limit(50)
    ).all()


def cohorts() -> Sequence[Cohort]:
    return db.session.scalars(
        select(Cohort).options(joinedload(Cohort.programme)).order_by(Cohort.year, Cohort.id)
    ).all()


def cohorts_by_id(cohort_ids: Sequence[int]) -> Sequence[Cohort]:
    return db.session.scalars(
        select(Cohort).where(Cohort.id.in_(cohort_ids)).order_by(Cohort.id)
    ).all()


def progress_of(plan: Plan) -> Sequence[Progress]:
    return db.session.scalars(
        select(Progress).where(Progress.plan_id == plan.id).order_by(Progress.id)
    ).all()


def changes_of(plan: Plan) -> Sequence[PlanChange]:
    """What was changed by hand, newest first."""
    return db.session.scalars(
        select(PlanChange)
        .where(PlanChange.plan_id == plan.id)
        .options(joinedload(PlanChange.by))
        .order_by(PlanChange.id.desc())
    ).all()


def last_change(plan: Plan) -> PlanChange | None:
    """The newest change that has not been taken back."""
    return db.session.scalars(
        select(PlanChange)
        .where(PlanChange.plan_id == plan.id, PlanChange.undone_at.is_(None))
        .order_by(PlanChange.id.desc())
        .limit(1)
    ).one_or_none()


def cohort_ids_within(plan: Plan) -> list[int]:
    """The cohorts planned anew, and those of everybody else in the plan."""
    there = select(PlannedPlacement.resident_id).where(PlannedPlacement.plan_id == plan.id)
    others = db.session.scalars(select(Resident.cohort_id).where(Resident.id.in_(there)).distinct())
    return sorted({one.id for one in plan.cohorts} | set(others))


def row_count(plan: Plan) -> int:
    count = select(func.count()).select_from(PlannedPlacement)
    return db.session.scalar(count.where(PlannedPlacement.plan_id == plan.id)) or 0


def silent_since(before: datetime) -> Sequence[Plan]:
    """Plans being solved whose worker has given no sign of life since then."""
    return db.session.scalars(
        select(Plan)
        .where(
            Plan.solved_at.is_(None),
            Plan.discarded_at.is_(None),
            Plan.started_at.is_not(None),
            Plan.alive_at < before,
        )
        .order_by(Plan.id)
    ).all()
