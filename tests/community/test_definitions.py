"""What an indicator of the community counts: said on the page, and changed by the office."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from tests.cast import add
from tests.community.test_community import OCTOBER, TODAY, dimension, form_of
from trainingbase.community import queries
from trainingbase.community.start import put_dimensions
from trainingbase.db import db
from trainingbase.network.models import Posting


def fields_of(number, **changes):
    one = dimension(number)
    names = ("numerator", "numerator_en", "denominator", "denominator_en", "times", "unit",
             "counted", "counted_en", "beside", "beside_en", "version")  # fmt: skip
    kept = {name: str(getattr(one, name) or "") for name in names}
    return kept | {"in_use": "y"} | changes


def test_pages_say_what_is_counted_and_what_is_not(county, leader, browse):
    page = unescape(browse(leader).get("/community/").text)
    assert "A crude share: deaths by people" in page
    assert "coverage of villages with ECG equipment only" in page
    listed = browse(leader).get("/community/indicators")
    assert listed.status_code == 200 and "Change" not in listed.text.split("<table")[1]
    assert browse(leader).get(f"/community/indicators/{dimension(14).id}").status_code == 403


def test_services_are_said_in_words_beside_the_coverage(county, coordinator, browse):
    browser, five = browse(coordinator), dimension(5).id
    sent = {f"numerator_{five}": "8", f"denominator_{five}": "10", f"note_{five}": "ECG centre"}
    assert form_of(browser, county.township, **sent).status_code == 302
    page = unescape(browser.get("/community/?month=2026-10").text)
    assert "80 %" in page and "ECG centre" in page
    again = unescape(browser.get(f"/community/sites/{county.township.id}/2026-10").text)
    assert "ECG centre" in again


def test_the_office_says_otherwise_and_it_counts_at_once(county, coordinator, office, browse):
    fourteen, path = dimension(14).id, f"/community/indicators/{dimension(14).id}"
    sent = {f"numerator_{fourteen}": "3", f"denominator_{fourteen}": "1000"}
    assert form_of(browse(office), county.lead, **sent).status_code == 302
    changed = fields_of(14, times="100000", unit="1/100,000", counted_en="Standardised", beside="")
    assert browse(office).post(path, data=changed).status_code == 302
    known = next(one for one in queries.known(OCTOBER, TODAY) if one.dimension.number == 14)
    assert known.worth.value == 300.0
    page = unescape(browse(office).get(path).text)
    assert "What was changed" in page and "Standardised" in page
    assert browse(office).post(path, data=changed).status_code == 409
    put_dimensions()
    db.session.commit()
    assert dimension(14).counted_en == "Standardised"


@pytest.mark.parametrize(
    "odd", [{"times": "0"}, {"times": "x"}, {"times": "1e9"}, {"unit": "x" * 21}]
)
def test_what_cannot_be_multiplied_is_refused_at_the_field(county, office, browse, odd):
    path = f"/community/indicators/{dimension(14).id}"
    assert browse(office).post(path, data=fields_of(14, **odd)).status_code == 422
    assert dimension(14).times == 100


def test_what_is_computed_or_said_keeps_its_numbers(county, office, browse):
    for number in (1, 4):
        path = f"/community/indicators/{dimension(number).id}"
        sent = {"counted": "so", "counted_en": "so", "version": "1", "times": "7"}
        assert browse(office).post(path, data=sent).status_code == 302
        assert not dimension(number).in_use and dimension(number).times != 7
    assert browse(office).get("/community/indicators/999").status_code == 404
    assert [one.number for one in queries.dimensions()] == [2, 3, *range(5, 15)]


def test_an_older_base_is_told_what_is_counted(county):
    dimension(14).counted = dimension(14).counted_en = None
    db.session.commit()
    put_dimensions()
    assert "crude share" in dimension(14).counted_en


def test_only_who_comes_from_a_higher_institution_is_posted(county, mei_member):
    county.township.catchment = 20000
    add(
        Posting(
            person=mei_member.person, department=county.village_team,
            institution=county.township, kind="clinic", weekday=1, hours=Decimal(4),
            starts_on=date(2026, 9, 1),
        )
    )  # fmt: skip
    assert queries.postings(OCTOBER, Decimal(10000)).numerator == 0
    county.township.retired_on = date(2026, 9, 1)
    db.session.commit()
    assert queries.postings(OCTOBER, Decimal(10000)).value is None
