"""Seven weeks: pacing, reminders, escalation, more time, expiry; who has done it hears nothing."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.assessments.conftest import RATINGS
from tests.cast import resident
from trainingbase.assessments import actions, asking
from trainingbase.assessments.models import Request
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
