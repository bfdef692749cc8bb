"""The review by the teaching group, which its leader signs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import Stale, db, hold
from trainingbase.leaving.actions.telling import office, secretaries, tell
from trainingbase.leaving.models import Leaving, NotNow, Vetoed
from trainingbase.leaving.queries import deciding
from trainingbase.leaving.queries.groups import group_of, members_on
from trainingbase.leaving.queries.standing import standing_of
from trainingbase.leaving.rules.gate import FAILED, PASSED
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.signatures.actions import sign
from trainingbase.signatures.rules import Proof, digest

KIND = "leaving"


class Deviates(Exception):
    """The verdict is not the one that the rules propose: it needs a reason."""


@dataclass(frozen=True)
class Verdict:
    """passed or failed, why where the rules propose otherwise, what is said to the resident, and
    who of the group (by their person) took part."""

    verdict: str
    feedback: str
    reason: str | None = None
    reviewer_ids: Sequence[int] = ()


def review(
    leaving: Leaving,
    given: Verdict,
    *,
    seen: str,
    proof: Proof,
    version: int | None,
    by: Person,
    at: datetime,
) -> Leaving:
    """Sign the figures as they stand, with the verdict.

    `seen` is the digest of the content that the page showed (`rules.digest` of `content_of`):
    where a figure has changed since, nothing is signed and `Stale` is raised.  Raises `NotNow`,
    `Vetoed` (nobody passes without these, not reached or never entered), `Deviates`,
    `WrongPassword`, `TooManyTries`.
    """
    placement, today = leaving.placement, at.astimezone(LOCAL).date()
    hold(placement, "version")  # marks and appraisal wait until this is signed
    db.session.expire_all()  # and are as they stand now, not as the page was made of them
    leaving.expect(version)
    standing = standing_of([placement.id])[placement.id]
    ready = deciding.to_review(placement, standing, today=today)
    duty = _duty(placement, by, today)
    if leaving.state != "ready" or duty is None:
        db.session.rollback()
        raise NotNow
    if seen != digest(ready.content):
        db.session.rollback()
        raise Stale(leaving)
    _check(given, standing.proposed, standing.vetoes + standing.unentered)
    content = ready.content | {
        "round": leaving.round,
        "prepared_because": leaving.prepared_because,
        "review": _said(given, standing.proposed, ready.reviewers, by, duty, at),
    }
    content["fields"] = content["fields"] | {"EX7.1": given.verdict}
    signature = sign(KIND, leaving.id, "verdict", content, by=by, at=at, role=duty, **asdict(proof))
    leaving.state = leaving.verdict = given.verdict
    leaving.proposed, leaving.reason = standing.proposed, given.reason
    leaving.feedback, leaving.content = given.feedback, signature.content
    leaving.signature_id, leaving.signed_at = signature.id, at
    record("review-leaving", leaving, by=by, at=at, verdict=given.verdict, round=leaving.round)
    _tell(leaving, at)
    db.session.commit()
    return leaving


def _duty(placement: Placement, by: Person, today) -> str | None:
    if placement.resident.person_id == by.id:
        return None
    for one in members_on(group_of(placement), today):
        if one.faculty_member.person_id == by.id and one.duty in ("leader", "deputy"):
            return one.duty
    return None


def _check(given: Verdict, proposed: str, vetoes: tuple[str, ...]) -> None:
    if given.verdict == PASSED and vetoes:
        db.session.rollback()
        raise Vetoed(vetoes)
    if given.verdict != proposed and not (given.reason or "").strip():
        db.session.rollback()
        raise Deviates


def _said(
    given: Verdict,
    proposed: str,
    reviewers: Sequence[Person],
    by: Person,
    duty: str,
    at: datetime,
) -> dict[str, Any]:
    wanted = set(given.reviewer_ids) | {by.id}
    return {
        "verdict": given.verdict,
        "proposed": proposed,
        "reason": given.reason,
        "feedback": given.feedback,
        "reviewers": [one.name for one in reviewers if one.id in wanted],
        "signed_by": by.name,
        "duty": duty,
        "signed_at": at,
    }


def _tell(leaving: Leaving, at: datetime) -> None:
    placement, today = leaving.placement, at.astimezone(LOCAL).date()
    tell("leaving-signed", placement, [placement.resident.person_id], at=at)
    if leaving.state != FAILED:
        return
    told = {*office(), *secretaries(placement, today)}
    if placement.supervisor is not None:
        told.add(placement.supervisor.person_id)
    tell("leaving-failed", placement, told, at=at)
