"""Programmes and sites as a workbook states them, and what it never undoes."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from tests.imports.conftest import (
    problems,
    resident_row,
    residents_file,
    sites,
    the,
    xlsx,
)
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.imports import queries
from trainingbase.programmes.models import Programme
from trainingbase.sites.models import Closure, Department, Institution

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)


PROGRAMME = [
    [
        "标准科室",
        "轮转时间（月）",
        "必轮/选轮",
        "选轮组",
        "组内应选（月）",
        "可否拆分",
        "最短连续时间（月）",
    ],
    ["内科", 2, "必轮", None, None, "否", 2],
    ["泌尿外科", 1, "选轮", "选一", 1, "否", 1],
    ["肿瘤科", 1, "选轮", "选一", 1, "否", 1],
]


def test_a_programme_people_train_by_is_not_changed(take_in, bring_in):
    take_in("programme", xlsx(全科住培3个月=PROGRAMME))
    assert the(Programme, Programme.code == "GP3").months == 3
    row = resident_row("王禾")
    take_in("residents", residents_file(row))
    db.session.execute(
        Resident.__table__.update().values(programme_id=the(Programme, Programme.code == "GP3").id)
    )
    db.session.commit()
    changed = [[*one] for one in PROGRAMME]
    changed[1][5:] = ["是", 1]
    import_ = bring_in("programme", xlsx(全科住培3个月=changed))
    assert {category for _row, category in problems(import_)} == {"programme_in_use"}
    same = bring_in("programme", xlsx(全科住培3个月=PROGRAMME))
    assert problems(same) == [] and same.total("unchanged") == 3


def test_a_programme_nobody_trains_by_takes_the_new_rows_and_drops_the_old(take_in):
    take_in("programme", xlsx(全科住培3个月=PROGRAMME))
    take_in("programme", xlsx(全科住培3个月=[*PROGRAMME[:3], ["老年医学科", 1, *PROGRAMME[3][2:]]]))
    programme = the(Programme, Programme.code == "GP3")
    names = [one.standard_department.name for one in programme.requirements]
    assert names == ["内科", "泌尿外科", "老年医学科"]


def closures():
    rows = select(Closure.starts_on, Closure.ends_on, Closure.reason).order_by(Closure.starts_on)
    return [tuple(row) for row in db.session.execute(rows)]


def test_closed_months_follow_the_workbook_and_what_the_office_wrote_stays(take_in, county):
    by_hand = Closure(
        department_id=county.medicine.id,
        starts_on=date(2027, 5, 1),
        ends_on=date(2027, 6, 1),
        reason="Rebuilding",
    )
    db.session.add(by_hand)
    db.session.commit()
    take_in("sites", sites("2027年1月"))
    take_in("sites", sites("2027年2月、2027年3月"))
    assert closures() == [
        (date(2027, 2, 1), date(2027, 4, 1), None),
        (date(2027, 5, 1), date(2027, 6, 1), "Rebuilding"),
    ]
    assert take_in("sites", sites("2027年2-3月")).outcome["unchanged"] == 1


def test_places_change_only_as_the_workbook_says(take_in, county):
    import_ = take_in("sites", sites(most=5))
    assert [row.changes for row in queries.rows_of(import_)] == [{"most": [2, 5]}]
    assert the(Department, Department.id == county.medicine.id).most == 5
    assert db.session.scalar(select(func.count()).select_from(Institution)) == 2
