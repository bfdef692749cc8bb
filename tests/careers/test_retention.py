"""Who stayed: counted right, in no small group, and for the leader without names."""

from datetime import date

import pytest

from tests.careers.conftest import NOW, TODAY
from tests.cast import resident
from trainingbase.careers.actions import choices
from trainingbase.careers.queries import retention
from trainingbase.db import db


@pytest.fixture
def graduates(county, office, worked):
    """`graduates(6, "rural", 3)`: six of them, the first three gone to the city after a year."""
    number = iter(range(1, 99))

    def make(many, kind, gone, *, known=True):
        for n in range(many):
            key = next(number)
            one = resident(f"{kind}{n}", county, f"34082719950101{key:04d}")
            one.trainee_type = kind
            one.starts_on, one.ends_on = date(2020, 9, 1), date(2023, 9, 1)
            one.finished_on = date(2023, 8, 31)
            db.session.commit()
            if not known:
                continue
            worked(one, county.township, date(2023, 9, 1))
            if n < gone:
                worked(one, "City Hospital", date(2024, 9, 1), former_why="pay")

    return make


def test_the_share_that_stays(graduates):
    graduates(6, "rural", 3)
    found = retention(today=TODAY)
    assert found.total is not None and found.total.curve is not None
    assert found.total.curve.at(11).share == 1
    assert found.total.curve.at(13).share == pytest.approx(0.5)
    assert found.total.places[0] == {
        "primary": 6, "network": 0, "outside": 0, "unknown": 0, "ahead": 0,
    }  # fmt: skip
    assert found.total.places[12]["outside"] == 3
    assert found.total.places[36]["primary"] == 3


def test_two_groups_are_compared(graduates):
    graduates(6, "rural", 0)
    graduates(6, "social", 6)
    found = retention(today=TODAY, by="type")
    assert [one.key for one in found.groups] == ["rural", "social"]
    assert found.difference is not None and found.difference.p < 0.01
    assert found.groups[1].curve.median == pytest.approx(12, abs=0.1)


def test_small_groups_are_not_shown(graduates, browse, leader, office):
    graduates(6, "rural", 1)
    graduates(2, "social", 2)
    found = retention(today=TODAY, by="type")
    assert [(one.key, one.people) for one in found.groups] == [("", 8)]
    page = browse(leader).get("/careers/retention?by=type").text
    assert "Small groups together" in page and "Independent" not in page.split("<table")[1]
    assert "rural0" not in page and "social0" not in page


def test_too_few_are_no_figure(graduates, browse, leader):
    graduates(4, "rural", 1)
    page = browse(leader).get("/careers/retention")
    assert page.status_code == 200 and "Too few graduates" in page.text
    assert retention(today=TODAY).total is None


def test_who_is_not_known_is_said_and_named_to_the_office_only(graduates, browse, leader, office):
    graduates(5, "rural", 0)
    graduates(2, "social", 0, known=False)
    assert retention(today=TODAY).total.unknown == 2
    assert "social0" in browse(office).get("/careers/retention").text
    page = browse(leader).get("/careers/retention").text
    assert "Of 2 of 7 graduates nothing is known" in page and "social0" not in page
    assert "rural0" not in page


def test_counties_are_those_of_the_list(graduates, office):
    graduates(6, "rural", 0)
    assert [one.key for one in retention(today=TODAY, by="county").groups] == ["other"]
    choices.add_choice("county", "340827", "青禾县", "Qinghe", by=office, at=NOW)
    (one,) = retention(today=TODAY, by="county").groups
    assert (one.key, one.label) == ("340827", ("青禾县", "Qinghe"))


def test_the_page_says_association_and_downloads(graduates, browse, leader, auditor):
    graduates(6, "rural", 6)
    graduates(6, "social", 0)
    page = browse(leader).get("/careers/retention?by=type&of=primary").text
    assert "An association, not a cause" in page and "data-figure" in page
    assert "Logrank" in page and "Pay" in page
    for kind in ("csv", "xlsx"):
        assert browse(leader).get(f"/careers/retention/export/{kind}?by=type").status_code == 200
    assert browse(auditor).get("/careers/retention?by=odd&of=odd").status_code == 200


def test_as_many_statements_for_many_as_for_few(graduates, browse, leader, statements):
    graduates(5, "rural", 1)
    reader = browse(leader)
    reader.get("/careers/retention?by=type")
    few = statements(lambda: reader.get("/careers/retention?by=type"))
    graduates(12, "social", 3)
    assert statements(lambda: reader.get("/careers/retention?by=type")) == few


def test_a_base_may_ask_for_more_people_and_never_for_fewer(graduates, office):
    from trainingbase.thresholds import actions
    from trainingbase.thresholds.queries import threshold

    graduates(4, "rural", 1)
    for number, shown in ((0, False), (1, False)):
        one = threshold("retention_fewest")
        actions.set_value(one, number, version=one.version, by=office, at=NOW)
        assert (retention(today=TODAY).total is not None) == shown
    graduates(4, "sent", 1)
    one = threshold("retention_fewest")
    actions.set_value(one, 9, version=one.version, by=office, at=NOW)
    assert retention(today=TODAY).total is None
