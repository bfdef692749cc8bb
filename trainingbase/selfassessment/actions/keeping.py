"""Points, evidence, tasks and snapshots.  Each action is one transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.selfassessment import queries
from trainingbase.selfassessment.models import (
    Indicator,
    IndicatorEvidence,
    IndicatorPart,
    IndicatorTask,
    OfficialForm,
    OwnScore,
    Snapshot,
)
from trainingbase.signatures.rules import digest


class MoreThanThere(Exception):
    """A part gives no more than its points."""


class AlreadyDone(Exception):
    """A task is done once."""


def answer(
    part: IndicatorPart,
    year: int,
    *,
    points: Decimal,
    why: str,
    version: int | None,
    by: Person,
    at: datetime,
) -> OwnScore:
    """Raises `MoreThanThere`, and `Stale` where somebody else has answered meanwhile."""
    if points > part.points:
        raise MoreThanThere
    kept = queries.answer_of(part, year)
    answers = {"points": points, "why": why}
    if kept is None:
        kept = OwnScore(part_id=part.id, year=year, said_at=at, said_by_id=by.id, **answers)
        db.session.add(kept)
        record("self-assess", kept, by=by, at=at, item=part.item.code, year=year)
    else:
        kept.expect(version)
        change("self-assess", kept, answers, by=by, at=at)
        kept.said_at, kept.said_by_id = at, by.id
    db.session.commit()
    return kept


def take_back_answer(kept: OwnScore, *, version: int | None, by: Person, at: datetime) -> None:
    """What is computed counts again.  Raises `Stale`."""
    kept.expect(version)
    record("take-back-self-assessment", kept, by=by, at=at, points=str(kept.points))
    db.session.delete(kept)
    db.session.commit()


def keep_evidence(
    item: Indicator,
    year: int,
    *,
    what: str,
    dated_on: date,
    owner: str,
    file: Upload | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> IndicatorEvidence:
    known = (
        db.session.scalar(
            select(IndicatorEvidence).where(IndicatorEvidence.request_key == request_key)
        )
        if request_key
        else None
    )
    if known is not None:
        return known
    made = IndicatorEvidence(
        item_id=item.id, year=year, what=what, dated_on=dated_on, owner=owner,
        file=keep(file, by=by, at=at) if file is not None else None, kept_at=at,
        kept_by_id=by.id, request_key=request_key or None,
    )  # fmt: skip
    db.session.add(made)
    record("keep-evidence", made, by=by, at=at, item=item.code, year=year)
    db.session.commit()
    return made


def withdraw_evidence(one: IndicatorEvidence, *, by: Person, at: datetime) -> None:
    """A second time changes nothing."""
    if one.withdrawn_at is None:
        one.withdrawn_at = at
        record("withdraw-evidence", one, by=by, at=at)
    db.session.commit()


def set_task(
    item: Indicator,
    year: int,
    *,
    what: str,
    owner: Person,
    due_on: date,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> IndicatorTask:
    known = (
        db.session.scalar(select(IndicatorTask).where(IndicatorTask.request_key == request_key))
        if request_key
        else None
    )
    if known is not None:
        return known
    made = IndicatorTask(
        item_id=item.id, year=year, what=what, owner_id=owner.id, due_on=due_on, made_at=at,
        made_by_id=by.id, request_key=request_key or None,
    )  # fmt: skip
    db.session.add(made)
    record("set-task", made, by=by, at=at, item=item.code, year=year)
    leave(
        "self-assessment-task",
        to_ids={owner.id} - {by.id},
        at=at,
        path="/self-assessment/",
        what=what,
        item=item.code,
        due_on=due_on.isoformat(),
    )
    db.session.commit()
    return made


def finish_task(task: IndicatorTask, *, version: int | None, by: Person, at: datetime) -> None:
    """Raises `AlreadyDone` and `Stale`."""
    if task.done_at is not None:
        raise AlreadyDone
    task.expect(version)
    task.done_at, task.done_by_id = at, by.id
    record("finish-task", task, by=by, at=at)
    db.session.commit()


def edit_part(
    part: IndicatorPart,
    answers: Mapping,
    *,
    version: int | None,
    by: Person,
    at: datetime,
    why: str | None = None,
) -> list[str]:
    """Raises `Stale`."""
    part.expect(version)
    changed = change("edit-indicator", part, answers, by=by, at=at, why=why)
    db.session.commit()
    return changed


def freeze(
    edition: OfficialForm,
    year: int,
    content: dict,
    *,
    total: Decimal,
    verdict: str,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Snapshot:
    """Keep what the page says, for ever; the same `request_key` again is the same snapshot."""
    known = queries.snapshot_by_key(request_key)
    if known is not None:
        return known
    made = Snapshot(
        edition_id=edition.id, year=year, total=total, verdict=verdict, content=content,
        digest=digest(content), taken_at=at, taken_by_id=by.id, request_key=request_key or None,
    )  # fmt: skip
    db.session.add(made)
    record("freeze-self-assessment", made, by=by, at=at, year=year, digest=made.digest)
    db.session.commit()
    return made
