"""The numbers of training quality, counted by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.cast import add
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort
from trainingbase.months import months_from
from trainingbase.quality.queries import assessing, base, placements
from trainingbase.quality.queries.scope import Scope, months_known
from trainingbase.quality.rules import Asked, Done, Used, mean_of, median, percent, spread_of
from trainingbase.sites.models import Closure

TODAY = date(2026, 11, 22)
AUTUMN = Scope(date(2026, 9, 1), date(2026, 12, 1))


def test_a_placement_is_done_once_it_was_passed_and_left(autumn, county):
    medicine, surgery = county.medicine.id, county.surgery.id
    assert placements.done_against_plan(AUTUMN, today=TODAY) == {
        (date(2026, 9, 1), surgery): Done(failed=1),
        (date(2026, 10, 1), medicine): Done(passed=1, unassessed=1),
        (date(2026, 11, 1), surgery): Done(ahead=1),
    }


def test_a_cancelled_placement_is_not_planned(autumn):
    autumn["ahead"].cancelled_at = datetime(2026, 11, 1, tzinfo=UTC)
    db.session.commit()
    found = placements.done_against_plan(AUTUMN, today=TODAY)
    assert sum(found.values(), Done()) == Done(passed=1, failed=1, unassessed=1)


def test_requests_are_counted_by_what_became_of_them(autumn, county):
    found = assessing.asked_by_department(AUTUMN, today=TODAY)
    assert found == {
        county.medicine.id: Asked(in_time=1, expired=1),
        county.surgery.id: Asked(done_late=1, waiting=1),
        county.village_team.id: Asked(late=1),
    }
    whole = sum(found.values(), Asked())
    assert (whole.asked, whole.done, whole.due, whole.share) == (5, 2, 4, 25.0)


def test_scores_have_their_mean_and_spread(autumn):
    first, second = assessing.scores(AUTUMN)
    assert (first.name, first.n, first.mean, first.spread) == ("Interviewing", 2, 6.0, 1.41)
    assert (second.name, second.n, second.mean, second.spread) == ("Examination", 2, 8.0, 0.0)


def test_the_median_time_is_that_of_what_was_answered(autumn):
    # asked at midnight in Shanghai: 36 hours, and 20 days and 12 hours
    hours, forms = assessing.median_hours(AUTUMN)
    assert (hours, forms) == ((36 + 492) / 2, 2)


def test_places_used_count_half_months_and_closed_ones(autumn, county):
    add(Closure(department=county.surgery, starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 1)))
    found = placements.places_used(AUTUMN)
    months = AUTUMN.months
    half = Decimal("0.5")
    assert [found[county.medicine.id][m] for m in months] == [
        Used(Decimal(1), Decimal(2)),
        Used(Decimal("1.5"), Decimal(2)),
        Used(Decimal(0), Decimal(2)),
    ]
    assert [found[county.surgery.id][m].places for m in months] == [1, 0, 1]
    assert [found[county.village_team.id][m].used for m in months] == [0, half, 1]


def test_a_site_has_places_only_within_its_agreement(autumn, county):
    county.township.agreement_starts_on = date(2026, 10, 16)
    db.session.commit()
    team = placements.places_used(AUTUMN)[county.village_team.id]
    assert [team[month].places for month in AUTUMN.months] == [0, 1, 2]


def test_figures_are_narrowed_to_a_department_and_a_cohort(autumn, county, bob_resident):
    other = add(Cohort(year=2025, programme=county.programme, name="2025级", name_en="2025"))
    bob_resident.cohort = other
    db.session.commit()
    of_bob = Scope(AUTUMN.starts_on, AUTUMN.ends_on, cohort_id=other.id)
    assert sum(placements.done_against_plan(of_bob, today=TODAY).values(), Done()) == Done(
        failed=1, unassessed=1
    )
    assert sum(assessing.asked_by_department(of_bob, today=TODAY).values(), Asked()) == Asked(
        done_late=1, late=1, expired=1
    )
    assert [one.n for one in assessing.scores(of_bob)] == [1, 1]
    assert assessing.median_hours(of_bob)[1] == 1
    in_surgery = Scope(AUTUMN.starts_on, AUTUMN.ends_on, department_id=county.surgery.id)
    assert set(assessing.asked_by_department(in_surgery, today=TODAY)) == {county.surgery.id}
    assert set(placements.places_used(in_surgery)) == {county.surgery.id}


def test_the_first_pass_rate_is_of_those_who_sat_for_the_first_time(graduates):
    found = base.first_pass()
    assert (found.sat, found.passed, found.share) == (2, 1, 50.0)
    assert found.province == {"theory": 88.1, "skills": 92.4}


def test_only_approved_activities_that_were_held_count(taught):
    assert base.activities_counted(AUTUMN) == 1


def test_certificates_lapse_after_the_years_the_base_set(mei_member, chen):
    assert base.certificates(TODAY, years=5) == (2, 2)
    assert base.certificates(date(2030, 1, 1), years=5) == (0, 2)


def test_without_data_there_are_no_figures(county):
    assert months_known() == [] and base.first_pass() is None
    assert placements.done_against_plan(AUTUMN, today=TODAY) == {}
    assert assessing.scores(AUTUMN) == [] and assessing.median_hours(AUTUMN) == (None, 0)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], None), ([3], 3), ([5, 1, 3], 3), ([4, 1, 2, 3], Decimal("2.5"))],
)
def test_the_median_is_the_middle(numbers, expected):
    assert median(Decimal(n) for n in numbers) == expected


def test_nothing_divided_is_nothing():
    assert percent(0, 0) is None and mean_of({}) is None and spread_of({Decimal(5): 1}) is None
    assert Done().share is None and Asked(waiting=3).share is None


def test_months_run_over_the_turn_of_the_year():
    assert months_from(date(2026, 11, 5), date(2027, 2, 1)) == [
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
    ]  # fmt: skip
