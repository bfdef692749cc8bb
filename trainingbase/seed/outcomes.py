"""What became of the fictional base: examinations, opinions of activities, months paid."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select, update

from trainingbase.assessments.models import ExamResult
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.incentives.models import FundingSource, Line, Run
from trainingbase.months import first_of_month, months_from
from trainingbase.seed.people import Who
from trainingbase.seed.putting import put
from trainingbase.training.models import Activity, Attendance, Rating

RATED = 0.3
STIPEND = Decimal(1000)
SOURCE = "虚构经费"


def make(
    who: Who, *, begins_on: date, today: date, chance: Random, at: datetime, say: Callable
) -> dict[str, int]:
    return {
        "results": put(ExamResult, _results(who, today, chance)),
        "ratings": put(Rating, _ratings(who, chance), say),
        "lines": _pay(who, begins_on, today, at, say),
    }


def _results(who: Who, today: date, chance: Random) -> Iterator[dict]:
    for resident in who.residents:
        theory, skills = (chance.randrange(45, 100) for _paper in range(2))
        yield {
            "resident_id": resident,
            "kind": "graduation",
            "year": today.year,
            "is_first_attempt": True,
            "attended": True,
            "theory": Decimal(theory),
            "skills": Decimal(skills),
            "theory_passed": theory >= 60,
            "skills_passed": skills >= 60,
            "passed": theory >= 60 and skills >= 60,
            "version": 1,
        }


def _ratings(who: Who, chance: Random) -> Iterator[dict]:
    """Of some of those who came."""
    ours = set(who.residents)
    came = db.session.execute(
        select(Attendance.activity_id, Attendance.resident_id, Activity.held_on)
        .join(Activity, Activity.id == Attendance.activity_id)
        .order_by(Attendance.activity_id, Attendance.resident_id)
    ).all()
    for activity, resident, held_on in came:
        if resident in ours and chance.random() < RATED:
            yield {
                "activity_id": activity,
                "resident_id": resident,
                "stars": chance.randrange(2, 6),
                "rated_at": datetime.combine(held_on + timedelta(days=1), time(4), UTC),
            }


def _pay(who: Who, begins_on: date, today: date, at: datetime, say: Callable) -> int:
    """A stipend for everybody, each month that is over and has no run yet."""
    source = db.session.scalars(select(FundingSource).where(FundingSource.name == SOURCE)).first()
    if source is None:
        source = FundingSource(name=SOURCE, name_en="Fictional funds")
        db.session.add(source)
    known = set(db.session.scalars(select(Run.month_on)))
    runs = [
        Run(month_on=month, computed_at=at, computed_by_id=who.office)
        for month in months_from(begins_on, first_of_month(today))
        if month not in known
    ]
    db.session.add_all(runs)
    db.session.flush()
    numbers, source_id, ours = [one.id for one in runs], source.id, set(who.residents)
    people = [
        person
        for resident, person in db.session.execute(select(Resident.id, Resident.person_id))
        if resident in ours
    ]
    lines = put(Line, (_line(run, one, source_id) for run in numbers for one in people), say)
    approved = update(Run).where(Run.id.in_(numbers))
    db.session.execute(approved.values(approved_at=at, approved_by_id=who.office))
    db.session.commit()
    return lines


def _line(run: int, person: int, source: int) -> dict:
    return {
        "run_id": run,
        "payee_id": person,
        "source_id": source,
        "identity": f"fiction-{person}",
        "rule": "stipend",
        "key": "fiction",
        "quantity": Decimal(1),
        "unit_amount": STIPEND,
        "amount": STIPEND,
        "facts": {},
        "evidence": [],
    }
