"""What a site must have, what it has, and what the map says of it."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from trainingbase.db import db
from trainingbase.network.models import ReadinessRule
from trainingbase.network.queries.county import county as county_today
from trainingbase.network.queries.readiness import readiness_of
from trainingbase.network.rules.layout import HEIGHT, WIDTH, Spot, lines_of, spots_of
from trainingbase.network.rules.readiness import Required, Standing, judged
from trainingbase.sites.models import Closure, Institution

from ..cast import add

TODAY = date(2026, 11, 22)


def rule(kind, least=1, what=()):
    return Required(1, kind, tuple(what), Decimal(least))


@pytest.mark.parametrize(
    ("one", "standing", "met", "gap"),
    [
        (rule("department", what=["儿科"]), Standing(standards=frozenset({"儿科"})), True, 0),
        (rule("department", what=["儿科"]), Standing(), False, 1),
        (rule("department", what=["儿科"]), Standing(near=frozenset({"儿科"})), True, 0),
        (rule("departments", 10), Standing(departments=7), False, 3),
        (rule("from_partners", 3), Standing(from_partners=4), False, 1),
        (rule("from_partners", 3), Standing(from_partners=2), True, 0),
        (rule("outpatients", 400), Standing(numbers={"outpatients": None}), False, 400),
        (rule("outpatients", 400), Standing(numbers={"outpatients": 400}), True, 0),
        (rule("teachers_in", 3, ["全科"]), Standing(teachers_in={"全科": 2}), False, 1),
        (rule("share_associate", 33), Standing(teachers=3, associates=1), True, 0),
        (rule("equipment", 1, ["ecg"]), Standing(equipment=frozenset({"dr"})), False, 1),
        (rule("agreement"), Standing(has_agreement=True), True, 0),
        (rule("beds_in", 20, ["全科"]), Standing(), False, 20),
        (
            rule("beds_in", 20, ["全科"]),
            Standing(numbers_in={("beds_in", "全科"): 21, ("beds_in", "儿科"): 9}),
            True,
            0,
        ),
        (rule("visits", 2), Standing(visits=1), False, 1),
    ],
)
def test_a_requirement_is_met_or_not_and_by_how_much(one, standing, met, gap):
    found = judged([one], standing)[0]
    assert (found.is_met, found.gap) == (met, Decimal(gap))


def test_a_site_is_judged_by_the_rules_of_its_level(browse, office, mei_member, county):
    lead, township = readiness_of([county.lead, county.township], today=TODAY)
    assert {one.source for one in lead.rules} == {
        "E16c",
        "E21 1.1.1",
        "E21 1.1.3",
        "E21 2.1.4",
    }
    assert {one.code[0] for one in township.rules} == {"p"}
    assert township.standing.teachers == 0 and lead.standing.teachers == 1
    page = browse(office).get(f"/network/sites/{county.lead.id}/readiness").text
    assert "Teachers" in page and "Not met" in page and "not known" in page and "E21 2.1.4" in page
    sheet = browse(office).get(f"/network/sites/{county.lead.id}/readiness/export/csv").text
    assert "Paediatrics" in sheet


def test_the_office_sets_what_is_required(browse, office, county):
    county.township.catchment = 30000
    row = db.session.scalars(select(ReadinessRule).where(ReadinessRule.code == "p08")).one()
    browser = browse(office)
    data = {
        "name": row.name,
        "name_en": "Catchment",
        "least": "20000",
        "words": "",
        "source": "Province",
        "in_use": "y",
        "version": "1",
        "why": "relaxed here",
    }
    db.session.commit()
    assert browser.post(f"/network/requirements/{row.id}", data=data).status_code == 302
    found = readiness_of([county.township], today=TODAY)[0]
    assert next(f for r, f in found.lines if r.code == "p08").is_met
    assert browser.post(f"/network/requirements/{row.id}", data=data).status_code == 409
    assert "relaxed here" in browser.get(f"/network/requirements/{row.id}").text


def test_sites_stand_apart_and_inside_the_drawing():
    levels = ["lead", "branch", "partner", *["township"] * 9, "village"]
    spots = spots_of([Spot(n, level, None, None) for n, level in enumerate(levels)])
    assert spots[0] == (WIDTH // 2, HEIGHT // 2)
    assert len(set(spots.values())) == len(levels)
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in spots.values())
    placed = spots_of([Spot(1, "lead", 0, 0), Spot(2, "branch", 100, 100)])
    assert placed[1][0] < placed[2][0] and placed[1][1] < placed[2][1]


def test_long_names_take_two_lines():
    assert lines_of("柳林镇中心卫生院") == ["柳林镇中心卫生院"]
    assert lines_of("青禾县人民医院北关分院") == ["青禾县人民医", "院北关分院"]
    assert lines_of("South Lake Community Health Centre") == [
        "South Lake Community",
        "Health Centre",
    ]


def test_the_map_says_the_same_as_its_table(browse, leader, office, county, at_the_township):
    add(Closure(department=county.medicine, starts_on=TODAY, ends_on=date(2027, 1, 1)))
    states = {one.institution.name: one for one in county_today(today=TODAY)}
    assert (states["Willow Township"].residents, states["Willow Township"].places) == (1, 2)
    assert [c.department.name for c in states["Lead Hospital"].closed] == ["Medicine"]
    page = browse(leader).get("/network/county").text
    assert "Willow Township, Township health centre: 1 of 2 places used" in page
    assert "agreement: No agreement" in page
    assert "Willow Township" in browse(office).get("/network/county/export/csv").text


def test_map_and_readiness_ask_as_much_for_many_sites(browse, office, county, statements):
    browser = browse(office)
    addresses = ("/network/county", "/network/readiness")
    few = [statements(lambda url=url: browser.get(url)) for url in addresses]
    db.session.add_all(Institution(name=f"Site {n}", level="township") for n in range(200))
    db.session.commit()
    assert [statements(lambda url=url: browser.get(url)) for url in addresses] == few
