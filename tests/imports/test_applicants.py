"""Applicants from a workbook: previewed, corrected, refused, and brought in once."""

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.cast import add
from tests.intake.conftest import id_number
from trainingbase.db import db
from trainingbase.imports import actions
from trainingbase.imports.rules import likely_kind
from trainingbase.intake.models import Applicant, Intake
from trainingbase.sheets.write import Table, csv_text

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
HEADER = ["姓名", "性别", "身份证号", "手机", "毕业院校", "报考专业", "笔试成绩", "面试成绩"]


def opened(county, office, year=2027):
    return add(
        Intake(
            year=year, programme=county.programme, planned=2, starts_on=date(2027, 9, 1),
            ends_on=date(2030, 9, 1), report_ends_on=date(2027, 9, 2), written_most=100,
            interview_most=100, opened_at=AT, opened_by_id=office.id,
        )
    )  # fmt: skip


def bring_in(rows, office, header=HEADER):
    content = csv_text(Table("报名", header, rows))
    assert likely_kind(content, "报名.csv") == "applicants"
    return actions.bring_in("applicants", content, "报名.csv", on=AT.date(), by=office, at=AT)


def rows():
    return [
        ["𠮷娜", "", id_number(1), "139 0000 0001", "省医大", "GP33", "81.5", "70分"],
        ["阿依古丽·买买提", "女", f" {id_number(2)} ", "", "", "GP33", "", ""],
        ["错号", "女", "110101200001010020", "", "", "GP33", "", ""],
        ["男女", "男", id_number(3), "", "", "GP33", "", ""],
        ["过高", "", id_number(4), "", "", "GP33", "101", ""],
        ["科学", "", "1.10101E+17", "", "", "GP33", "", ""],
    ]


def test_applicants_come_in_and_the_same_file_again_changes_nothing(county, office):
    opened(county, office, 2026)
    intake = opened(county, office)
    brought = bring_in(rows(), office)
    assert actions.confirm(brought, by=office, at=AT)["created"] == 2
    assert {one.name for one in db.session.query(Applicant)} == {"𠮷娜", "阿依古丽·买买提"}
    first = db.session.query(Applicant).filter_by(name="𠮷娜").one()
    assert (first.intake_id, first.sex, first.phone) == (intake.id, "女", "13900000001")
    assert (first.written, first.interview) == (Decimal("81.5"), Decimal(70))
    again = bring_in(rows(), office)
    assert actions.confirm(again, by=office, at=AT) == {
        "created": 0, "changed": 0, "unchanged": 2,
    }  # fmt: skip


def test_scores_come_later_in_a_workbook_of_their_own(county, office):
    opened(county, office)
    actions.confirm(bring_in(rows()[:2], office), by=office, at=AT)
    scores = [["阿依古丽·买买提", id_number(2), "66", "77"]]
    header = ["姓名", "身份证号", "笔试成绩", "面试成绩"]
    outcome = actions.confirm(bring_in(scores, office, header), by=office, at=AT)
    assert outcome["changed"] == 1
    one = db.session.query(Applicant).filter_by(id_number=id_number(2)).one()
    assert one.total == 143


def test_without_an_intake_every_row_says_so(county, office, browse):
    brought = bring_in(rows()[:1], office)
    assert "no intake of this year" in browse(office).get(f"/imports/{brought.id}").text


def test_the_same_number_twice_in_a_file_is_refused(county, office):
    opened(county, office)
    twice = [rows()[0], ["别人", *rows()[0][1:]]]
    assert actions.confirm(bring_in(twice, office), by=office, at=AT)["created"] == 1
