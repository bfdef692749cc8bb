from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.assessments.conftest import EXIT, NOW, RATINGS, TODAY
from tests.assessments.test_lists import statements
from trainingbase.assessments import actions
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
    submission = submitted(answers=RATINGS)
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
    (one,) = figures.latency_rows(SEPTEMBER, DECEMBER)
    assert (one.days, one.in_time, one.submission_id) == (3, True, submission.id)


def test_a_cancelled_request_does_not_count(asked_of_mei, office):
    actions.cancel(asked_of_mei(3), by=office, at=NOW)
    assert figures.asked(SEPTEMBER, DECEMBER, today=TODAY) == []


def test_means_by_competency_leave_out_what_was_not_observed(submitted):
    first = submitted("one", answers={**RATINGS, "MC1.1": 4, "MC1.4": 6, "MC1.6": None})
    second = submitted("two", answers={**RATINGS, "MC1.1": 9, "MC1.4": None, "MC1.6": 9})
    with statements() as seen:
        rows = {row.competency: row for row in figures.ratings_by_competency(SEPTEMBER, DECEMBER)}
    assert len(seen) == 1
    care = rows["patient_care"]
    assert (care.n, care.mean, care.highest) == (4, Decimal("7.00"), Decimal(9))
    assert care.submission_ids == (first.id, second.id)
    assert rows["communication"].mean == Decimal(RATINGS["MC1.5"])


def test_exit_assessments_are_listed_with_their_verdict(with_mei, mei, exit_form, county):
    for key, record in (("one", 1), ("two", 0)):
        actions.submit(
            instrument=exit_form, placement=with_mei, by=mei, at=NOW, observed_on=TODAY,
            answers={**EXIT, "EG8.1": record}, form_key=key,
        )  # fmt: skip
    rows = figures.exits(SEPTEMBER, DECEMBER)
    assert [(row[2], row[4], row[5]) for row in rows] == [
        (county.medicine.id, 1, False),
        (county.medicine.id, 2, True),
    ]
