"""The pages of the swap market, from the offer to the office's word."""

import re

from tests.swaps.conftest import APRIL, JULY, NOW, key_for, months_of
from trainingbase.db import db
from trainingbase.swaps import actions
from trainingbase.swaps.models import Offer


def offer_page(browser, placement):
    return browser.get(f"/swaps/placements/{placement.id}")


def ticked(page):
    """The results offered on the page."""
    return re.findall(r'name="wanted" type="checkbox" value="(\w+)"', page.text)


def test_a_swap_from_the_first_page_to_the_last(
    in_force, browse, alice, bob, office, county, placement, alice_resident, bob_resident
):
    in_force()
    mine = placement(alice_resident, county.surgery)
    browser = browse(alice)
    assert f"/swaps/placements/{mine.id}" in browser.get("/rotations/mine").text
    page = offer_page(browser, mine)
    assert "Surgery, 1 Jan 2027 – 31 Jan 2027" in page.text
    [result] = ticked(page)
    sent = browser.post(
        f"/swaps/placements/{mine.id}",
        data={"wanted": [result], "word": "My sister marries", "form_key": "one"},
    )
    assert sent.status_code == 302
    [offer] = db.session.query(Offer)
    other = browse(bob)
    listed = other.get("/swaps/").text
    assert "My sister marries" in listed and f"/swaps/{offer.id}" in listed
    shown = other.get(f"/swaps/{offer.id}").text
    assert "You give: Surgery, 1 Jan 2027 – 31 Jan 2027" in shown
    key = re.search(r'name="choice"[^>]* value="([^"]+)"', shown).group(1)
    other.post(f"/swaps/{offer.id}/acceptance", data={"choice": key})
    clerk = browse(office)
    assert "Waits for the office" in clerk.get("/swaps/all").text
    page = clerk.get(f"/swaps/{offer.id}").text
    assert "Every rule would be kept." in page
    version = re.search(r'name="version"[^>]* value="(\d+)"', page).group(1)
    clerk.post(f"/swaps/{offer.id}/approval", data={"version": version})
    assert months_of(bob_resident)[0] == (1, "Medicine")
    notices = browser.get("/notices/").text
    assert "new: Surgery, 1 Jan 2027 to 31 Jan 2027" in notices
    assert "no longer: Surgery, 1 Mar 2027 to 31 Mar 2027" in notices
    page = clerk.get(f"/swaps/{offer.id}").text
    assert "It can still be taken back" in page
    version = re.search(r'name="version"[^>]* value="(\d+)"', page).group(1)
    clerk.post(f"/swaps/{offer.id}/undoing", data={"version": version})
    assert months_of(bob_resident)[0] == (1, "Surgery")


def test_nothing_is_offered_without_a_choice(
    in_force, browse, alice, county, placement, alice_resident
):
    in_force()
    mine = placement(alice_resident, county.surgery)
    page = browse(alice).post(f"/swaps/placements/{mine.id}", data={"form_key": "x"})
    assert "Choose at least one." in page.text
    forged = {"wanted": ["0123456789abcdef"], "form_key": "x"}
    browse(alice).post(f"/swaps/placements/{mine.id}", data=forged)
    assert db.session.query(Offer).count() == 0


def test_why_an_exchange_with_somebody_is_not_lawful(
    in_force, browse, alice, county, placement, stays, alice_resident, bob_resident
):
    in_force(months={alice_resident.id: stays(0), bob_resident.id: stays(0)[2:]})
    mine = placement(alice_resident, county.medicine)
    page = browse(alice).get(f"/swaps/placements/{mine.id}?to={bob_resident.id}").text
    assert "No lawful exchange" in page
    assert "What would not be lawful, and why" in page
    assert "of the 2 months of Medicine still owed" in page


def test_a_foreign_placement_cannot_be_offered(
    in_force, browse, bob, county, placement, alice_resident
):
    in_force()
    mine = placement(alice_resident, county.surgery)
    assert offer_page(browse(bob), mine).status_code == 404
    assert browse(bob).post(f"/swaps/placements/{mine.id}", data={}).status_code == 404


