"""Changes of course in the county: one has left, one is extended, one rests, some may graduate."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.accounts.actions import grant, welcome
from trainingbase.assessments.models import ExamResult
from trainingbase.courses import actions
from trainingbase.courses.actions import Terms
from trainingbase.courses.models import Reason
from trainingbase.courses.queries.effects import digest, effect_of
from trainingbase.courses.rules.states import later
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Credit, Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.people.models import Person
from trainingbase.programmes.models import Programme
from trainingbase.roles import Role

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LATE = (
    ("韦若兰", "女", ""),
    ("覃志远", "男", ""),
    ("莫雨桐", "女", ""),
    ("蒙嘉树", "男", "skills"),
    ("陆清和", "女", "licence"),
)
"""Residents of an earlier year, extended until now: name, sex, and what is still missing."""


def play(
    office: Person, shown: Resident, *, today: date, at: datetime, say: Callable[[str], None]
) -> None:
    """`shown` is the resident of the demonstration's account, who goes on as before."""
    others = [one for one in _residents() if one.id != shown.id and one.ends_on is not None]
    leaving, resting, staying = others[-1], others[-3], others[-5]
    _done(
        leaving,
        Terms("withdrawal", today - timedelta(days=5), manner=_reason("manner", "agreed"),
              reason=_reason("withdrawal", "studies"), word="考取硕士研究生，双方协议退培。"),
        office, today, at,
    )  # fmt: skip
    _done(
        resting,
        Terms("suspension", today + timedelta(days=8), later(today, 4),
              reason=_reason("suspension", "illness"), word="需住院治疗，预计四个月。"),
        office, today, at,
    )  # fmt: skip
    _done(
        staying,
        Terms("extension", staying.ends_on, later(staying.ends_on, 3),
              reason=_reason("extension", "leave"), word="累计请假较多，延期三个月补足。"),
        office, today, at,
    )  # fmt: skip
    _late_cohort(today=today, at=at)
    say(f"  Changes of course: 3, and {len(LATE)} residents near graduation")


def _residents() -> list[Resident]:
    rows = (
        select(Resident)
        .where(IN_TRAINING)
        .options(joinedload(Resident.person), joinedload(Resident.cohort))
        .order_by(Resident.cohort_id, Resident.id)
    )
    return list(db.session.scalars(rows))


def _reason(of: str, code: str) -> Reason:
    return db.session.scalars(select(Reason).where(Reason.of == of, Reason.code == code)).one()


def _done(resident: Resident, terms: Terms, office: Person, today: date, at: datetime) -> None:
    course = actions.propose(resident, terms, by=office, at=at)
    seen = digest(effect_of(course, resident, today=today))
    actions.decide(course, seen=seen, by=office, at=at)


def _late_cohort(*, today: date, at: datetime) -> None:
    """Trained here before the portal was: their months stand as credits."""
    longest = select(Programme).order_by(Programme.months.desc(), Programme.id).limit(1)
    programme = db.session.scalars(longest).one()
    year = today.year - 3
    cohort = Cohort(
        year=year, programme=programme, name=f"{year}级全科（延期）", name_en=f"{year} GP, extended"
    )
    known = db.session.scalars(
        select(Cohort).where(Cohort.year == year, Cohort.programme_id == programme.id)
    ).one_or_none()
    for number, (name, sex, missing) in enumerate(LATE):
        person = welcome(name, at=at)
        grant(person, Role.RESIDENT, by=None, at=at)
        resident = Resident(
            person=person, cohort=known or cohort, programme=programme, sex=sex,
            id_number=_id_number(f"4525261997{3 + number:02d}15{number + 1:02d}", sex),
            trainee_type="social", starts_on=date(year, 9, 1), ends_on=later(today, 1),
            licence_number=None if missing == "licence" else f"{year}45110{number}",
        )  # fmt: skip
        db.session.add(resident)
        _trained(resident, programme, today)
        _examined(resident, year, passed_skills=missing != "skills")
    db.session.commit()


def _trained(resident: Resident, programme: Programme, today: date) -> None:
    chosen: dict[int, Decimal] = {}
    for one in programme.requirements:
        months, group = one.months, one.elective_group
        if group is not None:
            months = min(months, group.months - chosen.get(group.id, Decimal(0)))
            chosen[group.id] = chosen.get(group.id, Decimal(0)) + months
        if months > 0:
            resident.credits.append(
                Credit(
                    standard_department=one.standard_department, months=months, kind="done",
                    until_on=today.replace(day=1),
                )
            )  # fmt: skip


def _examined(resident: Resident, year: int, *, passed_skills: bool) -> None:
    for later_by in range(3):
        db.session.add(
            ExamResult(resident=resident, kind="annual", year=year + later_by,
                       is_first_attempt=True, theory=Decimal(76 + later_by), passed=True)
        )  # fmt: skip
    db.session.add(
        ExamResult(resident=resident, kind="graduation", year=year + 3, is_first_attempt=True,
                   theory=Decimal(81), skills=Decimal(84 if passed_skills else 52),
                   theory_passed=True, skills_passed=passed_skills, passed=passed_skills)
    )  # fmt: skip


def _id_number(first: str, sex: str) -> str:
    """Sixteen characters become a number whose sex and check character are right."""
    body = first[:16] + ("1" if sex == "男" else "2")
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
