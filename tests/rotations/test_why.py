"""Why somebody is where they are, in words; and how a notice says what changed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.cast import add
from tests.rotations.conftest import ASKED_AT, DECEMBER, NOVEMBER, OCTOBER, SEPTEMBER
from trainingbase.db import db
from trainingbase.notices.models import Notice
from trainingbase.notices.words import sentence
from trainingbase.programmes.models import OrderRule
from trainingbase.rotations import actions
from trainingbase.wishes import actions as wishing
from trainingbase.wishes.actions import Given, Terms

OPENED_AT = datetime(2026, 8, 1, 4, tzinfo=UTC)


@pytest.fixture
def published(grid, office):
    """`published()` puts the lawful plan in force, with the wishes of a round."""

    def made(asked=None, **more):
        plan = grid(**more)
        plan.wish_round = asked
        db.session.commit()
        actions.publish_plan(plan, by=office, at=ASKED_AT, reason="as it is")
        return plan

    return made


def page_of(browser, live, resident, department):
    [one] = [p for p in live() if p.resident_id == resident.id and p.department_id == department.id]
    return browser.get(f"/rotations/placements/{one.id}")


def test_it_says_what_the_placement_meets_and_what_bound_it(
    published, browse, live, alice, alice_resident, county
):
    add(
        OrderRule(
            programme=county.programme,
            kind="after",
            standard_department=county.standards["Community"],
            predecessors=[county.standards["Surgery"]],
        )
    )
    published()
    browser = browse(alice)
    text = page_of(browser, live, alice_resident, county.surgery).text
    assert "Why am I there?" in text
    assert "Surgery: months 1 of 1 that the programme GP 33 still asks for." in text
    assert "It comes before: Community." in text
    assert "It is done in one stretch." in text
    text = page_of(browser, live, alice_resident, county.village_team).text
    assert "It begins once this is finished: Surgery." in text


def test_it_says_what_else_was_open(published, browse, live, alice, alice_resident, county):
    """Surgery has one place, and Bob has it in September."""
    published()
    text = page_of(browse(alice), live, alice_resident, county.surgery).text
    # Free of Bob from October; of Alice herself only after February.
    assert "Had other placements moved too: Surgery, beginning in Oct 2026, Dec 2026" in text
    assert "With nothing else moved: Surgery, beginning in Mar 2027" in text


def test_where_everything_else_was_taken_it_says_so(
    published, browse, live, alice, alice_resident, county
):
    alice_resident.ends_on = date(2027, 3, 1)
    county.surgery.closures = []
    from trainingbase.sites.models import Closure

    for first, until in ((OCTOBER, NOVEMBER), (DECEMBER, date(2027, 9, 1))):
        db.session.add(Closure(department=county.surgery, starts_on=first, ends_on=until))
    db.session.commit()
    published()
    text = page_of(browse(alice), live, alice_resident, county.surgery).text
    assert "Nothing: every other place was taken or outside the time allowed." in text


@pytest.fixture
def wished(county, office, alice_resident):
    asked = wishing.open_round(
        title="Wishes",
        terms=Terms(
            starts_on=SEPTEMBER,
            ends_on=date(2027, 9, 1),
            closes_on=date(2026, 8, 15),
            cohort_ids=[county.cohort.id],
            standard_ids=[county.standards["Surgery"].id, county.standards["Medicine"].id],
            institution_ids=[county.township.id],
            weight=Decimal(2),
        ),
        by=office,
        at=OPENED_AT,
    )
    wishes = (
        (county.standards["Surgery"].id, SEPTEMBER, OCTOBER),
        (county.standards["Medicine"].id, SEPTEMBER, OCTOBER),
    )
    given = Given(wishes, (county.township.id,))
    wishing.keep_wishes(
        asked, alice_resident, given, version=None, by=alice_resident.person, at=OPENED_AT
    )
    return asked


def test_a_resident_sees_which_wishes_were_met(
    published, wished, browse, live, alice, alice_resident, county
):
    published(wished)
    browser = browse(alice)
    met = "Wished to begin between 1 Sep 2026 and 30 Sep 2026"
    assert f"{met}: met." in page_of(browser, live, alice_resident, county.medicine).text
    assert f"{met}: missed." in page_of(browser, live, alice_resident, county.surgery).text
    text = page_of(browser, live, alice_resident, county.village_team).text
    assert "Willow Township was choice 1." in text


def test_a_resident_sees_what_came_of_all_of_them(published, wished, browse, alice, bob):
    published(wished)
    text = browse(alice).get("/rotations/mine/wishes").text
    assert "Medicine: begins on 1 Sep 2026, as wished" in text
    assert "Surgery: begins on 1 Nov 2026, not between 1 Sep 2026 and 30 Sep 2026 as wished" in text
    assert "Willow Township (choice 1)" in text
    other = browse(bob).get("/rotations/mine/wishes").text
    assert "No wishes of yours" in other and "Surgery" not in other


def test_without_a_plan_nothing_came_of_wishes_yet(wished, browse, alice):
    assert "No wishes of yours" in browse(alice).get("/rotations/mine/wishes").text


def test_wishes_are_for_the_resident_and_the_office_alone(
    published, wished, browse, live, alice_resident, county, office, mei, auditor, bob
):
    published(wished)
    assert "Wished" in page_of(browse(office), live, alice_resident, county.surgery).text
    for reader in (auditor, mei):
        page = page_of(browse(reader), live, alice_resident, county.medicine)
        assert page.status_code == 200 and "Wished" not in page.text
    assert page_of(browse(bob), live, alice_resident, county.medicine).status_code == 404


def test_of_what_no_plan_in_force_holds_nothing_is_said(
    browse, alice, alice_resident, county, placed
):
    one = placed(alice_resident, county.medicine, SEPTEMBER, NOVEMBER)
    text = browse(alice).get(f"/rotations/placements/{one.id}").text
    assert "Time beyond the programme" in text or "Nothing to say about it" in text


def test_the_timetable_leads_there(published, browse, live, alice, office, alice_resident):
    published()
    first = live()[0]
    assert f"/rotations/placements/{first.id}" in browse(alice).get("/rotations/mine").text
    timetable = browse(office).get(f"/rotations/residents/{alice_resident.id}").text
    assert f"/rotations/placements/{first.id}" in timetable


def said_to(person):
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [sentence(one.kind, one.facts) for one in rows]


def test_a_notice_says_how_a_timetable_changed(
    app, published, grid, stays_of, office, alice, bob, mei, alice_resident, bob_resident
):
    published()
    before = said_to(bob)
    months = {alice_resident.id: stays_of(1), bob_resident.id: stays_of(1)}
    changed = grid(title="Second", months=months)
    actions.publish_plan(changed, by=office, at=ASKED_AT, reason="Surgery takes both")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        from flask_babel import force_locale

        with force_locale("en"):
            told = said_to(alice)[-1]
            teacher = said_to(mei)[-1]
    assert told == (
        "Your rotations changed: Second. "
        "no longer: Medicine, 1 Sep 2026 to 31 Oct 2026; "
        "new: Surgery, 1 Sep 2026 to 30 Sep 2026; "
        "new: Medicine, 1 Oct 2026 to 30 Nov 2026; "
        "no longer: Surgery, 1 Nov 2026 to 30 Nov 2026"
    )
    assert "no longer: Alice, 1 Sep 2026 to 31 Oct 2026" in teacher
    assert len(said_to(bob)) == len(before)
