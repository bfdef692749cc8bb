"""Mini-CEXs about a cohort by four assessors, one of them mild: enough to trust a mean."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.cast import LONG_AGO, put
from tests.judging.conftest import AT
from trainingbase.assessments.models import Answer, Submission
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.instruments.queries import instrument_in_use
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement


def play_forms(county, plan, first: Resident, *, others: int = 11, each: int = 6) -> None:
    """About `first` and so many others of the cohort, with a comment each."""
    chance = Random(1)
    form = instrument_in_use("mini_cex")
    ratings = [one for one in form.items if one.kind == "rating"]
    comment = next(one for one in form.items if one.kind == "text")
    assessors = [put(Person(name=f"Assessor {n}")) for n in range(4)]
    people = [first, *(_resident(county, n) for n in range(others))]
    for number, resident in enumerate(people):
        stay = _placed(county, plan, resident)
        for n in range(each):
            judge = (number + n) % 4
            middle = 4 + 2 * (number % 3) + (judge == 0)
            put(
                Submission(
                    form_key=f"ward-{number}-{n}",
                    instrument=form,
                    placement=stay,
                    resident=resident,
                    assessor=assessors[judge],
                    observed_on=date(2026, 10, 1) + timedelta(days=4 * n),
                    submitted_at=AT,
                    answers=[
                        *(
                            Answer(item=item, number=Decimal(min(9, middle + chance.randint(0, 1))))
                            for item in ratings
                        ),
                        Answer(item=comment, text=f"Asked about drugs, visit {n}."),
                    ],
                )
            )
    db.session.commit()


def _resident(county, n: int) -> Resident:
    return put(
        Resident(
            person=Person(name=f"Ward{n}"), cohort=county.cohort, programme=county.programme,
            id_number=f"W{n:017}", sex="男", trainee_type="social",
            starts_on=date(2026, 9, 1), ends_on=date(2029, 9, 1),
        )
    )  # fmt: skip


def _placed(county, plan, resident: Resident) -> Placement:
    return put(
        Placement(
            plan_id=plan.id, resident=resident, department=county.medicine,
            standard_department=county.medicine.standards[0],
            starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 1), published_at=LONG_AGO,
            changed_at=LONG_AGO,
        )
    )  # fmt: skip
