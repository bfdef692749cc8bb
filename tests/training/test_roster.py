"""What is due, whether it was held, and a year planned from it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.cast import add, faculty_member
from trainingbase.db import db
from trainingbase.sites.models import CalendarException, DayOff
from trainingbase.training.models import Activity, Frequency, Kind, YearPlan
from trainingbase.training.queries import kept
from trainingbase.training.queries.calendars import working_days
from trainingbase.training.queries.speakers import speakers_of, spoken_between
from trainingbase.training.rules.holidays import is_working, unknown_years
from trainingbase.training.rules.keeping import Place, Rule, fortnights, rule_for, worst
from trainingbase.training.rules.periods import DAYS, period_of, periods_ending_in
from trainingbase.training.rules.planning import Need, arranged

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@given(day=st.dates(date(2020, 1, 1), date(2030, 12, 31)), period=st.sampled_from(sorted(DAYS)))
def test_every_day_lies_in_one_period(day, period):
    first, end = period_of(period, day)
    assert first <= day < end and first.weekday() == 0
    assert period_of(period, first) == period_of(period, end - timedelta(days=1)) == (first, end)


def test_a_period_belongs_to_the_year_in_which_it_ends():
    for year in (2024, 2025, 2026):
        found = fortnights(year)
        assert len(found) in (26, 27)
        assert all((end - timedelta(days=1)).year == year for _first, end in found)
    assert len(periods_ending_in("month", date(2026, 1, 1), date(2027, 1, 1))) == 12


def test_the_more_exact_rule_goes_first():
    rules = [
        Rule("clinical", 1, "week"), Rule("primary", 1, "fortnight"),
        Rule("standard", 1, "month", standard="康复"), Rule("standard", 1, "fortnight", "全科"),
        Rule("department", 0, "week", department_id=9),
    ]  # fmt: skip
    assert rule_for(Place(1, False, ["心血管内科"]), rules).period == "week"
    assert rule_for(Place(2, True, ["社区"]), rules).period == "fortnight"
    assert rule_for(Place(3, False, ["康复医学科"]), rules).period == "month"
    assert rule_for(Place(4, False, ["康复医学科", "全科医学科"]), rules).period == "fortnight"
    assert rule_for(Place(9, False, ["心血管内科"]), rules) is None


def test_holidays_and_weekends_worked_instead_are_known():
    assert not is_working(date(2026, 10, 1)) and not is_working(date(2026, 11, 21))
    assert is_working(date(2026, 10, 10)) and is_working(date(2026, 11, 20))
    assert is_working(date(2150, 1, 2))  # of a year nobody has published
    assert not is_working(date(2150, 1, 1)) and not is_working(date(2150, 10, 2))
    assert unknown_years(date(2026, 12, 1), date(2027, 1, 1)) in ([], [2027])
    assert unknown_years(date(2149, 12, 1), date(2150, 2, 1)) == [2149, 2150]


@given(
    missing=st.integers(1, 3),
    weekday=st.integers(0, 4),
    people=st.lists(st.integers(1, 6), min_size=1, max_size=4, unique=True),
)
def test_a_plan_avoids_holidays_and_shares_the_speaking(missing, weekday, people):
    span = (date(2026, 9, 1), date(2026, 12, 1))
    needs = [
        Need(1, "小讲课", period, missing, weekday, "14:30", 40, None, frozenset())
        for period in periods_ending_in("fortnight", *span)
    ]

    def works(_department, day):
        return is_working(day)

    found = arranged(needs, span=span, faculty={1: people}, load={}, busy=(), is_working=works)
    days = [one.held_on for one in found.proposed]
    assert len(set(days)) == len(days) and all(map(is_working, days))
    assert all(span[0] <= day < span[1] for day in days)
    spoken = [sum(one.speaker_id == who for one in found.proposed) for who in people]
    assert max(spoken) - min(spoken) <= 1
    again = arranged(needs, span=span, faculty={1: people}, load={}, busy=(), is_working=works)
    assert again == found


@pytest.fixture
def held(county, mei):
    def hold(day, kind="教学查房", department=county.medicine, **more):
        return add(
            Activity(held_on=day, starts_at="14:30", hours=Decimal(1), kind=kind, topic=kind,
                     department=department,
                     **{"speaker": mei, "submitted_at": NOW, "approved_at": NOW, **more})
        )  # fmt: skip

    return hold


def states(**more):
    found = kept(date(2026, 11, 1), date(2026, 12, 1), today=TODAY, kind="教学查房", **more)
    return {(one.department_id, one.period[0]): one.state for one in found.rows}


def test_the_roster_says_kept_missed_open_and_not_due(county, here, held, placed, bob_resident):
    first, second = fortnight_days()
    held(first + timedelta(days=2))
    held(second + timedelta(days=2), approved_at=None)
    found = states()
    assert found[county.medicine.id, first] == "kept"
    assert found[county.medicine.id, second] == "missed"  # it has not been approved
    assert set(found.values()) <= {"kept", "missed", "open", "not_due"}
    assert county.surgery.id not in {number for number, _first in found}  # nobody trains there
    placed(bob_resident, county.surgery, date(2026, 11, 1), date(2027, 1, 1))
    assert states()[county.surgery.id, first] == "missed"
    one = held(first + timedelta(days=3))
    one.joint = [county.surgery]
    db.session.commit()
    assert states()[county.surgery.id, first] == "kept"
    assert worst(["kept", "missed", "open"]) == "missed" and worst([]) == "not_due"


def fortnight_days():
    """The first days of two fortnights that are over."""
    rows = [one for one in fortnights(2026) if date(2026, 11, 1) <= one[1] <= TODAY]
    rows = rows[-2:] if len(rows) > 1 else [period_of("fortnight", date(2026, 10, 25)), *rows]
    return rows[0][0], rows[1][0]


def test_the_roster_is_read_by_whom_it_concerns(
    browse, office, leader, secretary, alice, county, here, held, placed, bob_resident
):
    placed(bob_resident, county.surgery, date(2026, 11, 1), date(2027, 1, 1))
    held(fortnight_days()[0] + timedelta(days=1))
    page = "/training/roster?year=2026"
    assert "Surgery" in browse(office).get(page).text and "Surgery" in browse(leader).get(page).text
    own = browse(secretary).get(page).text.split("<main")[1]
    assert "Medicine" in own and "Surgery" not in own
    assert browse(alice).get(page).status_code == 403
    rows = f"/training/roster/rows?year=2026&department={county.medicine.id}&state=kept"
    assert "Held as due" in browse(office).get(rows).text
    table = browse(office).get("/training/roster/export/csv?year=2026&state=kept").text
    assert table.count("\n") == 2
    forged = "/training/roster/rows?year=9999999&department=x&state=y&first=z"
    assert browse(office).get(forged).status_code == 200


def count():
    return db.session.scalar(select(func.count()).select_from(Activity))


def test_teaching_heeds_the_calendar_of_the_base_and_of_each_place(
    browse, office, secretary, county, here
):
    """A fortnight that is all market days, one that the base does not work, one public holiday
    that is worked: plan and roster read the same calendar as attendance."""
    closed = [date(2026, 12, 14) + timedelta(days=n) for n in range(14)]
    for day in closed:
        add(
            CalendarException(
                day_on=day, department_id=county.medicine.id, is_working=False, reason="Move",
                made_at=NOW, made_by=office,
            )
        )  # fmt: skip
    add(DayOff(day_on=date(2026, 12, 28), is_working=False, name="Flood"))
    add(DayOff(day_on=date(2027, 1, 1), is_working=True, name="Worked"))
    works = working_days([county.medicine, county.surgery], date(2026, 12, 1), date(2027, 2, 1))
    medicine, surgery = county.medicine.id, county.surgery.id
    assert not works(medicine, closed[0]) and works(surgery, closed[0])
    assert not works(surgery, date(2026, 12, 28)) and not works(None, date(2026, 12, 28))
    assert works(medicine, date(2027, 1, 1)) and works(None, date(2026, 12, 29))
    browse(secretary).post("/training/plans/new?first=2026-12&last=2027-01", data={"form_key": "a"})
    days = set(db.session.scalars(select(Activity.held_on)))
    assert days and not days & {*closed, date(2026, 12, 28)}
    sheet = {
        "form_key": "b", "kind": "小讲课", "topic": "Weekly", "department": medicine,
        "held_on": "2026-12-11", "repeats": "7", "until": "2026-12-25", "starts": "14:30",
        "minutes": "40", "audience": "department",
    }  # fmt: skip
    browse(secretary).post("/training/activities/new", data=sheet)
    weekly = select(Activity.held_on).where(Activity.topic == "Weekly")
    assert set(db.session.scalars(weekly)) <= {date(2026, 12, 11)}


def test_everybody_who_speaks_has_spoken(held, mei, chen, office):
    day = date(2026, 11, 3)
    both, nobody = held(day, others=[office, chen]), held(day, speaker=None)
    found = speakers_of([both.id, nobody.id])
    assert found == {both.id: [mei.id, *sorted([chen.id, office.id])]}
    spoken = spoken_between(day, day + timedelta(days=1))
    assert sorted(spoken) == sorted((one.id, day) for one in (mei, chen, office))


def test_a_year_is_planned_in_one_act_and_only_the_untouched_is_taken_back(
    browse, office, secretary, county, here, held, mei_member
):
    faculty_member("Ren", county.medicine, "1003")
    browser = browse(secretary)
    new = "/training/plans/new?first=2026-12&last=2027-02"
    page = browser.get(new).text
    assert "Medicine" in page and "Surgery" not in page and count() == 0
    browser.post(new, data={"form_key": "a"})
    browser.post(new, data={"form_key": "a"})
    first = count()
    assert first > 20
    rows = db.session.scalars(select(Activity)).all()
    assert all(is_working(one.held_on) and one.audience == "department" for one in rows)
    assert len({one.speaker_id for one in rows}) == 2
    browser.post(new, data={"form_key": "b"})
    assert count() == first  # everything stands already
    kept_one = rows[0]
    browse(office).post(
        f"/training/activities/{kept_one.id}/cancellation", data={"version": 1, "because": "Ill"}
    )
    plan = db.session.scalars(select(YearPlan).order_by(YearPlan.id)).first()
    browser.post(f"/training/plans/{plan.id}/taking-back")
    assert db.session.scalars(select(Activity.id)).all() == [kept_one.id]
    assert browse(office).get("/training/plans").status_code == 200


def test_a_departments_usual_hours_are_kept_to(browse, secretary, county, here):
    kinds = {one.name: one.id for one in db.session.scalars(select(Kind))}
    data = {}
    for name in ("教学查房", "小讲课", "病例讨论"):
        number = kinds[name]
        data |= {f"weekday_{number}": 2, f"time_{number}": "08:15", f"room_{number}": "Ward 3"}
    page = f"/training/slots/{county.medicine.id}"
    assert browse(secretary).post(page, data=data).status_code == 302
    browse(secretary).post("/training/plans/new?first=2026-12&last=2026-12", data={"form_key": "a"})
    rows = db.session.scalars(select(Activity)).all()
    assert {(one.starts_at, one.room) for one in rows} == {("08:15", "Ward 3")}
    assert sum(one.held_on.weekday() == 2 for one in rows) > len(rows) / 2
    assert browse(secretary).get(f"/training/slots/{county.surgery.id}").status_code == 404


def test_the_office_sets_kinds_and_how_often_they_are_due(browse, office, secretary, county, here):
    browser = browse(office)
    assert "E21" in browser.get("/training/kinds").text
    new = {"name": "读片会", "name_en": "Film reading", "minutes": 45, "in_use": "y", "sheet": ""}
    browser.post("/training/kinds/new", data=new | {"form_key": "a"})
    assert (
        "a kind of this name"
        in browser.post("/training/kinds/new", data=new | {"form_key": "b"}).text
    )
    kind = db.session.scalar(select(Kind).where(Kind.name == "读片会"))
    due = {
        "scope": "department", "department_id": county.medicine.id, "times": 1, "period": "month",
        "source": "Base", "in_use": "y",
    }  # fmt: skip
    page = f"/training/kinds/{kind.id}/frequencies/new"
    assert "Choose a department" in browser.post(page, data=due | {"department_id": 0}).text
    browser.post(page, data=due)
    rule = db.session.scalar(select(Frequency).where(Frequency.kind_id == kind.id))
    found = kept(date(2026, 11, 1), date(2027, 1, 1), today=TODAY, kind="读片会")
    assert {one.department_id for one in found.rows} == {county.medicine.id}
    browser.post(f"/training/frequencies/{rule.id}", data=due | {"version": 1, "times": 2})
    assert (
        browser.post(f"/training/frequencies/{rule.id}", data=due | {"version": 1}).status_code
        == 409
    )
    browser.post(f"/training/kinds/{kind.id}", data=new | {"version": 1, "minutes": 50})
    assert "Film reading" in browser.get("/training/activities/new").text
    assert browse(secretary).post(f"/training/kinds/{kind.id}", data=new).status_code == 403
