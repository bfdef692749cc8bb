"""The community's months: computed, entered by sites, corrected, late."""

from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from sqlalchemy import select

from tests.cast import add, person
from trainingbase.community import queries
from trainingbase.community.models import Dimension, MonthlyEntry
from trainingbase.community.rules import months_to_enter, state, worth
from trainingbase.db import db
from trainingbase.history.models import Change
from trainingbase.logbook.models import Entry
from trainingbase.network.models import Posting
from trainingbase.roles import Role

OCTOBER = date(2026, 10, 1)
TODAY = date(2026, 11, 22)


def dimension(number: int) -> Dimension:
    return db.session.scalars(select(Dimension).where(Dimension.number == number)).one()


def form_of(browser, site, month="2026-10", **answers):
    """What the form sends: every hidden version as it stands, and the answers."""
    url = f"/community/sites/{site.id}/{month}"
    there = queries.entries(date.fromisoformat(f"{month}-01"), institution_id=site.id)
    sent = {f"version_{one.id}": 0 for one in queries.asked(site)}
    sent |= {f"version_{d}": row.version for (d, _site), row in there.items()}
    for (number, _site), row in there.items():
        for name in ("numerator", "denominator", "words"):
            if getattr(row, name) is not None:
                sent[f"{name}_{number}"] = str(getattr(row, name))
    return browser.post(url, data=sent | answers)


def test_values_are_sums_over_sites_and_half_entries_do_not_count():
    rows = [(Decimal(30), Decimal(100)), (Decimal(30), Decimal(50)), (Decimal(9), None)]
    assert worth(rows, Decimal(100)) == (60, 150, 40.0)
    assert worth([], Decimal(1)).value is None


def test_a_month_is_late_the_days_after_its_end_that_the_base_sets():
    assert state(OCTOBER, False, today=date(2026, 11, 10), days=10) == "missing"
    assert state(OCTOBER, False, today=date(2026, 11, 11), days=10) == "late"
    assert state(OCTOBER, True, today=date(2027, 1, 1), days=10) == "entered"
    assert months_to_enter(TODAY, 2) == [date(2026, 11, 1), OCTOBER]


def test_fourteen_indicators_in_five_dimensions_come_with_the_base(county):
    found = queries.dimensions()
    assert [one.number for one in found] == list(range(1, 15))
    assert len({one.dimension for one in found}) == 5
    assert all(one.source and one.confidence in "HM" for one in found)


def test_a_coordinator_enters_the_month_of_their_site(county, coordinator, browse):
    browser, seven = browse(coordinator), dimension(7).id
    sent = {f"numerator_{seven}": "300", f"denominator_{seven}": "1200"}
    assert form_of(browser, county.township, **sent).status_code == 302
    row = db.session.scalars(select(MonthlyEntry)).one()
    assert (row.numerator, row.entered_by_id) == (300, coordinator.id)
    assert form_of(browser, county.township, **sent).status_code == 302
    assert db.session.scalars(select(MonthlyEntry)).one().version == 1  # the same changes nothing
    known = next(one for one in queries.known(OCTOBER, TODAY) if one.dimension.number == 7)
    assert (known.worth.value, known.given, known.wanted) == (25.0, 1, 2)
    page = unescape(browser.get("/community/?month=2026-10").text)
    assert "25 %" in page and "1/2" in page


def test_a_correction_stands_beside_what_was_entered(county, coordinator, browse):
    browser, seven = browse(coordinator), dimension(7).id
    form_of(browser, county.township, **{f"numerator_{seven}": "3", f"denominator_{seven}": "9"})
    sent = {f"numerator_{seven}": "4", "why": "counted twice"}
    assert form_of(browser, county.township, **sent).status_code == 302
    change = db.session.scalars(select(Change).where(Change.subject == "community_entries")).one()
    assert (change.old, change.new, change.why) == ("3", "4", "counted twice")
    assert "counted twice" in browser.get(f"/community/sites/{county.township.id}/2026-10").text


