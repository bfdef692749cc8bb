"""The supervisor's part of the official exit form, signed by the password."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.history.actions import note
from trainingbase.leaving.models import AlreadyDone, Appraisal
from trainingbase.leaving.queries import deciding, sources
from trainingbase.leaving.rules.form import FORM
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.signatures.actions import sign
from trainingbase.signatures.actions import withdraw as take_back
from trainingbase.signatures.rules import Proof

KIND = "exit-appraisal"


@dataclass(frozen=True)
class Appraised:
    """Grades 1 (excellent) to 4 (poor) and counts by the code of the item, and a comment."""

    grades: Mapping[str, int]
    counts: Mapping[str, int]
    comment: str | None = None


def appraise(
    placement: Placement,
    given: Appraised,
    *,
    proof: Proof,
    version: int | None,
    by: Person,
    at: datetime,
) -> Appraisal:
    """Keep and sign; until the placement was passed, or failed and decided what follows, it can
    be changed, and is then signed anew.

    The same again changes nothing.  Raises `WrongPassword`, `TooManyTries`, `Stale`,
    `AlreadyDone`.
    """
    hold(placement, "version")  # whoever signs the review meanwhile signs this, or what was before
    row = sources.appraisals([placement.id]).get(placement.id)
    if row is not None and _same(row, given, by):
        db.session.rollback()
        return row
    if _is_settled(placement):
        db.session.rollback()
        raise AlreadyDone
    row = _begun(placement, row, given, version=version, by=by, at=at)
    content = {"form": FORM, "placement": placement.id, **asdict(given)}
    sign(KIND, row.id, "appraises", content, by=by, at=at, role="supervisor", **asdict(proof))
    record("appraise-resident", row, by=by, at=at)
    db.session.commit()
    return row


def _is_settled(placement: Placement) -> bool:
    """Nothing is reviewed any more: it was passed, or failed and decided what follows."""
    leaving = deciding.current(placement.id)
    if leaving is None:
        return False
    hold(leaving)
    if not leaving.is_signed:
        return False
    return leaving.state == "passed" or leaving.consequence is not None


def _same(row: Appraisal, given: Appraised, by: Person) -> bool:
    return row.signed_by_id == by.id and (row.grades, row.counts, row.comment) == (
        dict(given.grades), dict(given.counts), given.comment,
    )  # fmt: skip


def _begun(
    placement: Placement,
    row: Appraisal | None,
    given: Appraised,
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> Appraisal:
    if row is None:
        row = Appraisal(
            placement_id=placement.id,
            grades=dict(given.grades),
            counts=dict(given.counts),
            comment=given.comment,
            signed_at=at,
            signed_by_id=by.id,
        )
        db.session.add(row)
        db.session.flush()
        return row
    row.expect(version)
    before = deciding.signature_of_appraisal(row.id)
    if before is not None:
        take_back(before, because="replaced", by=by, at=at)
    note(row, {"grades": (_shown(row.grades), _shown(given.grades))}, by=by, at=at)
    row.grades, row.counts = dict(given.grades), dict(given.counts)
    row.comment, row.signed_at, row.signed_by_id = given.comment, at, by.id
    return row


def _shown(grades: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {grade}" for code, grade in sorted(grades.items()))
