"""Seven weeks: pacing, reminders, escalation, more time, expiry; who has done it hears nothing.

The same for guests, whom the department's secretary has to ask."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.assessments.conftest import RATINGS
from tests.assessments.test_circle import form
from tests.assessments.test_guests import SECRET
from tests.assessments.test_planned import plan
from tests.cast import resident
from trainingbase.assessments import actions, asking
from trainingbase.assessments.actions import guests
from trainingbase.assessments.models import LinkClosed, Request
from trainingbase.assessments.rules import chasing
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.notices.models import Notice

FIRST, LAST = date(2026, 11, 16), date(2027, 1, 4)
DAY = timedelta(days=1)


@pytest.fixture
def five(placed, county, mei_member):
    """Five residents with Mei until the new year, whose middle is the first day."""
    return [
        placed(
            resident(f"R{n}", county, f"11010120000101{n:04}"),
            county.medicine, date(2026, 10, 1), date(2027, 1, 1), mei_member,
        )
        for n in range(5)
    ]  # fmt: skip


def at(day, hour):
    return datetime(day.year, day.month, day.day, hour, 5, tzinfo=LOCAL)


def told(person):
    """By day, what this person was told."""
    found = defaultdict(list)
    rows = select(Notice).where(Notice.person_id == person.id).order_by(Notice.id)
    for one in db.session.scalars(rows):
        found[one.created_at.astimezone(LOCAL).date()].append((one.kind, one.facts.get("n")))
    return found


def mini_cexes():
    rows = db.session.scalars(select(Request).order_by(Request.asked_on, Request.id)).all()
    return [one for one in rows if one.instrument.code == "mini_cex"]


def play(five, mei):
    """The portal works every hour (here: twice a day); Mei answers the first, and takes more time
    for the second."""
    day = FIRST
    while day <= LAST:
        for hour in (1, 13):
            asking.ask_and_remind(today=day, at=at(day, hour))
        rows = mini_cexes()
        if day == FIRST + 3 * DAY:
            actions.submit(
                instrument=rows[0].instrument, placement=rows[0].placement, by=mei,
                at=at(day, 15), observed_on=day, answers=RATINGS, form_key="done", request=rows[0],
            )  # fmt: skip
        if day == FIRST + 20 * DAY:
            actions.extend(rows[1], by=mei, at=at(day, 15))
        day += DAY


def test_seven_weeks_go_by_as_promised(five, mei, secretary, office):
    play(five, mei)
    rows = mini_cexes()
    assert [one.asked_on - FIRST for one in rows] == [0 * DAY] * 3 + [DAY] * 2
    assert len({one.placement_id for one in rows}) == 5

    done, extended, silent, *_later = rows
    kinds = [step.kind for step in done.steps]
    assert kinds == [], "who has done it hears nothing"
    days = {step.kind: [] for step in silent.steps}
    for step in silent.steps:
        days[step.kind].append((step.on - FIRST).days)
    assert days == {
        "remind": [5, 7, 11, 15, 19, 23, 27],
        "secretary": [14],
        "office": [21],
        "expire": [28],
    }
    assert silent.state(LAST) == "expired"

    again = chasing.due_steps(
        asked_on=FIRST, due_on=FIRST + 7 * DAY, expires_on=FIRST + 42 * DAY,
        today=FIRST + 42 * DAY, made=[("expire", FIRST + 28 * DAY)],
        numbers=chasing.Numbers(2, 4, 7, 14),
    )  # fmt: skip
    assert again == ["expire"], "given more time after it had expired, it is told of again"
    days = defaultdict(list)
    for step in extended.steps:
        days[step.kind].append((step.on - FIRST).days)
    assert days["extend"] == [20] and days["expire"] == [42]
    assert days["remind"] == [5, 7, *range(11, 42, 4)]
    assert extended.expires_on == FIRST + 42 * DAY

    hers = told(mei)
    per_day = [sum(kind == "assessment-asked" for kind, _n in kinds) for kinds in hers.values()]
    assert max(per_day) == 3
    assert hers[FIRST + 7 * DAY] == [("assessments-wait", 2)]
    assert hers[FIRST + 28 * DAY] == [("assessments-wait", 2)], "two more, asked a day later"
    assert told(secretary)[FIRST + 14 * DAY] == [("assessments-late-here", 2)]
    assert told(office)[FIRST + 21 * DAY] == [("assessments-late-long", 2)]
    assert told(office)[FIRST + 28 * DAY] == [("assessments-expired", 1)]


@pytest.fixture
def five_leave(placed, county, mei_member):
    """Five residents leave Mei's department on one day, two weeks after the first; two nurses are
    wanted about each."""
    form("nurse_on_resident", "nurse")
    plan(county, "nurse_on_resident", "leaving", times=2)
    return [
        placed(
            resident(f"R{n}", county, f"11010120000101{n:04}"),
            county.medicine, date(2026, 10, 1), FIRST + 14 * DAY, mei_member,
        )
        for n in range(5)
    ]  # fmt: skip


def errands():
    return db.session.scalars(select(Request).order_by(Request.asked_on, Request.id)).all()


def by_nurse(link, day, name):
    given = {"N1": 4, "N2": 4, "N3": f"{name} says."}
    guests.answer(link, answers=given, name=name, at=at(day, 15))


def send_nurses(five_leave, secretary, links):
    """The secretary prints for the first at once and both nurses answer; of the second one answers;
    the third gets more time; about the fourth nobody cares; the fifth is cancelled."""
    day = FIRST
    while day <= LAST:
        for hour in (1, 13):
            asking.ask_and_remind(today=day, at=at(day, hour))
        rows = errands()
        if rows and not links:
            links["asked"] = day
            links["first"] = issue_on(day, rows[0], 2, "first")
            links["second"] = issue_on(day, rows[1], 3, "second")
            by_nurse(links["first"][0], day, "Bai")
            by_nurse(links["second"][0], day, "Bai")
        if links and day == links["asked"] + 4 * DAY:
            by_nurse(links["first"][1], day, "Huang")
            links["third"] = issue_on(day, rows[2], 1, "third")
            actions.cancel(rows[4], by=secretary, at=at(day, 15))
        if links and day == links["asked"] + 20 * DAY:
            actions.extend(rows[2], by=secretary, at=at(day, 15))
        if links and day == rows[2].expires_on - 2 * DAY:
            by_nurse(links["third"][0], day, "Lan")
        day += DAY


def issue_on(day, errand, each, batch):
    return guests.issue_for(
        errand, each=each, identity="printed", batch=batch, secret=SECRET, by=errand.assessor,
        at=at(day, 15),
    )  # fmt: skip


def days_of(request, kind):
    return [(step.on - request.asked_on).days for step in request.steps if step.kind == kind]


def test_guests_are_asked_reminded_of_and_given_up_as_promised(five_leave, secretary, office):
    links = {}
    send_nurses(five_leave, secretary, links)
    first, second, third, fourth, fifth = errands()

    assert {one.asked_on for one in errands()} == {links["asked"]}, "printing for five is one walk"
    hers = told(secretary)
    asked = [kind for kind, _n in hers[links["asked"]] if kind == "guests-to-ask"]
    assert len(asked) == 5

    assert first.state(LAST) == "done" and first.answered_at.astimezone(LOCAL).date() == (
        links["asked"] + 4 * DAY
    )
    assert [step.kind for step in first.steps] == [], "who has done it hears nothing"
    for one in (second, fourth):
        assert one.state(LAST) == "expired"
        assert days_of(one, "remind") == [5, 7, 11, 15, 19, 23, 27]
        assert (days_of(one, "secretary"), days_of(one, "office")) == ([14], [21])
        assert days_of(one, "expire") == [28]
    assert [link.state(LAST) for link in links["second"]] == ["answered", "expired", "expired"]
    with pytest.raises(LinkClosed):
        by_nurse(links["second"][1], LAST, "Late")

    assert days_of(third, "extend") == [20] and days_of(third, "expire") == [42]
    (lan,) = links["third"]
    assert lan.state(LAST) == "answered", "a link lives as long as what it is for"
    assert lan.expires_on == third.expires_on == links["asked"] + 42 * DAY
    assert fifth.state(LAST) == "cancelled" and max(days_of(fifth, "remind"), default=0) < 4

    waits = {(day - links["asked"]).days: kinds for day, kinds in hers.items()}
    assert waits[7] == [("assessments-wait", 3)], "one notice, of those that still wait"
    assert max(len(kinds) for day, kinds in waits.items() if day > 0) <= 2
    assert (links["asked"] + 28 * DAY) in told(office)
