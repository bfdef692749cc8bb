"""What happened in a month, gathered in a few statements however many people there are."""

from datetime import date, timedelta

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.suspension import suspended_spans
from trainingbase.faculty.models import FacultyMember
from trainingbase.incentives.queries import doings, duties
from trainingbase.incentives.rules import Facts, Stay, Trainee
from trainingbase.months import months_later
from trainingbase.programmes.models import Programme
from trainingbase.rotations.queries.placements import touching
from trainingbase.sites.models import PRIMARY_LEVELS, Department, Institution
from trainingbase.training.models import Activity

MONTH_OF_THE_ANNUAL_TEST = 12
"""Results carry a year, not a day: they are paid for with the year's last month."""


def activity_kinds() -> list[str]:
    return list(db.session.scalars(select(Activity.kind).distinct()))


def facts_of(month_on: date, *, today: date) -> Facts:
    """Sixteen statements."""
    in_test_month = month_on.month == MONTH_OF_THE_ANNUAL_TEST
    return Facts(
        month_on=month_on,
        known_until=min(today + timedelta(days=1), months_later(month_on, 1)),
        trainees=tuple(_trainees(month_on)),
        stays=tuple(_stays(month_on)),
        taught=tuple(doings.taught(month_on)),
        answers=tuple(doings.answers(month_on)),
        papers=tuple(doings.papers(month_on)),
        asked=tuple(doings.asked(month_on)),
        absences=tuple(doings.absences(month_on)),
        exams=tuple(doings.exams(month_on.year)) if in_test_month else (),
        means=doings.means(month_on.year) if in_test_month else {},
        away=tuple(doings.away(month_on)),
        posted=tuple(duties.posted(month_on)),
        duties=tuple(duties.duties(month_on)),
        appraised=tuple(duties.appraised(month_on)),
        activity_kinds=tuple(sorted(activity_kinds())),
    )


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
            within.c.ends_on, FacultyMember.person_id, Department.id, Institution.id,
        )
        .join(Resident, Resident.id == within.c.resident_id)
        .join(Department, Department.id == within.c.department_id)
        .join(Institution, Institution.id == Department.institution_id)
        .outerjoin(FacultyMember, FacultyMember.id == within.c.supervisor_id)
        .order_by(within.c.id)
    )  # fmt: skip
    for (number, person_id, level, starts_on, ends_on, supervisor_id, department_id,
         institution_id) in rows:  # fmt: skip
        yield Stay(
            id=number, person_id=person_id, level=level, is_primary_care=level in PRIMARY_LEVELS,
            starts_on=starts_on, ends_on=ends_on, supervisor_id=supervisor_id,
            department_id=department_id, institution_id=institution_id,
        )  # fmt: skip
