"""Leave, activities and rates: what was decided since the workbook was written stays."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.imports.conftest import (
    faculty,
    problems,
    resident_row,
    residents_file,
    teacher,
    the,
    xlsx,
)
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.imports import queries
from trainingbase.incentives.models import Rate
from trainingbase.training.models import Activity

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)


LEAVE = ["姓名", "年级", "请假类型", "开始日期", "结束日期", "状态"]


def leave(status, start="2026-10-08", end="2026-10-09", name="王禾"):
    return [name, "2026级", "事假", start, end, status]


@pytest.mark.parametrize(
    ("status", "granted"), [("已批准", True), ("已销假", True), ("待审批", None), ("驳回", False)]
)
def test_leave_is_as_it_was_decided(take_in, status, granted):
    take_in("residents", residents_file(resident_row("王禾")))
    take_in("leaves", xlsx(请假=[LEAVE, leave(status)]))
    one = the(Leave)
    assert one.granted is granted and (one.decided_at is None) == (granted is None)
    assert (one.kind, one.last_day, one.days) == ("personal", date(2026, 10, 9), 2)


def test_what_was_decided_in_the_portal_is_not_undone_by_an_older_workbook(take_in):
    take_in("residents", residents_file(resident_row("王禾")))
    old = xlsx(请假=[LEAVE, leave("待审批")])
    take_in("leaves", old)
    one = the(Leave)
    one.granted, one.decided_at = True, NOON
    db.session.commit()
    assert take_in("leaves", old).outcome["unchanged"] == 1
    assert the(Leave).granted is True


def test_leave_refused_once_and_granted_when_asked_again_is_granted(take_in):
    take_in("residents", residents_file(resident_row("王禾")))
    both = xlsx(请假=[LEAVE, leave("驳回"), leave("已批准", end="2026-10-10")])
    take_in("leaves", both)
    assert the(Leave).granted is True
    assert take_in("leaves", both).outcome == {"created": 0, "changed": 0, "unchanged": 2}


ACTIVITY = [
    "日期",
    "开始时间",
    "学时",
    "活动类型",
    "题目",
    "科室",
    "主讲人",
    "参加学员",
    "人数",
    "状态",
]


def activity(status, attendees="王禾"):
    row = ["2026-10-08", "9:00", 1, "小讲课", "眩晕", "Medicine", "段若思", attendees, 1, status]
    return xlsx(活动=[ACTIVITY, row])


@pytest.fixture
def placed_people(take_in, county):
    from trainingbase.sites.models import ShortName

    take_in("residents", residents_file(resident_row("王禾"), resident_row("徐嘉", 961)))
    take_in("faculty", faculty(teacher()))
    standard = county.standards["Medicine"]
    db.session.add(
        ShortName(name="内", department_id=county.medicine.id, standard_department_id=standard.id)
    )
    db.session.commit()


@pytest.mark.parametrize(
    ("status", "approved", "cancelled"),
    [("已完成", True, False), ("待审核", False, False), ("取消", False, True)],
)
def test_only_what_was_held_and_approved_counts(
    take_in, placed_people, status, approved, cancelled
):
    take_in("activities", activity(status))
    one = the(Activity)
    assert ((one.approved_at is not None), (one.cancelled_at is not None)) == (approved, cancelled)
    assert one.counts is approved and one.starts_at == "09:00"


def test_attendance_follows_the_workbook_and_an_approval_in_the_portal_stays(
    take_in, placed_people
):
    take_in("activities", activity("待审核"))
    the(Activity).approved_at = NOON
    db.session.commit()
    import_ = take_in("activities", activity("待审核", "王禾、徐嘉"))
    one = the(Activity)
    assert one.counts and len(one.residents) == 2
    assert queries.rows_of(import_)[0].changes == {"attendees": [1, 2]}


def teaching(amount, start):
    header = ["项目", "标准", "单位", "每月上限（元）", "执行日期", "经费来源"]
    return xlsx(带教绩效=[header, ["教学查房", amount, "元/次", 480, start, "医疗收入"]])


def test_a_new_rate_ends_the_old_one_on_the_day_it_begins(take_in):
    take_in("incentives", teaching(120, "2026-09-01"))
    take_in("incentives", teaching(150, "2027-01-01"))
    rates = db.session.scalars(select(Rate).order_by(Rate.starts_on)).all()
    assert [(one.amount, one.ends_on) for one in rates] == [
        (Decimal(120), date(2027, 1, 1)),
        (Decimal(150), None),
    ]


def test_two_rates_for_the_same_thing_in_one_file_are_not_both_taken(bring_in):
    header = ["项目", "标准", "单位", "执行日期"]
    rows = [["教学查房", 120, "元/次", "2026-09-01"], ["教学查房", 150, "元/次", "2026-09-01"]]
    import_ = bring_in("incentives", xlsx(带教绩效=[header, *rows]))
    assert problems(import_) == [(3, "duplicate_in_file")]
