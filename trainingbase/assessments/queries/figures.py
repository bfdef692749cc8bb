"""Figures about assessments; one statement each.

They name places and forms, and people only by id.  Months are those of `asked_on`; periods are
[starts_on, ends_on).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from trainingbase.assessments.models import Answer, Instrument, Item, Request, Submission
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department


@dataclass(frozen=True)
class Asked:
    """Requests of one form, department and month.  `done` were answered, `in_time` of them on a
    day before they were late; `late` wait although due; `expired` were never answered; `waiting`
    are not due yet.  Cancelled requests do not count.  `request_ids` is all of them."""

    month: date
    institution_id: int
    department_id: int
    code: str
    asked: int
    done: int
    in_time: int
    late: int
    expired: int
    waiting: int
    request_ids: tuple[int, ...]


@dataclass(frozen=True)
class Judgement:
    """One form: whose it is, who judged, and the mean of what was rated."""

    resident_id: int
    assessor_id: int
    mean: float


def _placed() -> tuple[Any, ...]:
    return Department.institution_id, Placement.department_id, Instrument.code


def asked(
    starts_on: date, ends_on: date, *, today: date, cohort_id: int | None = None
) -> list[Asked]:
    """In the order of month, institution, department and form; of one cohort, or of all."""
    rows = db.session.execute(
        select(
            Request.id,
            Request.asked_on,
            Request.due_on,
            Request.expires_on,
            Request.answered_at,
            *_placed(),
        )
        .join(Request.placement)
        .join(Request.resident)
        .join(Placement.department)
        .join(Request.instrument)
        .where(
            Request.asked_on >= starts_on,
            Request.asked_on < ends_on,
            Request.cancelled_at.is_(None),
            *([Resident.cohort_id == cohort_id] if cohort_id else []),
        )
        .order_by(Request.id)
    ).all()
    groups: dict[tuple, list[tuple[int, str]]] = defaultdict(list)
    for row in rows:
        key = (row.asked_on.replace(day=1), row.institution_id, row.department_id, row.code)
        groups[key].append((row.id, _became(row, today)))
    return [_counted(key, members) for key, members in sorted(groups.items())]


def _became(row: Row, today: date) -> str:
    if row.answered_at is not None:
        return "in_time" if _day(row.answered_at) < row.due_on else "done_late"
    if today >= row.expires_on:
        return "expired"
    return "late" if today >= row.due_on else "waiting"


def _day(moment) -> date:
    return moment.astimezone(LOCAL).date()


def _counted(key: tuple, members: list[tuple[int, str]]) -> Asked:
    states = [state for _id, state in members]
    in_time = states.count("in_time")
    return Asked(
        *key,
        asked=len(members),
        done=in_time + states.count("done_late"),
        in_time=in_time,
        late=states.count("late"),
        expired=states.count("expired"),
        waiting=states.count("waiting"),
        request_ids=tuple(number for number, _state in members),
    )


def how_many(code: str, *conditions: Any) -> int:
    """Forms of this kind, however they are rated; as `judgements`."""
    asked = (
        select(func.count())
        .select_from(Submission)
        .join(Submission.instrument)
        .join(Submission.placement)
        .where(Instrument.code == code, *conditions)
    )
    return db.session.scalar(asked) or 0


def judgements(code: str, *conditions: Any) -> list[Judgement]:
    """The ratings of every form of this kind, all its versions, in the order of submission; what
    was not observed does not count.  `conditions` are on submissions and their placements."""
    rows = db.session.execute(
        select(
            Submission.resident_id,
            Submission.assessor_id,
            func.sum(Answer.number),
            func.count(),
        )
        .select_from(Submission)
        .join(Submission.instrument)
        .join(Submission.placement)
        .join(Submission.answers)
        .join(Answer.item)
        .where(
            Instrument.code == code,
            Item.kind == "rating",
            Answer.number.is_not(None),
            *conditions,
        )
        .group_by(Submission.id, Submission.resident_id, Submission.assessor_id)
        .order_by(Submission.id)
    )
    return [
        Judgement(resident, assessor, float(total) / count)
        for resident, assessor, total, count in rows
    ]