def test_what_begins_soon_or_is_on_offer_cannot_be_offered(
    in_force, browse, alice, county, placement, alice_resident, offered, monkeypatch
):
    in_force()
    mine = placement(alice_resident, county.surgery)
    offered()
    assert "cannot be offered" in offer_page(browse(alice), mine).text
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-12-20")
    other = placement(alice_resident, county.medicine)
    assert "what begins by 19 Jan 2027 stays" in offer_page(browse(alice), other).text


def test_an_offer_concerns_those_it_is_for(
    in_force,
    browse,
    offered,
    carol_resident,
    alice,
    bob,
    bob_resident,
    mei,
    leader,
    auditor,
    secretary,
):
    in_force()
    offer = offered(to=bob_resident)
    address = f"/swaps/{offer.id}"
    assert browse(alice).get(address).status_code == 200
    assert browse(bob).get(address).status_code == 200
    assert browse(auditor).get(address).status_code == 200
    carol = browse(carol_resident.person)
    assert carol.get(address).status_code == 404
    assert carol.post(f"{address}/acceptance", data={"choice": "x"}).status_code == 404
    assert carol.post(f"{address}/withdrawal").status_code == 404
    assert "GP team" not in carol.get("/swaps/").text
    for somebody in (mei, leader, secretary):
        assert browse(somebody).get(address).status_code == 403
    assert browse(auditor).post(f"{address}/approval").status_code == 403


def test_an_offer_that_is_not_lawful_for_me_is_only_counted(
    in_force, browse, offered, stays, county, alice_resident, bob_resident, carol_resident
):
    carol = [(APRIL, JULY, *stays(0)[2][2:])]
    county.village_team.most = 3
    db.session.commit()
    in_force(
        months={
            alice_resident.id: stays(0),
            bob_resident.id: stays(1),
            carol_resident.id: carol,
        }
    )
    offered()
    page = browse(carol_resident.person).get("/swaps/").text
    assert "Nothing is open to you" in page
    assert "Other offers, not lawful with your placements: 1" in page


def test_a_named_offer_is_withdrawn_on_its_page(in_force, browse, offered, alice):
    in_force()
    offer = offered()
    browser = browse(alice)
    assert f"/swaps/{offer.id}/withdrawal" in browser.get(f"/swaps/{offer.id}").text
    browser.post(f"/swaps/{offer.id}/withdrawal")
    assert "Withdrawn by a resident" in browser.get("/swaps/").text


def test_the_office_filters_and_exports(in_force, browse, office, taken):
    in_force()
    taken()
    browser = browse(office)
    assert "Alice" in browser.get("/swaps/all?state=accepted&search=Ali").text
    assert "No swaps" in browser.get("/swaps/all?state=done").text
    content = browser.get("/swaps/export/csv").data.decode("utf-8-sig")
    assert "Alice" in content and "Bob" in content and "Waits for the office" in content


def test_a_refusal_needs_a_reason_and_the_version_seen(in_force, browse, office, taken):
    in_force()
    offer = taken()
    browser = browse(office)
    browser.post(f"/swaps/{offer.id}/refusal", data={"version": offer.version})
    assert db.session.get(Offer, offer.id).state == "accepted"
    sent = {"version": offer.version - 1, "reason": "Exams"}
    assert browser.post(f"/swaps/{offer.id}/refusal", data=sent).status_code == 409
    browser.post(f"/swaps/{offer.id}/refusal", data=sent | {"version": offer.version})
    assert db.session.get(Offer, offer.id).reason == "Exams"


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(
    in_force, browse, office, bob, taken, bob_resident, alice, alice_resident, statements, offered
):
    in_force()
    offer = taken()
    actions.withdraw(offer, alice_resident, by=alice, at=NOW)
    taken()
    for person, page in ((office, "/swaps/all"), (bob, "/swaps/")):
        browser = browse(person)
        few = statements(lambda page=page, browser=browser: browser.get(page))
        for _ in range(5):
            current = db.session.query(Offer).order_by(Offer.id.desc()).first()
            actions.withdraw(current, alice_resident, by=alice, at=NOW)
            last = offered()
            actions.accept(last, bob_resident, key_for(last, bob_resident), by=bob, at=NOW)
        assert statements(lambda page=page, browser=browser: browser.get(page)) == few
    assert offer.id != db.session.query(Offer).order_by(Offer.id.desc()).first().id
