"""The certificate that an obligation was fulfilled, signed by the office."""

from datetime import date, datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.careers.actions.bonds import use
from trainingbase.careers.queries.bonds import Case
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.signatures import actions as signatures
from trainingbase.signatures.models import Signature
from trainingbase.signatures.rules import Proof

KIND, MEANING = "service_obligations", "bond_fulfilled"


class NotFulfilled(Exception):
    """There is still service owed."""


def content_of(case: Case, today: date) -> dict[str, Any]:
    """What is signed: whose obligation, what it was, and which records served it."""
    one = case.obligation
    return {
        "resident": case.resident.name,
        "cohort": case.resident.cohort.name,
        "id_number": case.resident.masked_id_number,
        "years": one.years,
        "place": one.place,
        "rule": case.rule.name if case.rule is not None else "",
        "owed_days": case.found.owed_days,
        "served_days": case.found.served_days,
        "on": today,
        "rows": [
            {
                "starts_on": row.starts_on,
                "ends_on": row.ends_on,
                "days": row.days,
                "place": _place(case, row.stretch.key),
            }
            for row in case.found.rows
            if row.days > 0
        ],
    }


def _place(case: Case, key: int | None) -> str:
    return next((one.name for one in case.employments if one.id == key), "")


def certify(case: Case, proof: Proof, *, by: Person, at: datetime, today: date) -> Signature:
    """Raises `NotFulfilled`, and what signing raises."""
    if case.state != "fulfilled":
        raise NotFulfilled
    if case.rule is not None:
        use(case.rule, at=at)
    made = signatures.sign(
        KIND,
        case.obligation.id,
        MEANING,
        content_of(case, today),
        password=proof.password,
        address=proof.address,
        tried_at=proof.tried_at,
        by=by,
        at=at,
        role="office",
    )
    record("certify-service", case.obligation, by=by, at=at, digest=made.digest)
    leave(
        "bond-certified",
        to_ids=[case.resident.person_id],
        at=at,
        path=f"/careers/obligations/{case.obligation.id}",
    )
    db.session.commit()
    return made
