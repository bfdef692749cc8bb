"""Basic conditions: they decide the verdict by themselves, and what shows them is kept."""

from decimal import Decimal
from io import BytesIO

import pytest

from trainingbase import clock
from trainingbase.db import db
from trainingbase.selfassessment import queries
from trainingbase.selfassessment.models import (
    BasicCondition,
    ConditionMark,
    OfficialForm,
    OwnScore,
    Snapshot,
)
from trainingbase.selfassessment.rules import Bar, Sum, condition_state, verdict
from trainingbase.selfassessment.start import put_editions
from trainingbase.selfassessment.words import verdict_of

HOME = "/self-assessment/"
SAID = {"why": "The order of the hospital", "dated_on": "2026-03-01", "owner": "Wu"}


@pytest.fixture
def condition(county):
    return db.session.query(BasicCondition).one()


def full_marks(office):
    """Every part of the form, said by the base."""
    for item in db.session.query(OfficialForm).one().items:
        for part in item.parts:
            db.session.add(OwnScore(part_id=part.id, year=2026, points=part.points, why="all",
                                    said_at=clock.now(), said_by_id=office.id))  # fmt: skip
    db.session.commit()


def now():
    return queries.standing(queries.edition_by_code("E21"), 2026, today=clock.today())


@pytest.mark.parametrize(
    ("said", "found", "state"),
    [
        (None, None, "unknown"),
        (None, False, "lacking"),
        ("unknown", False, "lacking"),
        ("met", False, "met"),
        ("lacking", True, "lacking"),
        (None, True, "met"),
    ],
)
def test_what_is_said_counts_before_what_is_found(said, found, state):
    assert condition_state(said, found) == state


def test_no_points_help_where_a_condition_is_lacking():
    found = Sum(Decimal(100), Decimal(100), Decimal(45), 15, 15, Decimal(0))
    bars = [Bar(Decimal(85), Decimal("38.25"), 0)]
    assert verdict(found, bars) == 0
    assert verdict(found, bars, lacks_condition=True) is None


def test_the_edition_begins_with_the_condition_its_source_names(condition):
    assert (condition.source, condition.confidence) == ("E21 1.1.3", "H")
    put_editions()
    db.session.commit()
    assert db.session.query(BasicCondition).count() == 1
    db.session.delete(condition)
    db.session.commit()
    put_editions()
    assert not db.session.query(BasicCondition).count(), "what a base has taken away stays away"


def test_the_verdict_follows_what_the_office_says(browse, office, condition):
    full_marks(office)
    browser, path = browse(office), f"{HOME}conditions/{condition.id}/mark?year=2026"
    assert browser.post(path, data=SAID | {"state": "met"}).status_code == 302
    assert verdict_of(now()) == "合格" and not now().open_conditions
    mark = db.session.query(ConditionMark).one()
    lacking = SAID | {"state": "lacking", "version": str(mark.version),
                      "file": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "order.pdf")}  # fmt: skip
    assert browser.post(path, data=lacking).status_code == 302
    one = now()
    assert one.verdict is None and one.sum.total == 100
    page = browser.get(HOME).text
    assert "Status withdrawn: basic condition not met" in page
    assert verdict_of(one).startswith("撤销") and "独立设置全科医学科" in verdict_of(one)
    frozen = browser.post(f"{HOME}snapshots?year=2026", data={"form_key": "k"})
    assert frozen.status_code == 302
    kept = db.session.query(Snapshot).one()
    assert kept.verdict == "撤销" and "独立设置全科医学科" in str(kept.content["zh"])
    unknown = SAID | {"state": "unknown", "version": str(mark.version)}
    assert browser.post(path, data=unknown).status_code == 302
    assert mark.file is not None, "the file stays where no other is given"
    assert browser.get(path).text.count("order.pdf") == 1


def test_what_is_not_known_is_said_beside_the_verdict(browse, auditor, office, condition):
    full_marks(office)
    assert now().conditions[0].state in ("unknown", "lacking")
    condition.needs_department = None
    db.session.commit()
    assert "Supposing these basic conditions are met" in browse(auditor).get(HOME).text
    condition.needs_department = "No such department"
    db.session.commit()
    assert verdict_of(now()).startswith("撤销")
    assert "No lead hospital has the department" in browse(auditor).get(f"{HOME}conditions").text


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_who_only_reads_changes_nothing(request, browse, condition, who):
    browser = browse(request.getfixturevalue(who))
    page = browser.get(f"{HOME}conditions")
    assert page.status_code == 200 and "Say whether it is met" not in page.text
    for path in (f"{condition.id}/mark", f"{condition.id}/edit", "new"):
        assert browser.post(f"{HOME}conditions/{path}", data={}).status_code == 403


def test_a_base_enters_conditions_of_its_own(browse, office, condition):
    browser = browse(office)
    given = {
        "name": "三年连续招收",
        "name_en": "No three years without intake",
        "confidence": "H",
        "source": "E23 2.2.1",
        "needs_department": "",
        "in_use": "y",
        "form_key": "one",
    }
    assert "English name" in browser.get(f"{HOME}conditions/new").text
    for _twice in range(2):
        assert browser.post(f"{HOME}conditions/new", data=given).status_code == 302
    made = db.session.query(BasicCondition).filter_by(source="E23 2.2.1").one()
    assert "No three years without intake" in browser.get(HOME).text
    path = f"{HOME}conditions/{made.id}/edit"
    assert browser.post(path, data=given | {"version": "9"}).status_code == 409
    aside = {key: value for key, value in given.items() if key != "in_use"} | {"version": "1"}
    assert browser.post(path, data=aside).status_code == 302
    assert "No three years without intake" not in browser.get(HOME).text
    assert "Not in use" in browser.get(f"{HOME}conditions").text
    assert browser.post(path, data=given | {"version": "2", "name": ""}).status_code == 200


def test_two_who_say_it_first_do_not_write_over_each_other(browse, office, condition):
    path, browser = f"{HOME}conditions/{condition.id}/mark", browse(office)
    assert browser.post(path, data=SAID | {"state": "met"}).status_code == 302
    second = browser.post(path, data=SAID | {"state": "lacking", "version": ""})
    assert second.status_code == 409 and "Somebody else has changed this" in second.text
    assert db.session.query(ConditionMark).one().state == "met"


def test_odd_input_is_refused_at_the_field(browse, office, condition):
    path, browser = f"{HOME}conditions/{condition.id}/mark", browse(office)
    for odd in ({"state": "perhaps"}, {"dated_on": "0001-01-01"}, {"owner": "x" * 81}, {"why": ""}):
        assert browser.post(path, data=SAID | {"state": "met"} | odd).status_code == 200
    assert not db.session.query(ConditionMark).count()
    assert browser.get(f"{HOME}conditions/99999/mark").status_code == 404
    assert browser.get(f"{HOME}conditions/marks/99999/file").status_code == 404
