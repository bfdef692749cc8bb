"""Mini-CEXs of many residents by four assessors, one of them mild."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select

from tests.cast import LONG_AGO, add, person
from tests.quality.autumn import instrument
from trainingbase.assessments.models import Answer, Instrument, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

ASSESSORS = [f"A{number}" for number in range(4)]


def play_forms(
    county, plan_in_force, mei_member, residents, each, *, first=0, differing=2, noise=1
):
    """R0, R1, … (from `first`) with so many forms each, in October; they differ by `differing`
    points, chance adds up to `noise`."""
    chance, form, assessors = Random(1), _form(), _assessors()
    for number in range(first, first + residents):
        placement = _placed(county, plan_in_force, mei_member, number)
        for at in range(each):
            moment = datetime(2026, 10, 2, tzinfo=UTC) + timedelta(days=at)
            middle = 3 + differing * (number % 3) + (at % 2)
            db.session.add(
                Submission(
                    form_key=f"{number}-{at}",
                    instrument=form,
                    placement=placement,
                    resident=placement.resident,
                    assessor=assessors[(number + at) % 4],
                    observed_on=moment.date(),
                    submitted_at=moment,
                    answers=[
                        Answer(item=item, number=Decimal(middle + chance.randint(0, noise)))
                        for item in form.items
                    ],
                )
            )
    db.session.commit()


def _form() -> Instrument:
    there = db.session.scalar(
        select(Instrument).where(Instrument.code == "mini_cex", Instrument.version == "t")
    )
    return there or instrument("mini_cex", [("M1", "Interviewing"), ("M2", "Examination")])


def _assessors() -> list[Person]:
    there = db.session.scalars(select(Person).where(Person.name.in_(ASSESSORS))).all()
    return list(there) or [person(name) for name in ASSESSORS]


def _placed(county, plan_in_force, mei_member, number: int) -> Placement:
    resident = add(
        Resident(
            person=person(f"R{number}"), cohort=county.cohort, programme=county.programme,
            id_number=f"{number:018}", sex="男", trainee_type="social",
            starts_on=date(2026, 9, 1), ends_on=date(2029, 9, 1),
        )
    )  # fmt: skip
    return add(
        Placement(
            plan_id=plan_in_force.id, resident=resident, department=county.medicine,
            standard_department=county.medicine.standards[0], supervisor=mei_member,
            starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 1), published_at=LONG_AGO,
            changed_at=LONG_AGO,
        )
    )  # fmt: skip
