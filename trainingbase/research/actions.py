"""What happens to scholarly work.  Each action is one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.research import queries
from trainingbase.research.models import (
    AlreadyDecided,
    BeingCorrected,
    OwnWork,
    Work,
    WorkEvidence,
    WorkPoints,
)
from trainingbase.roles import Role

MINE = "/research/mine"


class ClaimedBefore(Exception):
    """This person has handed in the same work already: `work`."""

    def __init__(self, work: Work):
        super().__init__(work.id)
        self.work = work


def hand_in(
    person: Person,
    answers: Mapping[str, Any],
    evidence: Sequence[Upload],
    *,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Work:
    """Hand in a work, for oneself or, as the office, for somebody.  Sent twice it is one.
    Raises `ClaimedBefore`."""
    known = queries.work_by_key(request_key)
    if known is not None:
        return known
    made = Work(
        person_id=person.id,
        entered_at=at,
        entered_by_id=by.id,
        handed_in_at=at,
        request_key=request_key or None,
        **answers,
    )
    _refuse_second(made)
    db.session.add(made)
    _add_evidence(made, evidence, by=by, at=at)
    record("hand-in-research", made, by=by, at=at, person=person.id, kind=made.kind)
    _tell_office(made, by=by, at=at)
    db.session.commit()
    return made


def _refuse_second(work: Work) -> None:
    """Under the person's lock, so that two devices do not claim one work twice."""
    person = db.session.get_one(Person, work.person_id)
    hold(person, "version")
    before = queries.claimed_before(
        work.person_id,
        kind=work.kind,
        key=work.title_key,
        doi=work.doi,
        other_than=(work.id, work.corrects_id),
    )
    if before is not None:
        db.session.rollback()
        raise ClaimedBefore(before)


def _add_evidence(work: Work, uploads: Sequence[Upload], *, by: Person, at: datetime) -> None:
    work.evidence += [WorkEvidence(file=keep(one, by=by, at=at)) for one in uploads]


def _tell_office(work: Work, *, by: Person, at: datetime) -> None:
    others = [one.id for one in holders_of(Role.OFFICE) if one.id != by.id]
    leave(
        "research-handed-in",
        to_ids=others,
        at=at,
        path=f"/research/{work.id}",
        name=db.session.get_one(Person, work.person_id).name,
        title=work.title,
    )


def change_work(
    work: Work,
    answers: Mapping[str, Any],
    evidence: Sequence[Upload],
    drop: Sequence[int],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Change what waits, or what was returned, which is handed in again by it; `drop` are ids of
    evidence that is taken out.  Raises `AlreadyDecided`, `ClaimedBefore`, `Stale`."""
    work.expect(version)
    if not work.is_open:
        db.session.rollback()
        raise AlreadyDecided
    was_returned = work.state == "returned"
    change("change-research", work, answers, by=by, at=at)
    _refuse_second(work)
    gone = [one for one in work.evidence if one.id in set(drop)]
    if gone or evidence:
        before = [one.file.name for one in work.evidence]
        work.evidence = [one for one in work.evidence if one not in gone]
        _add_evidence(work, evidence, by=by, at=at)
        after = [one.file.name for one in work.evidence]
        note(work, {"evidence": (before, after)}, by=by, at=at)
        record("change-research", work, by=by, at=at, fields=["evidence"])
    work.hand_in(at)
    if was_returned:
        _tell_office(work, by=by, at=at)
    db.session.commit()


def withdraw(work: Work, *, version: int | None, by: Person, at: datetime) -> None:
    """It does not wait any more.  Raises `AlreadyDecided`, `Stale`."""
    work.expect(version)
    work.withdraw(at)
    record("withdraw-research", work, by=by, at=at)
    db.session.commit()


def approve(
    work: Work, points: Decimal | None, *, version: int | None, by: Person, at: datetime
) -> None:
    """From now on it counts, with these points; a correction takes the place of what it corrects.
    Raises `AlreadyDecided`, `OwnWork`, `Stale`."""
    _refuse_own(work, by)
    work.expect(version)
    work.approve(points, by=by, at=at)
    if work.corrects is not None:
        work.corrects.replaced_at = at
    record("approve-research", work, by=by, at=at, person=work.person_id, points=points)
    _tell_person(work, "research-approved", by=by, at=at)
    db.session.commit()


def give_back(work: Work, reason: str, *, version: int | None, by: Person, at: datetime) -> None:
    """The person changes it and hands it in again.  Raises `AlreadyDecided`, `OwnWork`,
    `Stale`."""
    _refuse_own(work, by)
    work.expect(version)
    work.give_back(reason, by=by, at=at)
    record("return-research", work, by=by, at=at, person=work.person_id)
    _tell_person(work, "research-returned", by=by, at=at, reason=reason)
    db.session.commit()


def _refuse_own(work: Work, by: Person) -> None:
    if work.person_id == by.id:
        db.session.rollback()
        raise OwnWork


def _tell_person(work: Work, kind: str, *, by: Person, at: datetime, **facts) -> None:
    if work.person_id != by.id:
        leave(
            kind,
            to_ids=[work.person_id],
            at=at,
            path=f"/research/{work.id}",
            title=work.title,
            **facts,
        )


def correct(
    work: Work,
    answers: Mapping[str, Any],
    evidence: Sequence[Upload],
    *,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Work:
    """Hand in a correction that stands beside what was approved.  Sent twice it is one.  Raises
    `AlreadyDecided` where there is nothing approved to correct, `BeingCorrected`."""
    known = queries.work_by_key(request_key)
    if known is not None:
        return known
    if work.state != "approved":
        raise AlreadyDecided
    made = Work(
        person_id=work.person_id,
        entered_at=at,
        entered_by_id=by.id,
        handed_in_at=at,
        corrects_id=work.id,
        request_key=request_key or None,
        **answers,
    )
    _refuse_second(made)
    kept = [one.file_id for one in work.evidence]
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise BeingCorrected from error
    made.evidence = [WorkEvidence(file_id=one) for one in kept]
    _add_evidence(made, evidence, by=by, at=at)
    record("correct-research", made, by=by, at=at, corrects=work.id)
    _tell_office(made, by=by, at=at)
    db.session.commit()
    return made


def set_points(given: Mapping[tuple[str, str], Decimal | None], *, by: Person, at: datetime) -> int:
    """What the base gives by kind and level; None gives nothing.  What was approved keeps its
    points.  How many changed."""
    table = queries.points_table()
    changed = 0
    for key, points in given.items():
        row = table.get(key)
        before = row.points if row is not None else None
        if before == points:
            continue
        changed += 1
        if row is None:
            row = WorkPoints(kind=key[0], level=key[1], points=points)
            db.session.add(row)
        elif points is None:
            db.session.delete(row)
        else:
            row.points = points
        record("set-research-points", "research_points", by=by, at=at, kind=key[0], level=key[1],
               before=before, after=points)  # fmt: skip
    db.session.commit()
    return changed
