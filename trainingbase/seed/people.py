"""Residents, whoever supervises them, and where they are when."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.months import months_later
from trainingbase.people.models import Grant, Person
from trainingbase.people.rules import sounds_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement, Plan
from trainingbase.seed.base import NAMES, Where
from trainingbase.seed.putting import put

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建国"
A_DEPARTMENT, EACH = 4, 6
"""At least so many supervisors in a department, and one for so many residents."""
NOTE = "虚构 fictional"


@dataclass(frozen=True)
class Who:
    """Ids.  `supervisors` by department: (faculty member, person); `office` is a person."""

    residents: list[int]
    supervisors: list[list[tuple[int, int]]]
    office: int


@dataclass(frozen=True)
class Placed:
    id: int
    resident_id: int
    department: int
    supervisor: tuple[int, int]
    starts_on: date
    ends_on: date


def make(
    where: Where, *, number: int, begins_on: date, years: int, chance: Random, at: datetime
) -> Who:
    code = f"F{where.seed}"
    office = _people([f"虚构科教科{where.seed}"], Role.OFFICE, at)[0]
    secretaries = _people([f"{name}秘书" for name, _en in NAMES], None, at)
    put(
        Grant,
        [
            _grant(person, Role.SECRETARY, at, department_id=department)
            for person, department in zip(secretaries, where.department_ids, strict=True)
        ],
    )
    several = max(A_DEPARTMENT, number // (EACH * len(NAMES)))
    teachers = _people([_name(chance) for _n in range(several * len(NAMES))], Role.FACULTY, at)
    put(
        FacultyMember,
        [
            {
                "person_id": person,
                "staff_number": f"{code}-{n:04}",
                "title": "主治医师",
                "most_residents": 10_000,
                "note": NOTE,
                "version": 1,
            }
            for n, person in enumerate(teachers)
        ],
    )
    members = db.session.scalars(
        select(FacultyMember.id).where(FacultyMember.person_id.in_(teachers))
        .order_by(FacultyMember.staff_number)
    ).all()  # fmt: skip
    both = list(zip(members, teachers, strict=True))
    supervisors = [both[n * several : (n + 1) * several] for n in range(len(NAMES))]
    put(
        Post,
        [
            {"faculty_member_id": member, "department_id": where.department_ids[n],
             "is_second": False, "version": 1}
            for n, there in enumerate(supervisors) for member, _person in there
        ],
    )  # fmt: skip
    trainees = _people([_name(chance) for _n in range(number)], Role.RESIDENT, at)
    put(
        Resident,
        [
            {
                "person_id": person,
                "cohort_id": where.cohort_ids[n % len(where.cohort_ids)],
                "programme_id": where.programme_id,
                "id_number": f"{code}-{n:06}",
                "sex": "男" if chance.random() < 0.5 else "女",
                "trainee_type": "social",
                "starts_on": begins_on,
                "ends_on": months_later(begins_on, 12 * years),
                "note": NOTE,
                "version": 1,
            }
            for n, person in enumerate(trainees)
        ],
    )
    residents = db.session.scalars(
        select(Resident.id).where(Resident.programme_id == where.programme_id)
        .order_by(Resident.id_number)
    ).all()  # fmt: skip
    _away(residents, begins_on, years, chance, office, at)
    return Who(list(residents), supervisors, office)


def _name(chance: Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)


def _people(names: list[str], role: Role | None, at: datetime) -> list[int]:
    """Their ids, in the order of the names."""
    newest = db.session.scalar(select(Person.id).order_by(Person.id.desc()).limit(1)) or 0
    put(
        Person,
        [{"name": one, "sounds": sounds_of(one), "language": "zh", "version": 1} for one in names],
    )
    ids = db.session.scalars(select(Person.id).where(Person.id > newest).order_by(Person.id)).all()
    if role is not None:
        put(Grant, [_grant(person, role, at) for person in ids])
    return list(ids)


def _grant(person: int, role: Role, at: datetime, **scope) -> dict:
    return {"person_id": person, "role": role, "granted_at": at, **scope}


def _away(residents, begins_on, years, chance, office, at) -> None:
    rows = []
    for resident in residents:
        for month in range(0, 12 * years, 6):
            first = months_later(begins_on, month).replace(day=chance.randrange(1, 15))
            rows.append(
                {
                    "resident_id": resident,
                    "kind": "annual",
                    "starts_on": first,
                    "ends_on": first.replace(day=first.day + chance.randrange(1, 12)),
                    "granted": True,
                    "decided_at": at,
                    "decided_by_id": office,
                    "asked_at": at,
                    "version": 1,
                }
            )
    put(Leave, rows)


def place(where: Where, who: Who, *, begins_on: date, years: int, at: datetime) -> list[Placed]:
    """Everybody goes round all departments, each beginning one further on."""
    plan = Plan(
        title=f"虚构轮转{where.seed}",
        origin="copy",
        starts_on=begins_on,
        ends_on=months_later(begins_on, 12 * years),
        seconds=1,
        requested_at=at,
        solved_at=at,
        status="feasible",
    )
    db.session.add(plan)
    db.session.flush()
    plan_id = plan.id
    db.session.commit()
    rows, taught = [], {}
    for n, resident in enumerate(who.residents):
        for turn in range(len(NAMES)):
            at_ = (n + turn) % len(NAMES)
            there = who.supervisors[at_]
            teacher = there[(n // len(NAMES)) % len(there)]
            starts_on = months_later(begins_on, turn * years)
            taught[resident, starts_on] = at_, teacher
            rows.append(
                {
                    "plan_id": plan_id,
                    "resident_id": resident,
                    "department_id": where.department_ids[at_],
                    "standard_department_id": where.standard_ids[at_],
                    "supervisor_id": teacher[0],
                    "starts_on": starts_on,
                    "ends_on": months_later(begins_on, (turn + 1) * years),
                    "published_at": at,
                    "changed_at": at,
                    "sequence": 0,
                    "version": 1,
                }
            )
    put(Placement, rows)
    found = db.session.execute(
        select(Placement.id, Placement.resident_id, Placement.starts_on, Placement.ends_on)
        .where(Placement.plan_id == plan_id)
        .order_by(Placement.id)
    )
    return [
        Placed(key, resident, *taught[resident, starts_on], starts_on, ends_on)
        for key, resident, starts_on, ends_on in found
    ]
