"""Nobody is asked too much in one day, nothing before its day, and all of it in the end."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.assessments.conftest import NOW, TODAY
from tests.assessments.test_asking import asked, run
from tests.cast import resident
from trainingbase.assessments.actions import pacing
from trainingbase.assessments.models import PlannedRequest, Request
from trainingbase.assessments.queries import turns
from trainingbase.assessments.rules.occasions import Planned, of_placement, of_training
from trainingbase.assessments.rules.pacing import Turn, sending_days
from trainingbase.db import db
from trainingbase.thresholds.queries import threshold

FIRST = date(2026, 11, 1)
DAY = timedelta(days=1)

waiting = st.lists(st.tuples(st.integers(1, 3), st.integers(-20, 20)), max_size=40).map(
    lambda rows: [Turn(n, who, FIRST + DAY * day) for n, (who, day) in enumerate(rows)]
)


@settings(max_examples=150, deadline=None)
@given(waiting, st.integers(1, 4), st.dictionaries(st.integers(1, 3), st.integers(0, 6)))
def test_the_days_hold_to_the_number_and_to_their_own_day(rows, cap, taken):
    days = sending_days(rows, taken=taken, cap=cap, today=FIRST)
    assert set(days) == {row.key for row in rows}
    assert all(days[row.key] >= max(row.wanted_on, FIRST) for row in rows)
    load = Counter((row.teacher, days[row.key]) for row in rows)
    for (teacher, day), number in load.items():
        assert number + (taken.get(teacher, 0) if day == FIRST else 0) <= max(
            cap, taken.get(teacher, 0) if day == FIRST else cap
        )


@settings(max_examples=60, deadline=None)
@given(waiting, st.integers(1, 4))
def test_sent_day_by_day_all_is_sent_once(rows, cap):
    """What is sent is what the same rule told before."""
    told = sending_days(rows, taken={}, cap=cap, today=FIRST)
    left, sent, day = list(rows), {}, FIRST
    for _step in range(100):
        days = sending_days(left, taken={}, cap=cap, today=day)
        sent |= {key: on for key, on in days.items() if on == day}
        left = [row for row in left if row.key not in sent]
        day += DAY
    assert not left and sent == told


def test_the_timings_of_a_plan():
    plan = [Planned("a", "leaving", 1), Planned("b", "placement", 2), Planned("c", "monthly", 1)]
    found = of_placement(plan, date(2026, 9, 1), date(2026, 11, 6), exit_days=7, month_days=10)
    days = {(one.instrument, one.slot): one.on for one in found}
    assert days == {
        ("a", "leaving 1"): date(2026, 10, 30),
        ("b", "placement 1"): date(2026, 9, 23),
        ("b", "placement 2"): date(2026, 10, 15),
        ("c", "2026-09 1"): date(2026, 9, 30),
        ("c", "2026-10 1"): date(2026, 10, 31),
    }
    years = of_training([Planned("d", "yearly", 1), Planned("e", "training", 1)],
                        date(2026, 9, 1), date(2029, 9, 1))  # fmt: skip
    assert [one.slot for one in years] == ["year 1 1", "year 2 1", "year 3 1", "training 1"]
    assert years[0].on == date(2027, 3, 2)


@pytest.fixture
def seven(placed, county, mei_member):
    """Seven residents whose placements with Mei have the same middle."""
    county.medicine.most = 7
    mei_member.most_residents = 7
    rows = []
    for number in range(7):
        one = resident(f"R{number}", county, f"11010120000101{number:04}")
        rows.append(placed(one, county.medicine, FIRST, date(2026, 12, 1), mei_member))
    return rows


def test_who_has_many_residents_is_asked_in_turn_and_each_once(seven, mei):
    middle = date(2026, 11, 16)
    for day in range(8):
        run(middle + DAY * day - DAY)
        run(middle + DAY * day - DAY)
    days = Counter(one.asked_on for one in asked("mini_cex"))
    assert days == {middle: 3, middle + DAY: 3, middle + 2 * DAY: 1}
    assert len({one.placement_id for one in asked("mini_cex")}) == 7


def test_what_people_ask_counts_in_the_day(seven, mei, office, mini_cex):
    from trainingbase.assessments import actions
    from trainingbase.assessments.queries.instruments import instrument_in_use

    dops = instrument_in_use("dops")
    for one in seven[:4]:
        actions.ask(instrument=dops, placement=one, by=office, at=NOW)
    run(TODAY)
    assert asked("mini_cex") == []
    run(TODAY + DAY)
    assert len(asked("mini_cex")) == 3


def test_who_waits_and_until_when_is_seen(browse, office, mei, secretary, seven):
    run(date(2026, 11, 16))
    waits = turns.coming_to(mei, today=date(2026, 11, 17))
    assert [one.on.day for one in waits if one.row.code == "mini_cex"] == [17, 17, 17, 18]
    page = browse(office).get("/assessments/planned?search=R6").text
    assert ">R6<" in page and ">R5<" not in page
    assert "Its turn" in browse(secretary).get("/assessments/planned?state=turn").text
    exported = browse(office).get("/assessments/planned/export/csv").text
    assert exported.count("Mini-CEX") == 4
    assert "On its way" in browse(mei).get("/assessments/").text


def test_a_placement_that_is_moved_or_cancelled_is_not_asked_about_as_before(seven):
    run(date(2026, 11, 14))
    assert asked() == []
    seven[0].cancelled_at = NOW
    seven[1].ends_on = date(2026, 12, 21)
    db.session.commit()
    run(date(2026, 11, 16))
    run(date(2026, 11, 17))
    assert {one.placement_id for one in asked()} == {one.id for one in seven[2:]}
    left = db.session.scalars(
        select(PlannedRequest).where(
            PlannedRequest.sent_at.is_(None), PlannedRequest.code == "mini_cex"
        )
    ).all()
    assert [(one.placement_id, one.wanted_on.day) for one in left] == [(seven[1].id, 26)]


def test_without_a_supervisor_it_waits_for_one(placed, alice_resident, county, mei_member, office,
                                               browse):  # fmt: skip
    alone = placed(alice_resident, county.medicine, FIRST, date(2026, 12, 1))
    run(TODAY)
    assert asked() == []
    assert "A supervisor" in browse(office).get("/assessments/planned").text
    alone.supervisor_id = mei_member.id
    db.session.commit()
    run(TODAY)
    assert [one.assessor_id for one in asked()] == [mei_member.person_id]


def test_a_number_of_none_a_day_stands_for_one(seven):
    threshold("requests_a_day").value = 0
    db.session.commit()
    run(date(2026, 11, 16))
    assert len(asked()) == 1


def test_the_same_is_noted_once_by_two_at_the_same_moment(seven, app):
    pacing.plan_ahead(today=TODAY, at=NOW)
    before = db.session.scalar(select(func.count()).select_from(PlannedRequest))
    pacing.plan_ahead(today=TODAY, at=NOW)
    pacing.send_planned(today=TODAY, at=NOW)
    pacing.send_planned(today=TODAY, at=NOW)
    assert db.session.scalar(select(func.count()).select_from(PlannedRequest)) == before
    assert db.session.scalar(select(func.count()).select_from(Request)) == 3


def test_a_longer_list_of_what_waits_takes_no_more_statements(browse, office, seven, statements):
    browser, counts = browse(office), []
    for day in (date(2026, 11, 10), date(2026, 11, 20)):
        run(day)
        counts.append(statements(lambda: browser.get("/assessments/planned?state=day")))
    assert counts[0] == counts[1]
