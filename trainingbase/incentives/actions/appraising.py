"""Keeping monthly appraisals."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.incentives.models import Appraisal
from trainingbase.people.models import Person


class OwnAppraisal(Exception):
    """Nobody appraises themselves."""


class AppraisedAlready(Exception):
    """One appraisal for each person, or department, and month."""


def keep(said: dict[str, Any], *, key: str | None, by: Person, at: datetime) -> Appraisal:
    """Raises `AppraisedAlready` and `OwnAppraisal`."""
    if said["person_id"] == by.id:
        raise OwnAppraisal
    before = db.session.scalar(select(Appraisal).where(Appraisal.request_key == key))
    if key is not None and before is not None:
        return before
    appraisal = Appraisal(**said, whose=_whose(said), made_at=at, made_by_id=by.id,
                          request_key=key)  # fmt: skip
    db.session.add(appraisal)
    try:
        db.session.flush()
    except IntegrityError as clash:
        db.session.rollback()
        raise AppraisedAlready(said["month_on"]) from clash
    record("keep-appraisal", appraisal, by=by, at=at, month=said["month_on"])
    db.session.commit()
    return appraisal


def _whose(said: dict[str, Any]) -> str:
    if said["person_id"] is not None:
        return f"person:{said['person_id']}"
    return f"department:{said['department_id']}"


def edit(
    appraisal: Appraisal, said: dict[str, Any], *, version: int | None, by: Person, at: datetime
) -> None:
    """Its figures; whose and of which month it is stays.  Raises `Stale` and `OwnAppraisal`."""
    if appraisal.person_id == by.id:
        raise OwnAppraisal
    appraisal.expect(version)
    fixed = {"month_on", "department_id", "person_id"}
    figures = {name: value for name, value in said.items() if name not in fixed}
    change("keep-appraisal", appraisal, figures, by=by, at=at)
    db.session.commit()
