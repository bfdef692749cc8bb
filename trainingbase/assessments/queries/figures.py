"""Figures about assessments, each with the ids of the rows behind it; one statement each.

They name places and forms, no people.  Months are those of `asked_on` or `observed_on`; periods
are [starts_on, ends_on).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select

from trainingbase.assessments.models import Answer, Instrument, Item, Request, Submission
from trainingbase.assessments.rules import mean
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
class Latency:
    """How long one answered request waited."""

    request_id: int
    submission_id: int
    code: str
    institution_id: int
    department_id: int
    asked_on: date
    due_on: date
    answered_on: date

    @property
    def days(self) -> int:
        return (self.answered_on - self.asked_on).days

    @property
    def in_time(self) -> bool:
        return self.answered_on < self.due_on


@dataclass(frozen=True)
class Rated:
    """Ratings on one scale (`highest`) of items of one competency; `mean` to two places."""

    competency: str
    highest: Decimal
    n: int
    mean: Decimal
    submission_ids: tuple[int, ...]


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


def latency_rows(starts_on: date, ends_on: date) -> list[Latency]:
    """Requests asked in the period that were answered."""
    rows = db.session.execute(
        select(
            Request.id,
            Submission.id,
            Instrument.code,
            Department.institution_id,
            Placement.department_id,
            Request.asked_on,
            Request.due_on,
            Request.answered_at,
        )
        .join(Submission, Submission.request_id == Request.id)
        .join(Placement, Placement.id == Request.placement_id)
        .join(Placement.department)
        .join(Instrument, Instrument.id == Request.instrument_id)
        .where(Request.asked_on >= starts_on, Request.asked_on < ends_on)
        .order_by(Request.id)
    )
    return [Latency(*row[:-1], answered_on=_day(row[-1])) for row in rows]


def ratings_by_competency(
    starts_on: date, ends_on: date, *, code: str | None = None
) -> list[Rated]:
    """Means of what was observed in the period; scales of different length stand apart.  What
    was not observed does not count."""
    rows = db.session.execute(
        select(Item.competency, Item.highest, Answer.number, Answer.submission_id)
        .select_from(Answer)
        .join(Answer.item)
        .join(Answer.submission)
        .join(Item.instrument)
        .where(
            Item.kind == "rating",
            Item.competency.is_not(None),
            Answer.number.is_not(None),
            Submission.observed_on >= starts_on,
            Submission.observed_on < ends_on,
            *([Instrument.code == code] if code else []),
        )
        .order_by(Item.competency, Item.highest, Answer.submission_id)
    )
    found = []
    for (competency, highest), members in groupby(rows, key=lambda row: (row[0], row[1])):
        values = [(number, submission) for _c, _h, number, submission in members]
        found.append(
            Rated(
                competency,
                highest,
                n=len(values),
                mean=mean(number for number, _id in values),
                submission_ids=tuple(sorted({submission for _n, submission in values})),
            )
        )
    return found


def exits(starts_on: date, ends_on: date) -> list[tuple[date, int, int, int, int, bool]]:
    """(month, institution_id, department_id, submission_id, attempt, passed) of each exit
    assessment observed in the period."""
    rows = db.session.execute(
        select(
            Submission.observed_on,
            Department.institution_id,
            Placement.department_id,
            Submission.id,
            Submission.attempt,
            Submission.passed,
        )
        .join(Submission.placement)
        .join(Placement.department)
        .where(
            Submission.passed.is_not(None),
            Submission.observed_on >= starts_on,
            Submission.observed_on < ends_on,
        )
        .order_by(Submission.id)
    )
    return [(day.replace(day=1), *rest) for day, *rest in rows]
