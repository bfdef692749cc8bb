"""What waits for somebody, in one statement."""

from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_, select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.judging.models import (
    Case,
    Conflict,
    Decision,
    LearningPlan,
    LetterRead,
    Meeting,
    ProvisionalView,
    Signal,
    Sitting,
)
from trainingbase.people.models import Person
from trainingbase.thresholds.queries import whole


class Waiting(NamedTuple):
    """Packets to read and give a view on; cases to decide as chair or deputy; the committee's
    plans to see to; letters not read, and warnings open, of a resident."""

    to_read: int
    to_decide: int
    plans: int
    letters: int
    signals: int


def waiting_for(person: Person) -> Waiting:
    own = select(Resident.id).where(Resident.person_id == person.id)
    letters = (
        select(func.count(Decision.id))
        .join(Case, Case.id == Decision.case_id)
        .where(Case.resident_id.in_(own), ~exists().where(LetterRead.decision_id == Decision.id))
    )
    plans = select(func.count(LearningPlan.id)).where(
        LearningPlan.owner_id == person.id,
        LearningPlan.origin == "committee",
        LearningPlan.done_at.is_(None),
        LearningPlan.closed_at.is_(None),
    )
    signals = select(func.count(Signal.id)).where(
        Signal.resident_id.in_(own), Signal.is_silent.is_(False), Signal.over_on.is_(None)
    )
    to_read, to_decide = _cases(person)
    asked = (to_read, to_decide, plans, letters, signals)
    return Waiting(*db.session.execute(select(*(one.scalar_subquery() for one in asked))).one())


def _cases(person: Person):
    barred = select(Conflict.resident_id).where(
        Conflict.person_id == person.id, Conflict.withdrawn_at.is_(None)
    )
    base = (
        select(func.count(Case.id))
        .join(Meeting, Meeting.id == Case.meeting_id)
        .join(Sitting, and_(Sitting.meeting_id == Meeting.id, Sitting.person_id == person.id))
        .join(Resident, Resident.id == Case.resident_id)
        .where(
            ~exists().where(Decision.case_id == Case.id),
            Case.resident_id.not_in(barred),
            Resident.person_id != person.id,
        )
    )
    if whole("committee_tutor_abstains"):
        base = base.where(or_(Resident.tutor_id.is_(None), Resident.tutor_id != person.id))
    given = exists().where(
        ProvisionalView.case_id == Case.id, ProvisionalView.member_id == person.id
    )
    to_read = base.where(Meeting.state.in_(("reading", "open")), ~given)
    to_decide = base.where(
        Meeting.state == "open",
        Sitting.duty.in_(("chair", "deputy")),
        Sitting.was_present.is_(True),
    )
    return to_read, to_decide
