"""Early warning: silent first, with limits and reasons, contested and answered."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.cast import add
from tests.judging.conftest import AT, TODAY
from trainingbase.assessments.models import Answer, Submission
from trainingbase.db import db
from trainingbase.instruments.queries import instrument_in_use
from trainingbase.judging.actions import watching as actions
from trainingbase.judging.models import Signal, WatchRule
from trainingbase.judging.queries import watching as queries
from trainingbase.judging.queries.following import charts_of
from trainingbase.judging.rules.watching import Form, Known, fired

LATE_LOG = {"days": 21, "again": 14}


@pytest.fixture
def stay(placed, alice_resident, county, mei_member):
    return placed(alice_resident, county.medicine, date(2026, 9, 1), date(2027, 1, 1), mei_member)


@pytest.fixture
def speaking(county, office):
    """`speaking("late_log")`: a rule the base has switched on."""

    def speak(code: str) -> WatchRule:
        rule = queries.rule(code)
        actions.switch_on(
            rule, valid_from=date(2026, 11, 1), because="Looked at.", version=rule.version,
            by=office, at=AT,
        )  # fmt: skip
        return rule

    return speak


@pytest.fixture
def rated(stay, mei):
    """`rated([6, 6, 3], "dops")`: one form after another whose every item got this."""

    def rate(values, code: str):
        instrument = instrument_in_use(code)
        for n, value in enumerate(values):
            add(
                Submission(
                    form_key=f"{code}-{n}",
                    instrument_id=instrument.id,
                    placement_id=stay.id,
                    resident_id=stay.resident_id,
                    assessor_id=mei.id,
                    observed_on=date(2026, 9, 2) + timedelta(days=n),
                    submitted_at=AT,
                    answers=[
                        Answer(item_id=item.id, number=Decimal(value))
                        for item in instrument.items
                        if item.kind == "rating"
                    ],
                )
            )

    return rate


def found(code: str) -> list[Signal]:
    return list(db.session.scalars(db.select(Signal).where(Signal.rule_code == code)))


def test_nothing_was_logged_for_three_weeks():
    known = Known(trained_days=60, logged_on=TODAY - timedelta(days=22))
    assert fired("late_log", LATE_LOG, known, TODAY) == {"last": "2026-10-31", "days": 21}
    assert fired("late_log", LATE_LOG, Known(60, TODAY - timedelta(days=21)), TODAY) is None


def test_nobody_is_warned_before_they_could_do_anything():
    assert fired("late_log", LATE_LOG, Known(trained_days=20), TODAY) is None


def test_comments_that_say_little_are_counted():
    settings = {"percent": 60, "signs": 15, "forms": 3, "days": 90}
    forms = [Form(n, TODAY, signs) for n, signs in enumerate((0, 3, 80))]
    facts = fired("short_comments", settings, Known(100, forms=forms), TODAY)
    assert facts["found"] == 2 and facts["forms"] == [0, 1]
    assert fired("short_comments", settings, Known(100, forms=forms[1:]), TODAY) is None


def test_days_away_are_held_against_the_limit():
    settings = {"most": "2", "days": 30}
    assert fired("absences", settings, Known(100, unexcused=Decimal(2)), TODAY) is None
    facts = fired("absences", settings, Known(100, unexcused=Decimal("2.5")), TODAY)
    assert facts["found"] == "2.5"


def test_a_rule_is_silent_until_it_is_switched_on(browse, stay, alice, office, mei):
    actions.watch(today=TODAY, at=AT)
    [one] = found("late_log")
    assert one.is_silent
    assert browse(alice).get(f"/judging/signals/{one.id}").status_code == 404
    assert browse(mei).get(f"/judging/signals/{one.id}").status_code == 404
    assert browse(office).get(f"/judging/signals/{one.id}").status_code == 200
    assert "Nothing has warned." in browse(alice).get("/judging/picture").text


def test_looking_twice_finds_nothing_new(stay, speaking):
    speaking("late_log")
    actions.watch(today=TODAY, at=AT)
    assert actions.watch(today=TODAY, at=AT) == 0
    assert len(found("late_log")) == 1


def test_other_numbers_make_a_rule_silent_again(speaking, office):
    rule = speaking("late_log")
    actions.set_rule(
        rule, {**rule.settings, "days": 30}, version=rule.version, by=office, at=AT, why="Holidays"
    )
    assert rule.valid_from is None


def test_a_warning_is_contested_and_taken_back(browse, stay, speaking, alice, office, bob):
    speaking("late_log")
    actions.watch(today=TODAY, at=AT)
    [one] = found("late_log")
    address = f"/judging/signals/{one.id}"
    assert browse(bob).post(f"{address}/contest", data={"because": "x"}).status_code == 404
    browser = browse(alice)
    assert "Why it fired" in browser.get(address).text
    browser.post(f"{address}/contest", data={"because": "I was on leave."})
    again = browser.post(f"{address}/contest", data={"because": "Twice"})
    assert again.status_code == 302
    answer = {"upheld": "0", "text": "True: taken back.", "version": "1"}
    assert browse(office).post(f"{address}/answer", data=answer).status_code == 302
    db.session.refresh(one)
    assert one.over_on == TODAY and one.contest.because == "I was on leave."
    assert actions.watch(today=TODAY + timedelta(days=1), at=AT) == 0


def test_lower_ratings_give_a_signal_with_its_reason(rated, speaking, office):
    rule = speaking("cusum_dops")
    actions.set_rule(
        rule, {**rule.settings, "target": "6", "deviation": "1"}, version=rule.version,
        by=office, at=AT, why="Two years of forms",
    )  # fmt: skip
    speaking("cusum_dops")
    rated([6, 7, 6, 3, 3, 3], "dops")
    actions.watch(today=TODAY, at=AT)
    [one] = found("cusum_dops")
    assert one.facts["sum"] == "7.50" and one.facts["limit"] == "5"
    assert len(one.facts["forms"]) == 3


def test_higher_ratings_give_none(rated, speaking, office):
    rule = speaking("cusum_dops")
    settings = {**rule.settings, "target": "5", "deviation": "1"}
    actions.set_rule(rule, settings, version=rule.version, by=office, at=AT, why="Test")
    rated([8, 8, 8, 9, 9, 9], "dops")
    [chart] = charts_of(rule).values()
    assert chart.signal is None


def test_few_results_give_no_sum(rated, speaking):
    rated([6, 6], "dops")
    [chart] = charts_of(speaking("cusum_dops")).values()
    assert chart.sums is None and chart.why == "no_target"


def test_the_run_lengths_stand_beside_the_switch(browse, office):
    page = browse(office).get("/judging/watch-rules/cusum_verdicts").text
    assert "Results until a signal, on average" in page
    assert "167.7" in page  # k 0.5, h 4: 168 in Montgomery, table 9.3


def test_a_series_with_its_limit_is_seen_once_its_rule_speaks(
    browse, rated, speaking, alice, office, alice_resident
):
    rated([6, 7, 6, 5, 6, 7, 6, 6, 5, 7], "dops")
    name = "DOPS lower than before"
    theirs = f"/judging/residents/{alice_resident.id}/series"
    assert name not in browse(alice).get("/judging/picture/series").text
    assert "Limit 5" in browse(office).get(theirs).text
    speaking("cusum_dops")
    assert name in browse(alice).get("/judging/picture/series").text
    assert browse(alice).get(theirs).status_code == 403
