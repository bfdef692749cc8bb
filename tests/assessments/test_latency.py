"""How many were answered and how fast: counted once, by one rule, in the database."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from tests.assessments.conftest import NOW, TODAY
from tests.cast import resident
from trainingbase.assessments import actions
from trainingbase.assessments.models import Request, Submission
from trainingbase.assessments.queries.latency import WAYS, Scope, latency
from trainingbase.assessments.queries.requests import STATES, in_state
from trainingbase.clock import LOCAL
from trainingbase.db import db

DAY = timedelta(days=1)
ALL = Scope(TODAY - 60 * DAY, TODAY + DAY)


@pytest.fixture
def many(placed, county, mei_member, mini_cex, chen):
    """`many(n)`: n residents, each with a request in one of the states, and half of them a form."""

    def fill(n, start=0):
        for number in range(start, start + n):
            one = resident(f"R{number:03}", county, f"11010120000101{number:04}")
            there = placed(one, county.medicine, date(2026, 9, 1), date(2026, 12, 1), mei_member)
            age = [0, 10, 40, 10, 3, 3][number % 6]
            asked_on = TODAY - age * DAY
            request = Request(
                instrument_id=mini_cex.id, placement=there, resident=one,
                assessor_id=chen.id if number % 4 == 0 else mei_member.person_id,
                asked_by_id=mei_member.person_id, asked_on=asked_on, due_on=asked_on + 7 * DAY,
                expires_on=asked_on + 28 * DAY, created_at=NOW - age * DAY,
            )  # fmt: skip
            if number % 6 == 3:
                request.answered_at = NOW
            if number % 6 == 4:
                request.decline(NOW)
            if number % 6 == 5:
                request.cancel(NOW)
            db.session.add(request)
            db.session.add(
                Submission(
                    form_key=f"latency-{number}", instrument_id=mini_cex.id, placement=there,
                    resident=one, assessor_id=mei_member.person_id, observed_on=TODAY - 5 * DAY,
                    submitted_at=NOW - (number % 7) * DAY,
                )
            )  # fmt: skip
        db.session.commit()

    return fill


def test_the_state_is_the_same_in_python_and_in_sql(many):
    many(12)
    found = {}
    for state in STATES:
        rows = db.session.scalars(db.select(Request).where(in_state(state, TODAY))).all()
        for one in rows:
            assert one.id not in found, "in one state only"
            found[one.id] = state
    every = db.session.scalars(db.select(Request)).all()
    assert found == {one.id: one.state(TODAY) for one in every}


def test_what_was_asked_is_the_sum_of_what_became_of_it(many, county):
    many(12)
    (row,) = latency(ALL, by="department", today=TODAY)
    assert (row.key, row.name) == (county.medicine.id, "Medicine")
    assert (row.asked, row.done, row.late, row.open, row.expired, row.declined) == (
        10,
        2,
        2,
        2,
        2,
        2,
    )
    assert row.done_share == 0.5


@pytest.mark.parametrize("n", [1, 2, 3, 9, 10, 11])
def test_median_and_ninth_decile_are_those_of_the_hours(many, n):
    many(n)
    (row,) = latency(ALL, by="institution", today=TODAY)
    hours = [float(one) for one in db.session.scalars(db.select(Submission.hours))]
    assert row.forms == n
    assert float(row.median) == pytest.approx(np.median(hours))
    inverted = np.quantile(hours, 0.9, method="inverted_cdf")
    assert float(row.ninth) == pytest.approx(inverted)


def test_hours_count_from_the_bedside_or_from_noon(with_mei, mini_cex, mei, alice, submitted):
    asked_at = datetime(2026, 11, 22, 9, 30, tzinfo=LOCAL)
    request = actions.ask(
        instrument=mini_cex, placement=with_mei, by=alice, at=asked_at, assessor=mei
    )
    quick = submitted("quick", at=asked_at + timedelta(minutes=30), request=request)
    assert quick.hours == Decimal("0.5")
    later = submitted("later", at=datetime(2026, 11, 24, 12, tzinfo=LOCAL))
    assert later.hours == Decimal(48)
    early = submitted("early", at=datetime(2026, 11, 22, 8, tzinfo=LOCAL))
    assert early.hours == 0


def test_everybody_sees_their_own(browse, office, mei, chen, secretary, coordinator, leader, many):
    many(12)
    page = "/assessments/latency?by=assessor"
    assert "Mei" in browse(office).get(page).text and "Chen" in browse(office).get(page).text
    own = browse(chen).get(page).text
    assert "Chen" in own and "<td>Mei" not in own and ">Mei<" not in own
    assert ">Mei<" in browse(secretary).get(page).text
    assert "Nothing was asked" in browse(coordinator).get(page).text
    places = browse(leader).get(page).text
    assert ">Mei<" not in places and ">Chen<" not in places and "Medicine" in places
    export = browse(chen).get("/assessments/latency/export/csv?by=assessor").text
    assert "Chen" in export and "Mei" not in export


def test_a_figure_leads_to_its_requests(browse, office, many, county):
    many(12)
    page = browse(office).get("/assessments/latency").text
    days = "since=2026-08-23&amp;until=2026-11-22"
    link = f"/assessments/requests?state=late&amp;{days}&amp;department={county.medicine.id}"
    assert link in page
    listed = browse(office).get(link.replace("&amp;", "&")).text
    assert listed.count('<th scope="row">') == 2
    assert (
        browse(office).get("/assessments/latency?since=x&until=1&by=zz&sort=q").status_code == 200
    )


@pytest.mark.parametrize("by", WAYS)
def test_more_rows_take_no_more_statements(browse, office, many, statements, by):
    browser, counts = browse(office), []
    for n, start in ((3, 0), (40, 3)):
        many(n, start)
        counts.append(statements(lambda: browser.get(f"/assessments/latency?by={by}")))
    assert counts[0] == counts[1]
