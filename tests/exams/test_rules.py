"""Who passes, who must sit, what differs and which attempt it is: sums done by hand."""

from datetime import date
from decimal import Decimal

import pytest

from trainingbase.exams.rules.results import Marked, Rule, result_of
from trainingbase.exams.rules.sittings import (
    Before,
    Trainee,
    WhoSits,
    blanks,
    differing,
    is_first,
    months_to,
    must_sit,
    tidy,
    training_year,
)

RULES = [
    Rule(1, Decimal(1), Decimal(60), must_pass=False),
    Rule(2, Decimal(2), Decimal(50), must_pass=True),
    Rule(3, Decimal(1), Decimal(70), must_pass=False),
]


def marks(one, two, three):
    return {
        1: [Marked(Decimal(one), 3)],
        2: [Marked(Decimal(two), 3)],
        3: [Marked(Decimal(three), 3)],
    }


def test_the_total_is_weighted_and_so_is_the_cut():
    found = result_of(RULES, marks(60, 80, 50), least_stations=None)
    assert found.total == Decimal("67.50")  # (60 + 160 + 50) / 4
    assert found.cut == Decimal("57.50")  # (60 + 100 + 70) / 4
    assert (found.passed, found.passed_stations, found.why) == (True, 2, ())


def test_stations_and_what_must_be_passed_are_asked_beside_the_total():
    found = result_of(RULES, marks(100, 49, 100), least_stations=3)
    assert (found.passed, found.why) == (False, ("stations", "must_pass"))
    found = result_of(RULES, marks(10, 50, 10), least_stations=1)
    assert found.why == ("total",)


def test_two_examiners_count_half_each_and_one_veto_fails():
    given = marks(60, 60, 80)
    given[2] = [Marked(Decimal(50), 2), Marked(Decimal(61), 3, vetoed=True)]
    found = result_of(RULES, given, least_stations=None)
    assert found.stations[1].score == Decimal("55.50")
    assert found.stations[1].rating == Decimal("2.50")
    assert found.stations[1].passed is False
    assert found.why == ("must_pass",)


def test_a_correction_counts_and_what_was_stays():
    found = result_of(RULES, marks(60, 49, 80), least_stations=None, corrected={2: Decimal(51)})
    assert found.passed is True
    assert (found.stations[1].score, found.stations[1].was) == (Decimal(51), Decimal(49))


def test_without_a_score_or_a_cut_nothing_is_judged():
    given = marks(60, 60, 80)
    del given[3]
    found = result_of(RULES, given, least_stations=None)
    assert (found.total, found.passed, found.is_whole) == (None, None, False)
    uncut = [Rule(1, Decimal(1), None, must_pass=False)]
    assert result_of(uncut, {1: [Marked(Decimal(60), 3)]}, least_stations=None).passed is None
    assert result_of(RULES, {}, least_stations=None, is_absent=True).why == ("absent",)


def trainee(**more):
    base = {
        "resident_id": 1, "starts_on": date(2024, 9, 1), "ends_on": date(2027, 9, 1),
        "is_in_training": True, "passed": False, "failed": False, "is_licensed": False,
    }  # fmt: skip
    return Trainee(**{**base, **more})


DAY = date(2027, 5, 10)
ANNUAL = WhoSits(None, None, None, only_unpassed=False)
FINAL = WhoSits(None, None, 6, only_unpassed=True)


@pytest.mark.parametrize(
    ("one", "rule", "why"),
    [
        (trainee(), ANNUAL, "in_training"),
        (trainee(is_in_training=False), ANNUAL, None),
        (trainee(starts_on=date(2027, 9, 1)), ANNUAL, None),
        (trainee(), WhoSits(1, 2, None, only_unpassed=False), None),
        (trainee(), WhoSits(3, 3, None, only_unpassed=False), "in_training"),
        (trainee(), FINAL, "before_end"),
        (trainee(ends_on=date(2027, 12, 1)), FINAL, None),
        (trainee(passed=True), FINAL, None),
        (trainee(failed=True, is_in_training=False), FINAL, "failed_before"),
    ],
)
def test_who_must_sit(one, rule, why):
    assert must_sit(one, rule, day=DAY) == why


def test_years_and_months_are_counted_by_days():
    assert training_year(date(2024, 9, 1), date(2025, 8, 31)) == 1
    assert training_year(date(2024, 9, 1), date(2025, 9, 1)) == 2
    assert months_to(date(2027, 5, 10), date(2027, 6, 10)) == 1
    assert months_to(date(2027, 5, 10), date(2027, 6, 11)) == 2


def test_what_is_missing_and_what_differs():
    sat = {"attended": True, "theory": Decimal(61), "skills": None, "passed": None}
    assert blanks({}, ["theory"]) == ["attended"]
    assert blanks(sat, ["theory", "skills"]) == ["skills"]
    assert blanks({"attended": False}, ["theory"]) == []
    assert differing(sat, {**sat, "theory": Decimal(16)}) == ["theory"]
    assert differing(sat, {**sat, "theory": Decimal("61.0")}) == []
    assert tidy({"attended": False, "theory": Decimal(3)})["theory"] is None


def result(year, *, id=1, attended=True, theory=True, skills=False, verdict=False):
    return Before(id, year, attended, theory, skills, verdict)


def test_the_first_attempt_is_derived():
    def first(before, parts=("theory",), **more):
        asked = {"year": 2027, "each_year": False, "own": None, **more}
        return is_first(parts, before, **asked)

    assert first([])
    assert not first([result(2026)])
    assert first([result(2026)], parts=("skills",))
    assert first([result(2026, attended=False)])
    assert first([result(2028)])
    assert first([result(2026)], each_year=True)
    assert not first([result(2027)], each_year=True)
    assert first([result(2027)], own=1)
