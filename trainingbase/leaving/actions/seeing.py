"""The resident reads the result and signs, perhaps with an objection, which the office answers."""

from dataclasses import asdict
from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.leaving.actions.finishing import complete
from trainingbase.leaving.actions.telling import office, tell
from trainingbase.leaving.models import Leaving, NotNow
from trainingbase.people.models import Person
from trainingbase.signatures.actions import sign
from trainingbase.signatures.rules import Proof

KIND = "leaving-view"


def see(
    leaving: Leaving,
    *,
    remark: str | None,
    objects: bool,
    proof: Proof,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Sign that the result was read; where all is signed and the placement over, the resident has
    left.  Raises `NotNow`, `Stale`, `WrongPassword`, `TooManyTries`."""
    leaving.expect(version)
    mine = leaving.placement.resident.person_id == by.id
    if not mine or not leaving.is_signed or leaving.seen_at is not None:
        db.session.rollback()
        raise NotNow
    assert leaving.signature is not None
    content = {
        "form": leaving.signature.digest,
        "placement": leaving.placement_id,
        "round": leaving.round,
        "remark": remark,
        "objects": objects,
    }
    signature = sign(
        KIND, leaving.id, "seen", content, by=by, at=at, role="resident", **asdict(proof)
    )
    leaving.view_signature_id, leaving.seen_at = signature.id, at
    leaving.remark, leaving.objects = remark, objects
    record("see-leaving", leaving, by=by, at=at, objects=objects)
    if objects:
        tell("leaving-objection", leaving.placement, office(), at=at)
    complete(leaving, today=at.astimezone(LOCAL).date(), by=by, at=at)
    db.session.commit()


def answer_objection(
    leaving: Leaving, answer: str, *, version: int | None, by: Person, at: datetime
) -> None:
    """Raises `NotNow`, `Stale`."""
    leaving.expect(version)
    if not leaving.objects or leaving.answered_at is not None:
        db.session.rollback()
        raise NotNow
    leaving.answer, leaving.answered_at, leaving.answered_by_id = answer, at, by.id
    record("answer-leaving-objection", leaving, by=by, at=at)
    placement = leaving.placement
    tell("leaving-answered", placement, [placement.resident.person_id], at=at, answer=answer)
    complete(leaving, today=at.astimezone(LOCAL).date(), by=by, at=at)
    db.session.commit()
