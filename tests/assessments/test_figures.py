from datetime import date, timedelta

import pytest

from tests.assessments.conftest import NOW, RATINGS, TODAY
from tests.assessments.test_lists import statements
from trainingbase.assessments import actions
from trainingbase.assessments.models import Submission
from trainingbase.assessments.queries import figures

SEPTEMBER, DECEMBER = date(2026, 9, 1), date(2026, 12, 1)


@pytest.fixture
def asked_of_mei(with_mei, mini_cex, office):
    """`asked_of_mei(3)`: asked three days ago."""

    def ask(days_ago, instrument=mini_cex):
        at = NOW - timedelta(days=days_ago)
        return actions.ask(instrument=instrument, placement=with_mei, by=office, at=at)

    return ask


def test_requests_are_counted_by_department_and_month(asked_of_mei, submitted, county, exit_form):
    done = asked_of_mei(3)
    submitted(answers=RATINGS)
    late = asked_of_mei(8)
    waiting = asked_of_mei(1, exit_form)
    with statements() as seen:
        rows = figures.asked(SEPTEMBER, DECEMBER, today=TODAY)
    assert len(seen) == 1
    assert [
        (row.code, row.asked, row.done, row.in_time, row.late, row.waiting) for row in rows
    ] == [
        ("exit_assessment", 1, 0, 0, 0, 1),
        ("mini_cex", 2, 1, 1, 1, 0),
    ]
    assert rows[1].request_ids == (done.id, late.id)
    assert rows[0].request_ids == (waiting.id,)
    assert rows[1].month == date(2026, 11, 1) and rows[1].department_id == county.medicine.id


def test_a_cancelled_request_does_not_count(asked_of_mei, office):
    actions.cancel(asked_of_mei(3), by=office, at=NOW)
    assert figures.asked(SEPTEMBER, DECEMBER, today=TODAY) == []


def test_a_form_is_judged_by_the_mean_of_what_was_observed(submitted, alice_resident, mei):
    submitted("one", answers={**dict.fromkeys(RATINGS, 4), "MC1.1": 9, "MC1.6": None})
    submitted("two", answers=dict.fromkeys(RATINGS, 7))
    with statements() as seen:
        first, second = figures.judgements("mini_cex", Submission.observed_on < DECEMBER)
    assert len(seen) == 1
    assert (first.resident_id, first.assessor_id) == (alice_resident.id, mei.id)
    assert (first.mean, second.mean) == (pytest.approx((5 * 4 + 9) / 6), 7)
    assert figures.judgements("dops") == []
    assert figures.judgements("mini_cex", Submission.observed_on < SEPTEMBER) == []