def test_who_was_overtaken_is_told_and_keeps_what_was_typed(county, coordinator, browse):
    browser, seven = browse(coordinator), dimension(7).id
    form_of(browser, county.township, **{f"numerator_{seven}": "3", f"denominator_{seven}": "9"})
    answer = browser.post(
        f"/community/sites/{county.township.id}/2026-10",
        data={f"numerator_{seven}": "5", f"denominator_{seven}": "9", f"version_{seven}": 0},
    )
    assert answer.status_code == 409 and 'value="5"' in answer.text
    assert db.session.scalars(select(MonthlyEntry)).one().numerator == 3


@pytest.mark.parametrize(
    ("top", "bottom"), [("5", ""), ("", "5"), ("5", "0"), ("-1", "5"), ("x", "5"), ("1e99", "5")]
)
def test_numbers_that_make_no_share_are_refused_at_the_field(
    county, coordinator, browse, top, bottom
):
    seven = dimension(7).id
    sent = {f"numerator_{seven}": top, f"denominator_{seven}": bottom}
    assert form_of(browse(coordinator), county.township, **sent).status_code == 422
    assert db.session.scalars(select(MonthlyEntry)).all() == []


def test_nobody_enters_for_another_site_or_another_time(county, coordinator, office, browse):
    browser = browse(coordinator)
    for url in (f"{county.lead.id}/2026-10", "999/2026-10", f"{county.township.id}/2027-01",
                f"{county.township.id}/x", f"{county.township.id}/2001-01"):  # fmt: skip
        assert browser.get(f"/community/sites/{url}").status_code == 404, url
        assert browser.post(f"/community/sites/{url}").status_code == 404, url
    assert browse(office).get(f"/community/sites/{county.lead.id}/2026-10").status_code == 200


def test_late_and_missing_months_are_seen(county, coordinator, browse):
    page = browse(coordinator).get("/community/sites").text
    assert "overdue" in page and "incomplete" in page and "Lead Hospital" not in page


def test_postings_and_the_log_of_residents_are_computed(
    county, placed, alice_resident, mei_member, office
):
    county.township.catchment = 20000
    other = person("Gao", Role.FACULTY)
    for who, ends_on in ((mei_member.person, None), (other, None)):
        add(
            Posting(
                person=who, department=county.medicine, institution=county.township, kind="clinic",
                weekday=1, hours=Decimal(4), starts_on=date(2026, 9, 1), ends_on=ends_on,
            )
        )  # fmt: skip
    # Mei is of intermediate rank, Gao has none on record: 1 of 20,000 is 0.5 of 10,000
    assert queries.postings(OCTOBER, Decimal(10000)).value == 0.5
    stay = placed(alice_resident, county.village_team, OCTOBER, date(2026, 11, 1), mei_member)
    for n, (item, confirmed) in enumerate(
        [("门诊接诊", True), ("2型糖尿病随访", True), ("高血压随访", None)]
    ):
        at = datetime(2026, 10, 5, tzinfo=UTC)
        decided = {"decided_at": at, "decided_by_id": mei_member.person_id} if confirmed else {}
        add(
            Entry(
                resident=alice_resident, placement=stay, item=item,
                category="community" if "随访" in item else "workload",
                done_on=date(2026, 10, 5), count=7, entered_at=at, entry_key=str(n),
                confirmed=confirmed, **decided,
            )
        )  # fmt: skip
    assert queries.from_the_log(OCTOBER) == {county.township.id: {"visits": 7, "followed": 7}}


@pytest.mark.parametrize("role", ["office", "leader", "auditor", "coordinator"])
def test_readers_read_and_take_the_list_away(role, request, browse):
    browser = browse(request.getfixturevalue(role))
    assert browser.get("/community/").status_code == 200
    assert browser.get("/community/?month=x").status_code == 200
    assert browser.get("/community/export/xlsx").data[:2] == b"PK"
    assert len(browser.get("/community/export/csv").data.splitlines()) == 15
    expected = 200 if role in ("office", "coordinator") else 403
    assert browser.get("/community/sites").status_code == expected
