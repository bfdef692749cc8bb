"""Letters and appeals."""

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.judging.models import (
    Appeal,
    Case,
    Decision,
    LearningPlan,
    LetterRead,
    Meeting,
    Packet,
    Sitting,
)
from trainingbase.judging.queries.scope import ALL, conflicted
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role

WITH_CASE = (
    joinedload(Decision.case).joinedload(Case.resident).joinedload(Resident.person),
    joinedload(Decision.case).joinedload(Case.resident).joinedload(Resident.cohort),
    joinedload(Decision.case).joinedload(Case.meeting),
    joinedload(Decision.packet).load_only(Packet.digest, Packet.number, Packet.as_of),
    joinedload(Decision.decided_by),
    joinedload(Decision.signature),
)


def _seen_by(viewer: Person):
    """Of decisions: office and auditor all, the resident, the tutor, and who sat there and has
    declared no conflict."""
    ways = [Resident.person_id == viewer.id]
    if viewer.holds(Role.FACULTY):
        ways.append(Resident.tutor_id == viewer.id)
    sat = exists().where(Sitting.meeting_id == Meeting.id, Sitting.person_id == viewer.id)
    ways.append(sat & ~conflicted(viewer.id))
    return or_(*ways)


def decisions(
    viewer: Person,
    *,
    search: str = "",
    outcome: str = "",
    state: str = "",
    meeting_id: int = 0,
) -> Select[tuple[Decision]]:
    """The newest first; `state` is unread, answered or appealed."""
    rows = (
        select(Decision)
        .join(Decision.case)
        .join(Case.meeting)
        .join(Case.resident)
        .join(Resident.person)
        .options(*WITH_CASE)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    )
    if not viewer.holds(*ALL):
        rows = rows.where(_seen_by(viewer))
    if search:
        rows = rows.where(called(search))
    if outcome:
        rows = rows.where(Decision.outcome == outcome)
    if meeting_id:
        rows = rows.where(Case.meeting_id == meeting_id)
    states = {
        "unread": ~exists().where(LetterRead.decision_id == Decision.id),
        "answered": exists().where(
            LetterRead.decision_id == Decision.id, LetterRead.answer.is_not(None)
        ),
        "appealed": exists().where(Appeal.decision_id == Decision.id),
    }
    return rows.where(states[state]) if state in states else rows


def letter_for(viewer: Person, decision_id: int) -> Decision:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(decisions(viewer).where(Decision.id == decision_id)).one()


def own_letter(viewer: Person, decision_id: int) -> Decision:
    """The resident's own."""
    return db.session.scalars(
        decisions(viewer).where(Decision.id == decision_id, Resident.person_id == viewer.id)
    ).one()


def readings_of(decision_ids: list[int]) -> dict[int, LetterRead]:
    rows = db.session.scalars(select(LetterRead).where(LetterRead.decision_id.in_(decision_ids)))
    return {one.decision_id: one for one in rows}


def reading_of(decision: Decision) -> LetterRead | None:
    return db.session.get(LetterRead, decision.id, populate_existing=True)


def appeals_of(decision_ids: list[int]) -> dict[int, Appeal]:
    rows = db.session.scalars(select(Appeal).where(Appeal.decision_id.in_(decision_ids)))
    return {one.decision_id: one for one in rows}


def appeal_of(decision: Decision) -> Appeal | None:
    return db.session.scalars(
        select(Appeal)
        .where(Appeal.decision_id == decision.id)
        .options(joinedload(Appeal.panel_case).joinedload(Case.meeting))
    ).first()


def plans_of(decision: Decision) -> list[LearningPlan]:
    return list(
        db.session.scalars(
            select(LearningPlan)
            .where(LearningPlan.decision_id == decision.id)
            .options(joinedload(LearningPlan.owner))
            .order_by(LearningPlan.due_on, LearningPlan.id)
        )
    )


def appeals(*, search: str = "", state: str = "") -> Select[tuple[Appeal]]:
    """`state` is open (nobody hears it yet), heard (a panel is called), or over."""
    decision = aliased(Decision)
    rows = (
        select(Appeal)
        .join(decision, decision.id == Appeal.decision_id)
        .join(Case, Case.id == decision.case_id)
        .join(Resident, Resident.id == Case.resident_id)
        .join(Person, Person.id == Resident.person_id)
        .options(
            joinedload(Appeal.decision)
            .joinedload(Decision.case)
            .joinedload(Case.resident)
            .joinedload(Resident.person),
            joinedload(Appeal.decision).joinedload(Decision.case).joinedload(Case.meeting),
            joinedload(Appeal.panel_case).joinedload(Case.meeting),
        )
        .order_by(Appeal.made_at.desc(), Appeal.id.desc())
    )
    if search:
        rows = rows.where(called(search))
    is_open = Appeal.outcome.is_(None) & Appeal.withdrawn_at.is_(None)
    states = {
        "open": is_open & Appeal.panel_case_id.is_(None),
        "heard": is_open & Appeal.panel_case_id.is_not(None),
        "over": ~is_open,
    }
    return rows.where(states[state]) if state in states else rows


def appeal_by_id(appeal_id: int) -> Appeal:
    return db.session.scalars(appeals().where(Appeal.id == appeal_id)).one()


def heard_by(case: Case) -> Appeal | None:
    """The appeal this case is about."""
    return db.session.scalars(
        select(Appeal)
        .where(Appeal.panel_case_id == case.id)
        .options(joinedload(Appeal.decision).joinedload(Decision.decided_by))
    ).first()


def sat_before(appeal: Appeal) -> set[int]:
    """Everybody who sat at the meeting that decided."""
    return set(
        db.session.scalars(
            select(Sitting.person_id)
            .join(Case, Case.meeting_id == Sitting.meeting_id)
            .join(Decision, Decision.case_id == Case.id)
            .where(Decision.id == appeal.decision_id)
        )
    )


def newest_letter(resident_id: int) -> Decision | None:
    return db.session.scalars(
        select(Decision)
        .join(Decision.case)
        .where(Case.resident_id == resident_id)
        .options(*WITH_CASE)
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
    ).first()
