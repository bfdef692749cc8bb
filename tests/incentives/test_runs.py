"""A month's run: what it pays, and that it may be computed again until it is approved."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.cast import LONG_AGO, add, person
from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lecture, lock
from trainingbase.assessments.models import (
    ExamResult,
    Instrument,
    ProvincialFigure,
    Request,
    Submission,
)
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.incentives import actions
from trainingbase.incentives.models import AlreadyApproved, Line, Rate, Replaced, Run
from trainingbase.incentives.queries import funding, ledger, runs
from trainingbase.notices.models import Notice
from trainingbase.rotations.models import Placement

TODAY = date(2026, 11, 22)


def paid(run):
    rows = db.session.scalars(select(Line).where(Line.run_id == run.id))
    return {(line.payee.name, line.rule, line.key): line.amount for line in rows}


@pytest.fixture
def october(quiet_october, office):
    return actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)


def test_october_is_paid_as_one_would_on_paper(october):
    assert paid(october) == {
        ("Alice", "stipend", "GP33/social/1"): Decimal("3600.00"),
        ("Bob", "stipend", "GP33/social/1"): Decimal("3600.00"),
        ("Bob", "allowance", "基层实践生活补贴/township"): Decimal("400.00"),
        ("Bob", "allowance", "交通补贴/township"): Decimal("100.00"),
        ("Mei", "activity", "小讲课"): Decimal("400.00"),  # five of them, capped
        ("Mei", "clinical-teaching", "临床带教"): Decimal("450.00"),  # Alice 1, Bob 0.5
        ("Mei", "tutoring", "责任导师"): Decimal("50.00"),
    }
    assert runs.totals_of(october) == runs.Totals(7, 3, Decimal("8600.00"))
    by_source = {s.name: amount for s, _lines, amount in runs.sums_by_source(october)}
    assert by_source == {
        "政府财政": Decimal("8100.00"),
        "社会资本": Decimal("100.00"),
        "医疗收入": Decimal("400.00"),
    }


def test_each_line_names_the_rows_behind_it(october, alice_resident, mei_member):
    lines = {(line.payee.name, line.rule): line for line in ledger.lines_of(october)}
    teaching = lines["Mei", "clinical-teaching"]
    supervised = db.session.scalars(
        select(Placement.id).where(Placement.supervisor_id == mei_member.id)
    )
    assert teaching.evidence == [["placements", number] for number in sorted(supervised)]
    assert lines["Alice", "stipend"].evidence == [["residents", alice_resident.id]]
    assert len(lines["Mei", "activity"].evidence) == 5


def test_what_no_rate_pays_for_is_said(october):
    assert [found["kind"] for found in october.findings] == ["no-supervisor"]
    assert [price.item for price in ledger.unusable_in(OCTOBER)] == ["迟到早退"]


def test_computing_again_replaces_and_keeps_the_old_run(october, office, mei_member, quiet_october):
    lecture(mei_member.person, date(2026, 10, 30), kind="入院教育")
    again = actions.compute_run(OCTOBER, by=office, at=datetime(2026, 11, 4, tzinfo=UTC))
    db.session.refresh(october)
    assert october.replaced_at is not None
    assert runs.current_run(OCTOBER).id == again.id
    assert "no-activity-rate" in [found["kind"] for found in again.findings]
    assert db.session.scalar(select(func.count(Run.id))) == 2
    with pytest.raises(Replaced):
        lock(october)


def test_an_approved_run_is_locked_and_its_payees_are_told(october, office):
    lock(october)
    with pytest.raises(AlreadyApproved):
        lock(october)
    with pytest.raises(AlreadyApproved):
        actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    db.session.rollback()
    notices = db.session.scalars(select(Notice).where(Notice.kind == "run-approved")).all()
    assert len({notice.person_id for notice in notices}) == len(notices) == 3
    acts = list(db.session.scalars(select(Entry.act).order_by(Entry.id)))
    assert acts[-3:] == ["compute-run", "check-run", "approve-run"]


def test_a_month_is_not_approved_on_what_was_known_before_its_end(quiet_october, office):
    run = actions.compute_run(OCTOBER, by=office, at=datetime(2026, 10, 31, 15, 59, tzinfo=UTC))
    with pytest.raises(actions.NotOver):
        lock(run)


def test_a_month_ahead_is_not_computed(rates, office):
    with pytest.raises(actions.NotBegun):
        actions.compute_run(date(2026, 12, 1), by=office, at=OCTOBER_IS_OVER)


def test_recomputing_an_approved_run_equals_the_ledger(october, office):
    lock(october)
    assert ledger.differences(october, today=TODAY) == []


def test_recomputing_says_what_differs(october, office, alice_resident):
    lock(october)
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    found = {(d.payee, d.rule): (d.kept, d.now) for d in ledger.differences(october, today=TODAY)}
    assert found == {
        ("Alice", "stipend"): (Decimal("3600.00"), Decimal("1800.00")),
        ("Mei", "tutoring"): (Decimal("50.00"), Decimal("25.00")),
    }


@pytest.fixture
def form(county):
    return add(
        Instrument(code="exit_assessment", version="1", name="出科", name_en="Exit", assessor="f",
                   source="test", confidence="S")
    )  # fmt: skip


def asked(form, placement, assessor, asked_on, answered_at=None, passed=True):
    request = add(
        Request(
            instrument=form, placement=placement, resident=placement.resident, assessor=assessor,
            asked_on=asked_on, due_on=asked_on.replace(day=asked_on.day + 7),
            expires_on=asked_on.replace(day=28), answered_at=answered_at,
            created_at=datetime(asked_on.year, asked_on.month, asked_on.day, tzinfo=UTC),
        )
    )  # fmt: skip
    if answered_at:
        add(
            Submission(
                request=request, form_key=f"k{request.id}", instrument=form, placement=placement,
                resident=placement.resident, assessor=assessor, observed_on=asked_on,
                submitted_at=answered_at, passed=passed,
            )
        )  # fmt: skip
    return request


def test_assessments_are_credited_when_submitted_and_cost_when_late(
    quiet_october, form, mei, office
):
    first, second, third = db.session.scalars(select(Placement).order_by(Placement.id)).all()
    asked(form, first, mei, date(2026, 10, 5), datetime(2026, 10, 7, tzinfo=UTC))  # 48 hours
    asked(form, second, mei, date(2026, 10, 5), datetime(2026, 10, 10, tzinfo=UTC), passed=False)
    asked(form, third, mei, date(2026, 10, 5))
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    mine = {(rule, key): amount for (name, rule, key), amount in paid(run).items() if name == "Mei"}
    assert mine["exit-assessment", "出科考核主考"] == Decimal("120.00")
    assert mine["timely", "评价及时奖励/48小时内完成"] == Decimal("20.00")
    assert mine["timely", "评价及时奖励/7天内完成"] == Decimal("10.00")
    assert mine["late", "评价逾期扣减/超过14天"] == Decimal("-20.00")


def test_the_burn_down_counts_approved_runs_only(october, office):
    def government():
        return next(b for b in funding.burn_down(2026) if b.source and b.source.name == "政府财政")

    assert (government().spent, government().waiting) == (Decimal(0), Decimal("8100.00"))
    lock(october)
    burn = government()
    assert (burn.spent, burn.waiting, burn.left) == (
        Decimal("8100.00"), Decimal(0), Decimal("91900.00")
    )  # fmt: skip
    assert burn.by_month == {OCTOBER: Decimal("8100.00")}


def test_a_newer_rate_for_the_same_thing_counts_from_its_month(october, office, sources):
    add(Rate(kind="teaching", item="小讲课", amount=Decimal(110), unit="元/次",
             monthly_cap=Decimal(400), starts_on=date(2026, 10, 2)))  # fmt: skip
    assert ledger.differences(october, today=TODAY) == []
    add(Rate(kind="teaching", item="小讲课", amount=Decimal(50), unit="元/次",
             starts_on=date(2026, 10, 1)))  # fmt: skip
    (difference,) = ledger.differences(october, today=TODAY)
    assert (difference.kept, difference.now) == (Decimal("400.00"), Decimal("250.00"))


def crowd(county, plan_id, count, supervisor):
    for number in range(count):
        resident = add(
            Resident(
                person=person(f"R{count}-{number}"), cohort=county.cohort,
                programme=county.programme, id_number=f"{count:09}{number:09}", sex="男",
                trainee_type="social", starts_on=date(2026, 9, 1), ends_on=date(2029, 9, 1),
            )
        )  # fmt: skip
        add(
            Placement(
                plan_id=plan_id, resident=resident, department=county.medicine,
                standard_department=county.medicine.standards[0], supervisor=supervisor,
                starts_on=OCTOBER, ends_on=date(2026, 11, 1), published_at=LONG_AGO,
                changed_at=LONG_AGO,
            )
        )  # fmt: skip


def test_more_people_take_no_more_questions(
    quiet_october, county, plan_in_force, mei_member, statements
):
    def needed():
        statements.clear()
        db.session.expire_all()
        ledger.computed_month(OCTOBER, today=TODAY)
        return len(statements)

    crowd(county, plan_in_force.id, 3, mei_member)
    few = needed()
    crowd(county, plan_in_force.id, 40, mei_member)
    assert needed() == few <= 16


def rate(item, amount, condition):
    add(
        Rate(kind="conduct", item=item, amount=Decimal(amount), unit="次", condition=condition,
             starts_on=date(2026, 9, 1))
    )  # fmt: skip


def test_the_annual_test_is_paid_with_december(county, alice_resident, bob_resident):
    rate("年度测试达标", 600, "高于全省平均")
    for resident, theory in ((alice_resident, 80), (bob_resident, 60)):
        add(
            ExamResult(resident=resident, kind="annual", year=2026, is_first_attempt=True,
                       attended=True, theory=Decimal(theory), skills=Decimal(80))
        )  # fmt: skip
    for measure, value in (("theory", "69.7"), ("skills", "76.4")):
        add(ProvincialFigure(kind="annual", year=2026, measure=measure, value=Decimal(value)))
    new_year = date(2027, 1, 4)
    (line,), _ = ledger.computed_month(date(2026, 12, 1), today=new_year)
    assert (line.payee_id, line.amount) == (alice_resident.person_id, Decimal("600.00"))
    assert ledger.computed_month(date(2026, 11, 1), today=new_year)[0] == []


def test_only_recorded_absence_without_leave_costs(county, alice_resident, office):
    rate("旷工", -200, "每天")
    for kind, day, granted in (("absence", 5, True), ("sick", 10, True), ("absence", 20, None)):
        decided = {"decided_at": LONG_AGO, "decided_by": office} if granted else {}
        add(
            Leave(resident=alice_resident, kind=kind, starts_on=date(2026, 10, day),
                  ends_on=date(2026, 10, day + 2), granted=granted, **decided)
        )  # fmt: skip
    (line,), _ = ledger.computed_month(OCTOBER, today=TODAY)
    assert (line.rule, line.quantity, line.amount) == ("absence", Decimal(2), Decimal("-400.00"))


def test_the_last_day_of_training_is_paid_too(quiet_october, office, alice_resident):
    """`finished_on` is that last day, here the middle day of the second half."""
    alice_resident.finished_on = date(2026, 10, 23)
    db.session.commit()
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    assert paid(run)["Alice", "stipend", "GP33/social/1"] == Decimal("3600.00")
