"""What released opinions, comments and graduates say, counted by hand."""

from datetime import date
from decimal import Decimal

import pytest
from flask_babel import force_locale

from tests.cast import LONG_AGO, add, faculty_member, resident
from tests.quality.autumn import at, instrument, submitted
from trainingbase.assessments.models import CommentMark
from trainingbase.ballots.models import BallotSubject, Batch
from trainingbase.ballots.queries import totals
from trainingbase.careers.actions import employment
from trainingbase.careers.queries import retention
from trainingbase.db import db
from trainingbase.quality.figures import VIEWS, Asking
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.queries.counted import Book
from trainingbase.quality.scope import Scope, places
from trainingbase.training.models import Activity, Rating

TODAY = date(2026, 11, 22)
YEAR = Scope(date(2026, 1, 1), date(2027, 1, 1))


def ask(key, scope=YEAR):
    return Book(TODAY).sum(INDICATORS[key], scope)


def asking(*, sees_names=True, scope=YEAR):
    return Asking(scope, places(), TODAY, sees_names)


def released(kind, answers, mean, *, teacher=None, department=None, ends_on=date(2026, 10, 1)):
    """On a scale of 1 to 5, with a deviation of 1."""
    form = instrument(f"opinion_{kind}_{teacher.id if teacher else 0}_{answers}")
    subject = BallotSubject(
        key=f"{kind}-{form.code}", kind=kind, faculty_member=teacher, department=department
    )
    return add(
        Batch(
            subject=subject, instrument=form, number=1, first_on=date(2026, 7, 1), ends_on=ends_on,
            released_on=ends_on, answers=answers, could=answers, overall_answered=answers,
            overall_mean=Decimal(mean), overall_deviation=Decimal(1), overall_lowest=Decimal(1),
            overall_highest=Decimal(5),
        )
    )  # fmt: skip


@pytest.fixture
def judged(county, mei_member, chen):
    """Mei: 5 answers of 4 (75 points); Chen: 10 of 3 (50 points); both about September at last."""
    released("teacher", 5, "4", teacher=mei_member)
    released(
        "teacher", 10, "3", teacher=db.session.merge(faculty_member("Lu", county.surgery, "9"))
    )


def test_opinions_on_teachers_are_those_released_by_their_answers(judged, county):
    found = ask("teacher-opinions")
    assert (found.top, found.bottom, found.value) == (875, 15, 58.33)
    # four times the variance of 25 points, and five times 75 squared; nine, and ten times 50
    assert found.parts["squares:points"] == 4 * 625 + 5 * 5625 + 9 * 625 + 10 * 2500
    months = Book(TODAY).by_month(INDICATORS["teacher-opinions"], YEAR)
    assert list(months) == [date(2026, 9, 1)]
    by = Book(TODAY).sums(INDICATORS["teacher-opinions"], YEAR, "department")
    assert by[county.surgery.id].value == 50.0


def test_few_teachers_are_not_shown_to_who_sees_no_names(judged):
    indicator = INDICATORS["teacher-opinions"]
    assert asking(sees_names=False).sum(indicator).is_empty
    assert not asking().sum(indicator).is_empty


def test_opinions_on_departments_are_those_of_the_page_of_opinions(county):
    released("department", 6, "4.3", department=county.medicine)
    released("department", 9, "3.1", department=county.surgery)
    whole = totals("department", "base", starts_on=YEAR.starts_on, ends_on=YEAR.ends_on)
    assert ask("department-opinions").value == pytest.approx(float(whole[0].share), abs=0.05)
    by = Book(TODAY).sums(INDICATORS["department-opinions"], YEAR, "department")
    for one in totals("department", "department", starts_on=YEAR.starts_on, ends_on=YEAR.ends_on):
        assert by[one.group_id].value == pytest.approx(float(one.share), abs=0.05)
    assert ask("base-opinions").value is None
    # a batch is of five people at least, and about places: whoever leads reads it by itself
    assert asking(sees_names=False).sum(INDICATORS["department-opinions"]).bottom == 15


def test_comments_are_as_good_as_they_were_judged(placed, alice_resident, county, mei_member):
    form = instrument("mini_cex")
    there = placed(alice_resident, county.medicine, date(2026, 9, 1), date(2026, 11, 1), mei_member)
    for day, good, letters in ((1, True, 30), (2, True, 25), (3, False, 12), (4, False, 0)):
        row = submitted(form, there, mei_member.person, at(10, day))
        add(CommentMark(submission_id=row.id, is_good=good, letters=letters))
    found = ask("comments-good")
    assert (found.parts, found.value) == ({"good": 2, "poor": 1, "none": 1}, 66.7)


@pytest.fixture
def stayed(county, office):
    """Six finished in August 2023; four stay, one leaves in September 2024, of one nothing is
    known."""
    for n in range(6):
        one = resident(f"G{n}", county, f"34082719950101{n:04d}")
        one.starts_on, one.ends_on = date(2020, 9, 1), date(2023, 9, 1)
        one.finished_on = date(2023, 8, 31)
        db.session.commit()
        if n == 5:
            continue
        _works(one, county.township, date(2023, 9, 1), office)
        if n == 0:
            _works(one, "City Hospital", date(2024, 9, 1), office, former_why="pay")


