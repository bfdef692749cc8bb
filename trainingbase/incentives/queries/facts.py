"""What happened in a month, gathered in a few statements however many people there are."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

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
from trainingbase.enrolment.suspension import suspended_spans
from trainingbase.faculty.models import FacultyMember
from trainingbase.incentives.models import Rate
from trainingbase.incentives.rules import (
    Absence,
    Answer,
    Asked,
    Exam,
    Facts,
    Paper,
    Price,
    Stay,
    Taught,
    Trainee,
)
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.programmes.models import Programme
from trainingbase.research.queries import approved_papers
from trainingbase.rotations.queries.placements import touching
from trainingbase.sites.models import PRIMARY_LEVELS, Department, Institution
from trainingbase.training.models import Activity
from trainingbase.training.queries import HELD

LONGEST_LIMIT = timedelta(days=200)
"""No limit for answering is longer than this."""
MONTH_OF_THE_ANNUAL_TEST = 12
"""Results carry a year, not a day: they are paid for with the year's last month."""


def prices_in(month_on: date) -> Sequence[Price]:
    """The rates in force on the first of the month; of two for the same thing the newer."""
    rows = db.session.scalars(
        select(Rate)
        .where(Rate.starts_on <= month_on, (Rate.ends_on.is_(None)) | (Rate.ends_on > month_on))
        .order_by(Rate.starts_on, Rate.id)
    )
    newest = {
        (r.kind, r.item, r.programme_kind, r.trainee_type, r.training_year, r.site_level, r.payee,
         r.condition): r
        for r in rows
    }  # fmt: skip
    return [
        Price(
            id=r.id, kind=r.kind, item=r.item, amount=r.amount, programme_kind=r.programme_kind,
            trainee_type=r.trainee_type, training_year=r.training_year, level=r.site_level,
            condition=r.condition, cap=r.monthly_cap, source_id=r.source_id,
        )
        for r in sorted(newest.values(), key=lambda rate: rate.id)
    ]  # fmt: skip


def activity_kinds() -> list[str]:
    return list(db.session.scalars(select(Activity.kind).distinct()))


def facts_of(month_on: date, *, today: date) -> Facts:
    """Eleven statements."""
    in_test_month = month_on.month == MONTH_OF_THE_ANNUAL_TEST
    return Facts(
        month_on=month_on,
        known_until=today + timedelta(days=1),
        trainees=tuple(_trainees(month_on)),
        stays=tuple(_stays(month_on)),
        taught=tuple(_taught(month_on)),
        answers=tuple(_answers(month_on)),
        papers=tuple(_papers(month_on)),
        asked=tuple(_asked(month_on)),
        absences=tuple(_absences(month_on)),
        exams=tuple(_exams(month_on.year)) if in_test_month else (),
        means=_means(month_on.year) if in_test_month else {},
    )


def moment_at(day: date) -> datetime:
    """The first moment of a day of the base."""
    return datetime.combine(day, time(), LOCAL).astimezone(UTC)


def _trainees(month_on: date):
    resting = suspended_spans()
    rows = db.session.execute(
        select(
            Resident.id, Resident.person_id, Programme.code, Programme.name,
            Resident.trainee_type, Resident.starts_on, Resident.ends_on, Resident.finished_on,
            Resident.withdrawn_on, Resident.tutor_id,
        ).join(Resident.programme)
    )  # fmt: skip
    for (number, person_id, code, name, trainee_type, starts_on, ends_on, finished_on,
         withdrawn_on, tutor_id) in rows:  # fmt: skip
        after = finished_on + timedelta(days=1) if finished_on is not None else None
        ends = [day for day in (ends_on, after, withdrawn_on) if day is not None]
        if (starts_on and starts_on >= months_later(month_on, 1)) or (
            ends and min(ends) <= month_on
        ):
            continue
        yield Trainee(
            id=number, person_id=person_id, programme_code=code, programme_name=name,
            trainee_type=trainee_type, starts_on=starts_on, ends_on=min(ends) if ends else None,
            tutor_id=tutor_id, resting=tuple(resting.get(number, ())),
        )  # fmt: skip


def _stays(month_on: date):
    within = touching(month_on, months_later(month_on, 1)).subquery()
    rows = db.session.execute(
        select(
            within.c.id, Resident.person_id, Institution.level, within.c.starts_on,
            within.c.ends_on, FacultyMember.person_id,
        )
        .join(Resident, Resident.id == within.c.resident_id)
        .join(Department, Department.id == within.c.department_id)
        .join(Institution, Institution.id == Department.institution_id)
        .outerjoin(FacultyMember, FacultyMember.id == within.c.supervisor_id)
        .order_by(within.c.id)
    )  # fmt: skip
    for number, person_id, level, starts_on, ends_on, supervisor_id in rows:
        yield Stay(
            id=number, person_id=person_id, level=level, is_primary_care=level in PRIMARY_LEVELS,
            starts_on=starts_on, ends_on=ends_on, supervisor_id=supervisor_id,
        )  # fmt: skip


def _taught(month_on: date):
    rows = db.session.execute(
        select(Activity.id, Activity.kind, Activity.speaker_id)
        .where(
            Activity.held_on >= month_on,
            Activity.held_on < months_later(month_on, 1),
            HELD,
        )
        .order_by(Activity.id)
    )
    return (Taught(*row) for row in rows)


def _answers(month_on: date):
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
            Request.asked_on, Request.created_at,
        )
        .join(Instrument, Instrument.id == Submission.instrument_id)
        .join(Resident, Resident.id == Submission.resident_id)
        .outerjoin(Request, Request.id == Submission.request_id)
        .where(
            Submission.submitted_at >= moment_at(month_on),
            Submission.submitted_at < moment_at(months_later(month_on, 1)),
            Submission.assessor_id.not_in(select(Person.id).where(Person.is_guest)),
        )
        .order_by(Submission.id)
    )  # fmt: skip
    for (number, form, assessor_id, person_id, placement_id, passed, before, submitted_at,
         asked_on, created_at) in rows:  # fmt: skip
        yield Answer(
            id=number, form=form, assessor_id=assessor_id, person_id=person_id,
            placement_id=placement_id, hours=hours_taken(asked_on, created_at, submitted_at),
            fails_first=passed is False and before == 0,
        )  # fmt: skip


def hours_taken(
    asked_on: date | None, created_at: datetime | None, submitted_at: datetime
) -> Decimal | None:
    """From being asked (the day begins, or the request is made, whichever is later)."""
    if asked_on is None or created_at is None:
        return None
    taken = submitted_at - max(created_at, moment_at(asked_on))
    return Decimal(max(0, int(taken.total_seconds()))) / 3600


def _asked(month_on: date):
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


def _absences(month_on: date):
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


def _papers(month_on: date):
    first, end = moment_at(month_on), moment_at(months_later(month_on, 1))
    return (
        Paper(one.id, one.person_id, one.level, one.role != "member" or one.author_order == 1)
        for one in approved_papers(first, end)
    )


def _exams(year: int):
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


def _means(year: int) -> dict[str, Decimal]:
    rows = select(ProvincialFigure.measure, ProvincialFigure.value).where(
        ProvincialFigure.kind == "annual", ProvincialFigure.year == year
    )
    return dict(db.session.execute(rows).all())
