"""What people did in a month, each kind in one statement however many people there are."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from trainingbase.assessments.models import (
    Answer as Said,
)
from trainingbase.assessments.models import (
    ExamResult,
    Instrument,
    ProvincialFigure,
    Request,
    Submission,
)
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.incentives.queries.duties import moment_at
from trainingbase.incentives.rules import (
    Absence,
    Answer,
    Asked,
    Away,
    Exam,
    Paper,
    Taught,
)
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.research.models import Work
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity
from trainingbase.training.queries import HELD
from trainingbase.training.queries.speakers import speakers_of

LONGEST_LIMIT = timedelta(days=200)
"""No limit for answering is longer than this."""


def taught(month_on: date):
    rows = db.session.execute(
        select(
            Activity.id, Activity.kind, Activity.speaker_id, Activity.department_id,
            Department.institution_id, Activity.hours, Activity.score, Activity.attended,
        )
        .outerjoin(Department, Department.id == Activity.department_id)
        .where(
            Activity.held_on >= month_on,
            Activity.held_on < months_later(month_on, 1),
            HELD,
        )
        .order_by(Activity.id)
    ).all()  # fmt: skip
    speakers = speakers_of([row[0] for row in rows])
    for row in rows:
        number, kind, speaker_id, department_id, institution_id, hours, score, attended = row
        yield Taught(
            number, kind, speaker_id, department_id, institution_id, hours or Decimal(0),
            score or Decimal(0), attended or 0,
            tuple(who for who in speakers.get(number, ()) if who != speaker_id),
        )  # fmt: skip


def answers(month_on: date):
    earlier = aliased(Submission)
    failed_before = (
        select(func.count(earlier.id))
        .where(
            earlier.placement_id == Submission.placement_id,
            earlier.instrument_id == Submission.instrument_id,
            earlier.passed.is_(False),
            earlier.id < Submission.id,
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Submission.id, Instrument.code, Submission.assessor_id, Resident.person_id,
            Submission.placement_id, Submission.passed, failed_before, Submission.submitted_at,
            Request.asked_on, Request.created_at, Placement.department_id,
            Department.institution_id, _comments(),
        )
        .join(Instrument, Instrument.id == Submission.instrument_id)
        .join(Resident, Resident.id == Submission.resident_id)
        .outerjoin(Request, Request.id == Submission.request_id)
        .outerjoin(Placement, Placement.id == Submission.placement_id)
        .outerjoin(Department, Department.id == Placement.department_id)
        .where(
            Submission.submitted_at >= moment_at(month_on),
            Submission.submitted_at < moment_at(months_later(month_on, 1)),
            Submission.assessor_id.not_in(select(Person.id).where(Person.is_guest)),
        )
        .order_by(Submission.id)
    )  # fmt: skip
    for (number, form, assessor_id, person_id, placement_id, passed, before, submitted_at,
         asked_on, created_at, department_id, institution_id, comments) in rows:  # fmt: skip
        yield Answer(
            id=number, form=form, assessor_id=assessor_id, person_id=person_id,
            placement_id=placement_id, hours=hours_taken(asked_on, created_at, submitted_at),
            fails_first=passed is False and before == 0, department_id=department_id,
            institution_id=institution_id, comment_characters=comments or 0,
        )  # fmt: skip


def _comments():
    """Characters of what was written in words."""
    return (
        select(func.sum(func.length(Said.text)))
        .where(Said.submission_id == Submission.id)
        .scalar_subquery()
    )


def hours_taken(
    asked_on: date | None, created_at: datetime | None, submitted_at: datetime
) -> Decimal | None:
    """From being asked (the day begins, or the request is made, whichever is later)."""
    if asked_on is None or created_at is None:
        return None
    taken = submitted_at - max(created_at, moment_at(asked_on))
    return Decimal(max(0, int(taken.total_seconds()))) / 3600


def asked(month_on: date):
    rows = db.session.execute(
        select(
            Request.id, Request.assessor_id, Request.asked_on, Request.answered_at,
            Request.cancelled_at,
        ).where(
            Request.asked_on >= month_on - LONGEST_LIMIT,
            Request.asked_on < months_later(month_on, 1),
        )
    )  # fmt: skip
    for number, assessor_id, asked_on, answered_at, cancelled_at in rows:
        closed = [at for at in (answered_at, cancelled_at) if at is not None]
        closed_on = min(closed).astimezone(LOCAL).date() if closed else None
        yield Asked(number, assessor_id, asked_on, closed_on)


def absences(month_on: date):
    rows = db.session.execute(
        select(Leave.id, Resident.person_id, Leave.starts_on, Leave.ends_on, Leave.returned_on)
        .join(Leave.resident)
        .where(
            Leave.kind == "absence",
            Leave.granted.is_(True),
            Leave.starts_on < months_later(month_on, 1),
            Leave.ends_on > month_on,
        )
    )
    return (
        Absence(number, person_id, starts_on, min(ends_on, returned_on or ends_on))
        for number, person_id, starts_on, ends_on, returned_on in rows
    )


def away(month_on: date):
    """Granted leave of every kind, until the resident came back."""
    rows = db.session.execute(
        select(
            Leave.id, Resident.person_id, Leave.kind, Leave.starts_on, Leave.ends_on,
            Leave.returned_on,
        )
        .join(Leave.resident)
        .where(
            Leave.granted.is_(True),
            Leave.starts_on < months_later(month_on, 1),
            Leave.ends_on > month_on,
        )
        .order_by(Leave.id)
    )  # fmt: skip
    return (
        Away(number, person_id, kind, starts_on, min(ends_on, returned_on or ends_on))
        for number, person_id, kind, starts_on, ends_on, returned_on in rows
    )


def papers(month_on: date):
    """Works that the office approved in the month: each once, whatever was corrected since."""
    rows = db.session.scalars(
        select(Work)
        .where(
            Work.approved.is_(True),
            Work.corrects_id.is_(None),
            Work.decided_at >= moment_at(month_on),
            Work.decided_at < moment_at(months_later(month_on, 1)),
        )
        .order_by(Work.id)
    )
    return (
        Paper(one.id, one.person_id, one.level, one.role != "member" or one.author_order == 1,
              one.points or Decimal(0), one.kind)
        for one in rows
    )  # fmt: skip


def exams(year: int):
    rows = db.session.execute(
        select(ExamResult.id, Resident.person_id, ExamResult.theory, ExamResult.skills)
        .join(ExamResult.resident)
        .where(ExamResult.kind == "annual", ExamResult.year == year, ExamResult.attended)
        .order_by(ExamResult.id)
    )
    for number, person_id, theory, skills in rows:
        scores = {"theory": theory, "skills": skills}
        known = {part: score for part, score in scores.items() if score is not None}
        yield Exam(number, person_id, known)


def means(year: int) -> dict[str, Decimal]:
    rows = select(ProvincialFigure.measure, ProvincialFigure.value).where(
        ProvincialFigure.kind == "annual", ProvincialFigure.year == year
    )
    return dict(db.session.execute(rows).all())
