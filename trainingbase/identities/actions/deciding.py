"""Deciding whether two are one person.  Each action is one transaction."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.identities.models import Sameness
from trainingbase.people.models import Person


def decide_claim(
    person: Person, id_number: str, *, is_same: bool, why: str, by: Person, at: datetime
) -> Sameness:
    """Whether whoever claims `id_number` is this person."""
    return _keep(
        Sameness(person_id=person.id, id_number=id_number, is_same=is_same, why=why), by, at
    )


def decide_pair(
    one: Person, other: Person, *, is_same: bool, why: str, by: Person, at: datetime
) -> Sameness:
    """Whether two persons the portal knows are one.  That alone changes nothing: see `merge`."""
    first, second = sorted((one, other), key=lambda person: person.id)
    return _keep(Sameness(person_id=first.id, other_id=second.id, is_same=is_same, why=why), by, at)


def _keep(decision: Sameness, by: Person, at: datetime) -> Sameness:
    decision.decided_at, decision.decided_by_id = at, by.id
    db.session.add(decision)
    record("decide-sameness", decision, by=by, at=at, is_same=decision.is_same)
    db.session.commit()
    return decision
