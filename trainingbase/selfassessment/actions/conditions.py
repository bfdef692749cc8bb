"""Entering basic conditions, and saying whether they are met.  Each action is one transaction."""

from collections.abc import Mapping
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.selfassessment import queries
from trainingbase.selfassessment.models import BasicCondition, ConditionMark, OfficialForm


def mark(
    condition: BasicCondition,
    year: int,
    *,
    state: str,
    why: str,
    dated_on: date,
    owner: str,
    file: Upload | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> ConditionMark:
    """A file that was kept stays where no other is given.  Raises `Stale` where somebody else has
    said something meanwhile."""
    hold(condition)  # two who are the first to say something say it one after the other
    kept = queries.mark_of(condition, year)
    answers = {"state": state, "why": why, "dated_on": dated_on, "owner": owner}
    if kept is not None:
        kept.expect(version)
    if file is not None:
        stored = keep(file, by=by, at=at)
        db.session.flush()
        answers["file_id"] = stored.id
    if kept is None:
        kept = ConditionMark(
            condition_id=condition.id, year=year, said_at=at, said_by_id=by.id, **answers
        )
        db.session.add(kept)
        record("mark-condition", kept, by=by, at=at, year=year, state=state)
    else:
        change("mark-condition", kept, answers, by=by, at=at)
        kept.said_at, kept.said_by_id = at, by.id
    db.session.commit()
    return kept


def add_condition(
    edition: OfficialForm, answers: Mapping, *, by: Person, at: datetime, request_key: str
) -> BasicCondition:
    """The same `request_key` again is the same condition."""
    known = queries.condition_by_key(request_key)
    if known is not None:
        return known
    made = BasicCondition(edition_id=edition.id, request_key=request_key, **answers)
    db.session.add(made)
    record("add-condition", made, by=by, at=at, edition=edition.code)
    db.session.commit()
    return made


def edit_condition(
    condition: BasicCondition, answers: Mapping, *, version: int | None, by: Person, at: datetime
) -> list[str]:
    """Raises `Stale`."""
    condition.expect(version)
    changed = change("edit-condition", condition, answers, by=by, at=at)
    db.session.commit()
    return changed
