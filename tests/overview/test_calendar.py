from datetime import date

from icalendar import Calendar

from trainingbase.clock import real_now
from trainingbase.db import db


def address(browser) -> str:
    browser.post("/calendar")
    page = browser.get("/calendar").text
    return "/calendar/" + page.split("/calendar/")[1].split('"')[0].split("<")[0]


def test_a_resident_subscribes_to_their_rotations(
    app, browse, alice, alice_resident, county, placed
):
    placement = placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    feed = app.test_client().get(address(browse(alice)))
    assert feed.mimetype == "text/calendar"
    event = Calendar.from_ical(feed.data).walk("VEVENT")[0]
    assert event["UID"] == f"placement-{placement.id}@localhost"
    assert event["DTSTART"].dt == date(2026, 11, 1)
    assert event["DTEND"].dt == date(2027, 1, 1)
    assert event["STATUS"] == "CONFIRMED"


def test_an_unchanged_feed_is_not_sent_again(app, browse, alice, alice_resident, county, placed):
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    where = address(browse(alice))
    first = app.test_client().get(where)
    again = app.test_client().get(where, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_what_was_dropped_is_cancelled_in_the_calendar(
    app, browse, alice, alice_resident, county, placed
):
    placement = placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    where = address(browse(alice))
    placement.cancelled_at, placement.sequence = real_now(), 1
    db.session.commit()
    event = Calendar.from_ical(app.test_client().get(where).data).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_renewed_address_kills_the_old_one(app, browse, alice):
    browser = browse(alice)
    old = address(browser)
    browser.post("/calendar/renewal")
    assert app.test_client().get(old).status_code == 404
    assert app.test_client().get(address(browser)).status_code == 200


def test_a_guessed_address_is_not_found(app, alice):
    for guess in ("1-1-abc", "x", "999999-1-" + "0" * 32, "1", "²-1-0"):
        assert app.test_client().get(f"/calendar/{guess}.ics").status_code == 404