def _works(one, where, starts_on, office, **more):
    answers = {
        "institution_id": getattr(where, "id", None),
        "employer": None if hasattr(where, "id") else where,
        "starts_on": starts_on, "ends_on": None, "share": Decimal(1), **more,
    }  # fmt: skip
    employment.enter(one, answers, file=None, source="office", by=office, at=LONG_AGO)


def test_graduates_count_in_the_year_they_were_out_for_one(stayed):
    assert ask("retention").value is None
    found = ask("retention", Scope(date(2024, 1, 1), date(2025, 1, 1)))
    assert (found.parts, found.value) == ({"primary": 4, "outside": 1, "unknown": 1}, 80.0)
    same = retention(today=TODAY).total.places[12]
    assert {name: n for name, n in same.items() if n} == found.parts


def test_the_curve_is_that_of_the_page_of_graduates(stayed):
    views = VIEWS["retention"]
    figure = views["staying"](INDICATORS["retention"], asking())
    step = retention(today=TODAY, by="cohort").groups[0].curve.steps[0]
    assert figure.rows == [[figure.rows[0][0], round(step.time, 1), 5, 1, 80.0, figure.rows[0][5]]]
    assert "100 %" in figure.title  # who left did so after 366 days
    shares = views["stays"](INDICATORS["retention"], asking()).rows
    assert [row[1:4] for row in shares] == [
        [0, 5, 100.0],
        [6, 5, 100.0],
        [12, 5, 80.0],
        [36, 0, "—"],
    ]


def test_the_distribution_counts_each_score(autumn):
    with force_locale("en"):
        figure = VIEWS["competency-scores"]["distribution"](
            INDICATORS["competency-scores"], asking()
        )
    assert figure.rows == [[5, 1, 25.0], [6, 0, 0.0], [7, 1, 25.0], [8, 2, 50.0]]
    assert "8 (50 of 100 ratings); the mean is 7" in figure.title


def activity(department, speaker, score, *, day=1):
    return add(
        Activity(
            held_on=date(2026, 10, day), kind="round", topic="Ward round", department=department,
            speaker=speaker, score=None if score is None else Decimal(score),
            approved_at=LONG_AGO,
        )
    )  # fmt: skip


def test_scores_of_activities_are_means_and_bands_of_ten(county, mei, chen):
    for day, score in enumerate(("100", "92.5", "88", "61", None), start=1):
        activity(county.medicine, mei, score, day=day)
    cancelled = activity(county.medicine, mei, "10")
    cancelled.cancelled_at = LONG_AGO
    db.session.commit()
    found = ask("activity-scores")
    assert (found.top, found.bottom, found.value) == (Decimal("341.5"), 4, 85.38)
    figure = VIEWS["activity-scores"]["distribution"](INDICATORS["activity-scores"], asking())
    assert figure.rows == [["60–69", 1, 25.0], ["70–79", 0, 0.0], ["80–89", 1, 25.0],
                           ["90–100", 2, 50.0]]  # fmt: skip
    hidden = VIEWS["activity-scores"]["distribution"](
        INDICATORS["activity-scores"], asking(sees_names=False)
    )
    assert hidden.rows == [] and hidden.chart is None, "one speaker is few people"


def test_stars_are_told_one_by_one(county, mei, alice_resident, bob_resident):
    for day, stars in ((1, (5, 4)), (2, (5, 2))):
        one = activity(county.medicine, mei, None, day=day)
        for resident_, given in zip((alice_resident, bob_resident), stars, strict=True):
            add(
                Rating(activity_id=one.id, resident_id=resident_.id, stars=given, rated_at=LONG_AGO)
            )
    figure = VIEWS["activity-ratings"]["distribution"](INDICATORS["activity-ratings"], asking())
    assert figure.rows == [[2, 1, 25.0], [3, 0, 0.0], [4, 1, 25.0], [5, 2, 50.0]]
    assert ask("activity-ratings").value == 4.0


def test_opinions_on_kinds_of_activities_count_by_their_answers(county):
    released("activity", 6, "4", department=county.medicine)
    released("activity", 9, "3", department=county.surgery)
    assert ask("activity-opinions").value == 60.0


def test_rows_of_a_mean_are_read_in_words(autumn, county, mei, office, leader, browse):
    activity(county.medicine, mei, "88")
    page = browse(office).get("/quality/rows/activity-scores?first=2026-10&last=2026-10").text
    assert "points of 100: sum" in page and "squares:" not in page and "score:80" not in page
    assert "Mei" in page
    assert "Mei" not in browse(leader).get("/quality/rows/activity-scores").text


def test_a_target_of_nothing_is_none_and_the_office_sets_one(county, mei, office, leader, browse):
    for day in range(1, 4):
        activity(county.medicine, mei, "88", day=day)
    page = browse(office).get("/quality/indicators/activity-opinions").text
    assert "none is set" in page and "Set a target" in page
    assert asking().target(INDICATORS["activity-opinions"]) is None
    page = browse(office).get("/quality/indicators/activity-scores").text
    assert "/thresholds/activity_score_target" in page and "Change the target" in page
    assert "Change the target" not in browse(leader).get("/quality/indicators/activity-scores").text
