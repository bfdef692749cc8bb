"""Every indicator on a hand-made cast, counted by hand."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.cast import LONG_AGO, add, faculty_member
from tests.quality.autumn import at, instrument, submitted
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort
from trainingbase.entering.models import Arrival
from trainingbase.incentives.models import FundingSource, Line, Run
from trainingbase.intake.models import Intake
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.queries.counted import Book
from trainingbase.quality.scope import Scope, months_known
from trainingbase.sites.models import Closure
from trainingbase.training.models import Activity, Rating

TODAY = date(2026, 11, 22)
AUTUMN = Scope(date(2026, 9, 1), date(2026, 12, 1))
SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))


def ask(key, scope=AUTUMN):
    return Book(TODAY).sum(INDICATORS[key], scope)


def by(key, what, scope=AUTUMN):
    return Book(TODAY).sums(INDICATORS[key], scope, what)


def test_a_placement_is_done_once_its_exit_assessment_is_passed(autumn, county):
    assert ask("placements-done").parts == {
        "passed": 1, "failed": 1, "unassessed": 1, "ahead": 1
    }  # fmt: skip
    assert ask("placements-done").value == 33.3
    months = Book(TODAY).by_month(INDICATORS["placements-done"], AUTUMN)
    assert {month: one.value for month, one in months.items()} == {
        SEPTEMBER: 0.0, OCTOBER: 50.0, NOVEMBER: None
    }  # fmt: skip
    places = by("placements-done", "department")
    assert places[county.medicine.id].parts == {"passed": 1, "unassessed": 1}
    assert places[county.surgery.id].parts == {"failed": 1, "ahead": 1}


def test_a_cancelled_placement_is_not_planned(autumn):
    autumn["ahead"].cancelled_at = datetime(2026, 11, 1, tzinfo=UTC)
    db.session.commit()
    assert sum(ask("placements-done").parts.values()) == 3


def test_requests_are_counted_by_what_became_of_them(autumn, county):
    found = by("assessments-in-time", "department")
    assert {key: one.parts for key, one in found.items()} == {
        county.medicine.id: {"in_time": 1, "expired": 1},
        county.surgery.id: {"done_late": 1, "waiting": 1},
        county.village_team.id: {"late": 1},
    }
    whole = ask("assessments-in-time")
    assert (whole.top, whole.bottom, whole.value) == (1, 4, 25.0)
    sites = by("assessments-in-time", "site")
    assert sites[county.lead.id].bottom == 3 and sites[county.township.id].bottom == 1


def test_waiting_counts_the_hours_of_answered_requests(autumn):
    # asked at midnight in Shanghai: 36 hours, and 20 days and 12 hours
    assert ask("assessment-wait").parts == {"soon": 1, "longer": 1}
    assert ask("assessment-wait").value == 50.0


def test_scores_have_sum_squares_and_number_by_item(autumn):
    found = ask("competency-scores")
    assert found.parts == {
        "sum:M1": 12, "squares:M1": 74, "n:M1": 2, "sum:M2": 16, "squares:M2": 128, "n:M2": 2,
        "score:5": 1, "score:7": 1, "score:8": 2,
    }  # fmt: skip
    assert found.value == 7.0


def test_places_used_count_half_months_and_closed_ones(autumn, county):
    add(Closure(department=county.surgery, starts_on=OCTOBER, ends_on=NOVEMBER))
    found = Book(TODAY).series(INDICATORS["places-used"], AUTUMN, "department")
    medicine, surgery, team = (d.id for d in (county.medicine, county.surgery, county.village_team))
    assert found[medicine, OCTOBER] == {"used": Decimal("1.5"), "places": 2, "free": Decimal("0.5")}
    assert found[medicine, NOVEMBER] == {"places": 2, "free": 2}
    assert [found[surgery, month].get("places") for month in AUTUMN.months] == [1, None, 1]
    assert found[team, OCTOBER]["used"] == Decimal("0.5")


def test_a_site_has_places_only_within_its_agreement(autumn, county):
    county.township.agreement_starts_on = date(2026, 10, 16)
    db.session.commit()
    found = Book(TODAY).series(INDICATORS["places-used"], AUTUMN, "site")
    there = [found.get((county.township.id, month), {}).get("places") for month in AUTUMN.months]
    assert there == [None, 1, 2]


def test_figures_are_narrowed_to_a_department_a_site_and_a_cohort(autumn, county, bob_resident):
    other = add(Cohort(year=2025, programme=county.programme, name="2025级", name_en="2025"))
    bob_resident.cohort = other
    db.session.commit()
    of_bob = Scope(AUTUMN.starts_on, AUTUMN.ends_on, cohort_id=other.id)
    assert ask("placements-done", of_bob).parts == {"failed": 1, "unassessed": 1}
    assert ask("competency-scores", of_bob).bottom == 2
    bob_in_medicine = Scope(
        AUTUMN.starts_on, AUTUMN.ends_on, cohort_id=other.id, department_id=county.medicine.id
    )
    assert ask("placements-done", bob_in_medicine).parts == {"unassessed": 1}
    there = Scope(AUTUMN.starts_on, AUTUMN.ends_on, site_id=county.township.id)
    assert ask("assessments-in-time", there).parts == {"late": 1}
    assert set(by("placements-done", "cohort")) == {county.cohort.id, other.id}


def test_who_came_in_time_counts_of_the_placements_that_began(autumn, county, mei):
    for name, arrived_on in (("passed", date(2026, 9, 1)), ("failed", date(2026, 9, 20))):
        add(
            Arrival(
                placement_id=autumn[name].id, arrived_on=arrived_on, confirmed_by_id=mei.id,
                confirmed_at=LONG_AGO,
            )
        )  # fmt: skip
    found = ask("entered-on-time")
    assert found.parts == {"in_time": 1, "late": 1, "missing": 3}
    assert found.value == 20.0


def test_what_is_not_signed_off_has_not_left(autumn):
    found = ask("left-on-time")
    assert (found.parts, found.value) == ({"on_time": 1, "open": 2}, 33.3)


def test_the_first_pass_rate_is_of_those_who_sat_for_the_first_time(graduates):
    found = ask("first-pass")
    assert found.parts == {"passed": 1, "failed": 1, "theory": 1, "skills": 2}
    assert (found.top, found.bottom, found.value) == (1, 2, 50.0)


def test_only_approved_activities_that_were_held_count(taught):
    assert ask("activities-held").value == 1


def test_stars_are_averaged_over_ratings(taught, alice_resident, bob_resident, county):
    held = db.session.query(Activity).filter_by(topic="Talk 5").one()
    for resident, stars in ((alice_resident, 5), (bob_resident, 2)):
        add(Rating(activity_id=held.id, resident_id=resident.id, stars=stars, rated_at=LONG_AGO))
    found = by("activity-ratings", "department")[county.medicine.id]
    assert found.value == 3.5 and found.parts["squares:stars"] == 29


def test_certificates_lapse_after_the_years_the_base_set(mei_member, chen, county):
    assert ask("faculty-certificates").value == 100.0
    add(faculty_member("Lu", county.surgery, "1003"))
    lapsed = mei_member.certificates[0]
    lapsed.issued_on = date(2021, 10, 15)
    db.session.commit()
    months = Book(TODAY).by_month(INDICATORS["faculty-certificates"], AUTUMN)
    assert [months[month].top for month in AUTUMN.months] == [3, 2, 2]
    assert ask("faculty-certificates").value == 66.7  # of a stock the last month counts


def test_the_load_is_residents_by_supervisors(autumn, county):
    # today one placement in Surgery and one in the team, both with Mei
    found = ask("faculty-load")
    assert (found.top, found.bottom, found.value) == (2, 2, 1.0)


def test_enrolment_is_against_the_plan_of_the_year(county, alice_resident, bob_resident, office):
    add(
        Intake(
            year=2026, programme=county.programme, planned=4, starts_on=SEPTEMBER,
            ends_on=date(2029, 9, 1), report_ends_on=OCTOBER, written_most=100, interview_most=100,
            opened_at=LONG_AGO, opened_by_id=office.id,
        )
    )  # fmt: skip
    found = ask("enrolment")
    assert (found.top, found.bottom, found.value) == (2, 4, 50.0)
    assert by("enrolment", "cohort")[county.cohort.id].value == 50.0


def test_forms_with_words_are_told_from_those_without(placed, alice_resident, county, mei_member):
    from trainingbase.assessments.models import Answer, Item

    form = instrument("exit_assessment")
    form.items = [Item(position=1, code="W", name="评语", name_en="Words", kind="text")]
    db.session.commit()
    there = placed(alice_resident, county.medicine, SEPTEMBER, NOVEMBER, mei_member)
    for day, text in ((1, "很好"), (2, "病史采集全面，查体还需更加规范。"), (3, None)):
        row = submitted(form, there, mei_member.person, at(10, day))
        if text:
            db.session.add(Answer(submission=row, item=form.items[0], text=text))
    db.session.commit()
    assert ask("comments-written").parts == {"written": 1, "without": 2}


def test_attendance_leaves_out_what_nobody_confirmed(autumn):
    found = ask("attendance")
    assert found.value is None and found.parts["unknown"] > 0
    assert ask("leave-taken").value is None


def test_the_roster_counts_periods_that_are_over(autumn, taught):
    found = ask("roster-kept")
    assert found.bottom == found.parts.get("kept", 0) + found.parts.get("missed", 0)
    assert found.bottom > 0


def test_the_log_of_ended_placements_is_held_against_what_is_asked(autumn):
    assert ask("log-completion").value is None  # this programme asks for nothing


def test_cost_is_what_approved_runs_paid_by_source(autumn, alice, office):
    source = add(FundingSource(name="政府财政"))
    run = Run(month_on=OCTOBER, computed_at=LONG_AGO)
    for key, amount, of in (("a", "100.10", source), ("b", "200.20", source), ("c", "-20", None)):
        run.lines.append(
            Line(payee_id=alice.id, source=of, rule="stipend", key=key, quantity=Decimal(1),
                 unit_amount=Decimal(amount), amount=Decimal(amount))
        )  # fmt: skip
    add(run)
    run.approve(by=office, at=LONG_AGO)
    db.session.commit()
    assert ask("cost").parts == {f"paid:{source.id}": Decimal("300.30"), "paid:0": Decimal(-20)}
    assert ask("cost").value == 280.3
    # October: Alice a month, Bob half a month in Medicine and half a month in the team
    per_month = ask("cost-per-month")
    assert (per_month.bottom, per_month.value) == (2, 140.15)


def test_without_data_there_are_no_figures(county):
    assert months_known() == []
    for key in INDICATORS:
        assert ask(key).value in (None, 0.0), key


def test_every_indicator_says_all_that_is_asked_of_it(county):
    for key, one in INDICATORS.items():
        assert key == one.key and str(one.name) and str(one.definition) and str(one.numerator)
        assert bool(one.bottom) == (one.denominator is not None), key
        assert one.parts or one.names is not None
        assert set(one.top) | set(one.bottom), key
    days = AUTUMN.ends_on - AUTUMN.starts_on
    assert days == timedelta(days=91)


@pytest.mark.parametrize("key", INDICATORS)
def test_the_parts_of_every_split_add_up_to_the_whole(key, autumn, taught, graduates):
    indicator, book = INDICATORS[key], Book(TODAY)
    whole = book.sum(indicator, AUTUMN)
    for split in indicator.splits:
        groups = book.sums(indicator, AUTUMN, split)
        assert sum((one.top for one in groups.values()), Decimal(0)) == whole.top
