"""Computes and verifies months of incentives: 300 residents, 150 teachers, 36 months."""

import argparse
import random
import secrets
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from trainingbase.app import create_app
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.incentives import actions
from trainingbase.incentives.models import FundingSource, Rate
from trainingbase.incentives.queries import ledger
from trainingbase.months import months_later
from trainingbase.people.models import Grant, Person
from trainingbase.programmes.models import Programme, StandardDepartment
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement, Plan
from trainingbase.sites.models import Department, Institution
from trainingbase.start import start_with
from trainingbase.training.models import Activity

FIRST = date(2023, 9, 1)
KINDS = ("小讲课", "教学查房", "病例讨论")
LONG_AGO = datetime(2023, 8, 1, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=300)
    parser.add_argument("--faculty", type=int, default=150)
    parser.add_argument("--months", type=int, default=36)
    asked = parser.parse_args()
    url = f"sqlite:///{tempfile.mkdtemp()}/base.sqlite"
    app = create_app(DATABASE_URL=url, SECRET_KEY=secrets.token_hex(), TESTING=True)
    with app.app_context():
        db.create_all()
        start_with()
        office, leader = base_of(asked.residents, asked.faculty, asked.months)
        taken = []
        for number in range(asked.months):
            month_on = months_later(FIRST, number)
            at = datetime(month_on.year, month_on.month, 1, tzinfo=UTC) + timedelta(days=40)
            begun = time.process_time()
            run = actions.compute_run(month_on, by=office, at=at)
            taken.append(time.process_time() - begun)
            actions.approve_run(run, by=office, at=at)
            actions.approve_run(run, by=leader, at=at)
            lines = len(run.lines)
            db.session.expunge_all()
            office, leader = db.session.merge(office), db.session.merge(leader)
        print(f"{asked.residents} residents, {asked.faculty} teachers, lines a month: {lines}")
        print(f"a month computed: {max(taken):.2f} s of processor time at most")
        begun = time.process_time()
        wrong = 0
        for run in ledger.approved_runs():
            wrong += len(ledger.broken(run)) + len(ledger.differences(run, today=TODAY))
            db.session.expire_all()
        print(f"{asked.months} months verified: {time.process_time() - begun:.2f} s, {wrong} wrong")


def base_of(residents: int, faculty: int, months: int) -> tuple[Person, Person]:
    """Everybody placed every month, three activities a teacher and month; the two who approve."""
    chance = random.Random(1)  # noqa: S311 (the same base in every run)
    office, leader = (
        Person(name=role.value, grants=[Grant(role=role, granted_at=LONG_AGO)])
        for role in (Role.OFFICE, Role.LEADER)
    )
    programme = Programme(code="GP33", name="全科住培33个月", months=Decimal(33))
    cohort = Cohort(year=2023, programme=programme, name="2023", name_en="2023")
    standard = StandardDepartment(name="M", name_en="M")
    places = [
        Department(
            name=f"D{n}",
            name_en=f"D{n}",
            most=50,
            standards=[standard],
            institution=Institution(name=f"I{n}", name_en=f"I{n}", level=level),
        )
        for n, level in enumerate(("lead", "lead", "township", "community"))
    ]
    source = FundingSource(name="政府财政")
    db.session.add_all([office, leader, programme, cohort, *places, source])
    plan = Plan(
        title="P",
        origin="copy",
        starts_on=FIRST,
        ends_on=months_later(FIRST, months),
        seconds=1,
        requested_at=LONG_AGO,
        solved_at=LONG_AGO,
        status="feasible",
        cohorts=[cohort],
    )
    db.session.add(plan)
    db.session.flush()
    plan.publish(by=office, at=LONG_AGO)
    teachers = [
        FacultyMember(
            person=Person(name=f"T{n}"), staff_number=str(n), title="主治医师", most_residents=2
        )
        for n in range(faculty)
    ]
    db.session.add_all(teachers)
    db.session.flush()
    for number in range(residents):
        resident = Resident(
            person=Person(name=f"R{number}"),
            cohort=cohort,
            programme=programme,
            sex="女",
            id_number=f"{number:018d}",
            trainee_type="social",
            starts_on=FIRST,
            ends_on=months_later(FIRST, 36),
            tutor_id=chance.choice(teachers).person_id,
        )
        db.session.add(resident)
        for month in range(months):
            begins = months_later(FIRST, month)
            db.session.add(
                Placement(
                    plan_id=plan.id,
                    resident=resident,
                    department=chance.choice(places),
                    standard_department=standard,
                    supervisor=chance.choice(teachers),
                    starts_on=begins,
                    ends_on=months_later(begins, 1),
                    published_at=LONG_AGO,
                    changed_at=LONG_AGO,
                )
            )
    for teacher in teachers:
        for month in range(months):
            for kind in KINDS:
                day = months_later(FIRST, month) + timedelta(days=chance.randrange(28))
                db.session.add(
                    Activity(
                        held_on=day,
                        kind=kind,
                        topic=kind,
                        speaker_id=teacher.person_id,
                        hours=Decimal(1),
                        approved_at=LONG_AGO,
                    )
                )
    rates(source)
    db.session.commit()
    return office, leader


def rates(source: FundingSource) -> None:
    wanted = [
        ("stipend", "生活补助", 3000 + year, {"trainee_type": "social", "training_year": year})
        for year in (1, 2, 3)
    ]
    wanted += [
        ("community", "补贴", 800, {"site_level": level}) for level in ("township", "community")
    ]
    wanted += [("teaching", item, 100, {}) for item in (*KINDS, "临床带教", "基层带教", "责任导师")]
    wanted += [("conduct", "旷工", -200, {"condition": "每天"})]
    db.session.add_all(
        Rate(
            kind=kind,
            item=item,
            amount=Decimal(amount),
            unit="元",
            source=source,
            starts_on=FIRST,
            **more,
        )
        for kind, item, amount, more in wanted
    )


if __name__ == "__main__":
    main()
