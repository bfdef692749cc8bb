"""Learning plans and reflections."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.judging.models import LearningPlan, Reflection
from trainingbase.judging.queries.committee import eligible
from trainingbase.judging.queries.scope import seen_by
from trainingbase.people.models import Person
from trainingbase.people.queries import called


def plans(
    viewer: Person, *, today: date, search: str = "", state: str = "", sort: str = ""
) -> Select[tuple[LearningPlan]]:
    """Of residents the viewer sees, and what is theirs to do; drafts only the resident's own.
    `state` is open, late, done, closed or mine."""
    own = Resident.person_id == viewer.id
    rows = (
        select(LearningPlan)
        .join(LearningPlan.resident)
        .join(Resident.person)
        .where(
            or_(own, LearningPlan.shared_at.is_not(None)),
            or_(seen_by(viewer, today), LearningPlan.owner_id == viewer.id),
        )
        .options(
            joinedload(LearningPlan.resident).joinedload(Resident.person),
            joinedload(LearningPlan.owner),
        )
    )
    if search:
        rows = rows.where(called(search))
    running = and_(LearningPlan.closed_at.is_(None), LearningPlan.done_at.is_(None))
    states = {
        "open": running,
        "late": running & (LearningPlan.due_on < today),
        "done": LearningPlan.done_at.is_not(None) & LearningPlan.closed_at.is_(None),
        "closed": LearningPlan.closed_at.is_not(None),
        "mine": running & (LearningPlan.owner_id == viewer.id),
    }
    if state in states:
        rows = rows.where(states[state])
    keys = {"name": Person.name, "due": LearningPlan.due_on}
    column = keys.get(sort.removeprefix("-"), LearningPlan.due_on)
    return rows.order_by(column.desc() if sort.startswith("-") else column, LearningPlan.id)


def plan_for(viewer: Person, plan_id: int, *, today: date) -> LearningPlan:
    return db.session.scalars(plans(viewer, today=today).where(LearningPlan.id == plan_id)).one()


def own_plan(viewer: Person, plan_id: int) -> LearningPlan:
    """One that the resident made."""
    return db.session.scalars(
        select(LearningPlan)
        .join(LearningPlan.resident)
        .where(
            LearningPlan.id == plan_id,
            LearningPlan.origin == "own",
            Resident.person_id == viewer.id,
        )
    ).one()


def plans_of(resident_id: int) -> Sequence[LearningPlan]:
    """All, drafts included: for the resident alone."""
    return db.session.scalars(
        select(LearningPlan)
        .where(LearningPlan.resident_id == resident_id)
        .options(joinedload(LearningPlan.owner))
        .order_by(LearningPlan.closed_at.is_not(None), LearningPlan.due_on, LearningPlan.id)
    ).all()


def returning_plans(resident_id: int) -> Sequence[LearningPlan]:
    """The committee's that are not closed."""
    return db.session.scalars(
        select(LearningPlan)
        .where(
            LearningPlan.resident_id == resident_id,
            LearningPlan.origin == "committee",
            LearningPlan.closed_at.is_(None),
        )
        .options(joinedload(LearningPlan.owner))
        .order_by(LearningPlan.due_on, LearningPlan.id)
    ).all()


def plans_owed(person: Person) -> int:
    """The committee's plans somebody is to see to."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(LearningPlan)
            .where(
                LearningPlan.owner_id == person.id,
                LearningPlan.origin == "committee",
                LearningPlan.done_at.is_(None),
                LearningPlan.closed_at.is_(None),
            )
        )
        or 0
    )


def reflections_of(resident_id: int) -> Sequence[Reflection]:
    """All, drafts included: for the resident alone."""
    return db.session.scalars(
        select(Reflection)
        .where(Reflection.resident_id == resident_id)
        .order_by(Reflection.written_at.desc(), Reflection.id.desc())
    ).all()


def own_reflection(viewer: Person, reflection_id: int) -> Reflection:
    return db.session.scalars(
        select(Reflection)
        .join(Reflection.resident)
        .where(Reflection.id == reflection_id, Resident.person_id == viewer.id)
    ).one()


def owners_for(resident: Resident) -> Sequence[Person]:
    """Who may see to a plan: the resident, the tutor, and everybody who may sit."""
    found = [resident.person, *([resident.tutor] if resident.tutor else [])]
    return [*found, *(one for one in eligible() if one not in found)]
