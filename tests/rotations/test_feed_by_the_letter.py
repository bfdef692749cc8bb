"""Two parsers that share nothing read the same from the feed, also after plans change."""

from datetime import date

import pytest
from icalendar import Calendar

from tests.rotations import rfc5545
from tests.rotations.conftest import ASKED_AT, DECEMBER, NOVEMBER, SEPTEMBER
from trainingbase.db import db
from trainingbase.rotations import actions
from trainingbase.sites.models import Department


@pytest.fixture
def feed(app, browse):
    """`feed(alice)` is the content of her calendar's address."""

    def content(person) -> bytes:
        browser = browse(person)
        browser.post("/calendar")
        page = browser.get("/calendar").text
        address = page.partition("http://localhost")[2].partition(".ics")[0]
        return app.test_client().get(f"{address}.ics").data

    return content


def by_the_letter(content: bytes) -> dict:
    return {
        one.value("UID"): (
            int(one.value("SEQUENCE")),
            one.value("STATUS"),
            one.day("DTSTART"),
            one.day("DTEND"),
            one.text("SUMMARY"),
        )
        for one in rfc5545.parsed(content).all("VEVENT")
    }


def by_icalendar(content: bytes) -> dict:
    return {
        str(one["UID"]): (
            int(one["SEQUENCE"]),
            str(one["STATUS"]),
            one["DTSTART"].dt,
            one["DTEND"].dt,
            str(one["SUMMARY"]),
        )
        for one in Calendar.from_ical(content).walk("VEVENT")
    }


def test_both_parsers_read_the_same(feed, grid, office, alice):
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    content = feed(alice)
    assert by_the_letter(content) == by_icalendar(content)
    assert len(by_the_letter(content)) == 3


def test_what_stays_keeps_its_number_and_what_goes_is_cancelled(
    feed,
    grid,
    office,
    alice,
    alice_resident,
    bob_resident,
    stays_of,
    county,
):
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    before = by_the_letter(feed(alice))
    medicine, _surgery, community = stays_of(0)
    longer = (medicine[0], DECEMBER, *medicine[2:])
    changed = {alice_resident.id: [longer, community], bob_resident.id: stays_of(1)}
    again = grid(title="Second", months=changed)
    actions.publish_plan(again, by=office, at=ASKED_AT, reason="as it is")
    content = feed(alice)
    after = by_the_letter(content)
    assert after == by_icalendar(content)
    assert set(after) == set(before)  # the same three events, none new, none gone
    said = sorted(
        (start, until, status, number) for number, status, start, until, _ in after.values()
    )
    assert said == [
        (SEPTEMBER, DECEMBER, "CONFIRMED", 1),
        (NOVEMBER, DECEMBER, "CANCELLED", 1),
        (DECEMBER, date(2027, 3, 1), "CONFIRMED", 0),
    ]


def test_names_that_the_format_must_escape_and_fold(feed, grid, office, alice, county):
    name = "内科；Medicine, ward \\ one; 全科医学科与老年医学科联合病房（东院区三号楼十二层）"
    db.session.get(Department, county.medicine.id).name = name
    db.session.get(Department, county.medicine.id).name_en = name
    db.session.commit()
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    content = feed(alice)
    assert by_the_letter(content) == by_icalendar(content)
    assert name in {summary for *_rest, summary in by_the_letter(content).values()}


@pytest.mark.parametrize(
    "broken",
    [
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\n" + b"X:" + b"y" * 80 + b"\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nno colon\r\nEND:VCALENDAR\r\n",
    ],
)
def test_the_parser_by_the_letter_is_strict(broken):
    with pytest.raises(ValueError):
        rfc5545.parsed(broken)
