"""The fictional base: a hospital, two township centres, twelve departments and their programme."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort
from trainingbase.programmes.models import Minimum, Programme, Requirement, StandardDepartment
from trainingbase.sites.models import Department, Institution

NAMES = (
    ("心血管内科", "Cardiology"), ("呼吸内科", "Respiratory medicine"),
    ("消化内科", "Gastroenterology"), ("神经内科", "Neurology"), ("内分泌科", "Endocrinology"),
    ("肾内科", "Nephrology"), ("普通外科", "General surgery"), ("妇产科", "Obstetrics"),
    ("儿科", "Paediatrics"), ("急诊科", "Emergency"), ("全科医学科", "General practice"),
    ("基层实践", "Primary care"),
)  # fmt: skip
DISEASES, PROCEDURES = 10, 4
EACH_DISEASE, EACH_PROCEDURE, EACH_ACTIVITY = 4, 3, 2
ACTIVITIES = ("教学查房", "小讲课")
PRIMARY = len(NAMES) - 1


@dataclass(frozen=True)
class Where:
    """Ids; departments and standard departments in the order of `NAMES`, items by department."""

    seed: int
    programme_id: int
    cohort_ids: list[int]
    department_ids: list[int]
    standard_ids: list[int]
    items: list[list[tuple[str, str]]]


def make(code: str, *, years: int, seed: int, at: datetime) -> Where:
    hospital = Institution(
        name=f"虚构县人民医院{seed}", name_en=f"Fictional County Hospital {seed}", level="lead"
    )
    centre = Institution(
        name=f"虚构镇卫生院{seed}", name_en=f"Fictional Township Centre {seed}", level="township"
    )
    programme = Programme(
        code=code,
        name=f"虚构全科{12 * years}个月",
        name_en=f"Fictional GP, {12 * years} months",
        months=Decimal(12 * years),
        is_sample=True,
        in_force_at=at,
    )
    db.session.add_all([hospital, centre, programme])
    departments, standards, items = [], [], []
    for position, (name, name_en) in enumerate(NAMES):
        standard = _standard(name, name_en, is_primary_care=position == PRIMARY)
        department = Department(
            institution=centre if position == PRIMARY else hospital,
            name=f"{name}（虚构）",
            name_en=f"{name_en} (fictional)",
            most=10_000,
            standards=[standard],
        )
        db.session.add(department)
        _ask(programme, standard, position, years)
        departments.append(department)
        standards.append(standard)
        items.append([key for key, _count in _asked(name, years) if key[0] != "activity"])
    db.session.flush()
    intakes = [
        Cohort(
            year=2000 + number,
            programme=programme,
            name=f"虚构{seed}-{number + 1}组",
            name_en=f"Fictional {seed}, group {number + 1}",
        )
        for number in range(3)
    ]
    db.session.add_all(intakes)
    db.session.flush()
    found = Where(
        seed,
        programme.id,
        [one.id for one in intakes],
        [one.id for one in departments],
        [one.id for one in standards],
        items,
    )
    db.session.commit()
    return found


def _standard(name: str, name_en: str, **more) -> StandardDepartment:
    known = db.session.scalars(
        select(StandardDepartment).where(StandardDepartment.name == name)
    ).one_or_none()
    if known is None:
        known = StandardDepartment(name=name, name_en=name_en, **more)
        db.session.add(known)
    return known


def _asked(name: str, years: int) -> list[tuple[tuple[str, str], int]]:
    diseases = [(("disease", f"{name}病种{n + 1}"), EACH_DISEASE * years) for n in range(DISEASES)]
    procedures = [
        (("procedure", f"{name}操作{n + 1}"), EACH_PROCEDURE * years) for n in range(PROCEDURES)
    ]
    activities = [(("activity", kind), EACH_ACTIVITY * years) for kind in ACTIVITIES]
    return diseases + procedures + activities


def _ask(programme: Programme, standard: StandardDepartment, position: int, years: int) -> None:
    db.session.add(
        Requirement(
            programme=programme,
            standard_department=standard,
            position=position,
            months=Decimal(years),
            may_split=False,
            shortest_stretch=Decimal(1),
            at_primary_site=position == PRIMARY,
        )
    )
    db.session.add_all(
        Minimum(
            programme=programme,
            standard_department=standard,
            category=category,
            item=item,
            count=count,
        )
        for (category, item), count in _asked(standard.name, years)
    )
