"""Reminders of certificates: 90 and 30 days before, and on the day; each once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import add
from trainingbase.db import db
from trainingbase.faculty.actions import remind_of_certificates
from trainingbase.faculty.models import Certificate
from trainingbase.faculty.rules import reminder_due
from trainingbase.notices.models import Notice

AT = datetime(2026, 11, 22, tzinfo=UTC)
LAPSES_ON = date(2027, 3, 1)


@pytest.fixture
def lapsing(mei_member):
    mei_member.certificates[0].ends_on = LAPSES_ON
    db.session.commit()
    return mei_member


def told(person):
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


@pytest.mark.parametrize(
    ("left", "due"), [(91, None), (90, 90), (31, 90), (30, 30), (1, 30), (0, 0), (-400, 0)]
)
def test_the_nearest_reminder_that_has_come_is_due(left, due):
    assert reminder_due(LAPSES_ON, LAPSES_ON - timedelta(days=left), (90, 30)) == due


def test_owner_and_office_are_told_three_times_and_no_more(lapsing, mei, office):
    day, sent = LAPSES_ON - timedelta(days=100), 0
    while day < LAPSES_ON + timedelta(days=10):
        sent += remind_of_certificates(today=day, at=AT)
        assert remind_of_certificates(today=day, at=AT) == 0
        day += timedelta(days=1)
    assert sent == 3
    assert told(mei) == ["certificate-lapses"] * 2 + ["certificate-lapsed"]
    assert told(office) == ["certificate-of-lapses"] * 2 + ["certificate-of-lapsed"]


def test_days_on_which_the_worker_stood_still_lose_no_reminder(lapsing, mei, office):
    remind_of_certificates(today=LAPSES_ON - timedelta(days=12), at=AT)
    assert told(mei) == ["certificate-lapses"]
    remind_of_certificates(today=LAPSES_ON + timedelta(days=5), at=AT)
    assert told(mei) == ["certificate-lapses", "certificate-lapsed"]


def test_a_renewed_certificate_is_not_reminded_of_and_the_new_day_counts(lapsing, mei, office):
    remind_of_certificates(today=LAPSES_ON - timedelta(days=90), at=AT)
    new = Certificate(faculty_member=lapsing, number="NEW", issued_on=date(2027, 1, 1))
    add(new)
    remind_of_certificates(today=LAPSES_ON, at=AT)
    assert told(mei) == ["certificate-lapses"]
    new.ends_on = date(2027, 6, 1)
    db.session.commit()
    remind_of_certificates(today=date(2027, 5, 20), at=AT)
    assert told(mei) == ["certificate-lapses"] * 2


def test_who_has_left_is_not_reminded(lapsing, mei, office):
    lapsing.inactive_on = date(2026, 12, 1)
    db.session.commit()
    assert remind_of_certificates(today=LAPSES_ON, at=AT) == 0


def test_the_notice_leads_to_the_own_record(lapsing, mei, office, browse):
    remind_of_certificates(today=LAPSES_ON - timedelta(days=90), at=AT)
    browser = browse(mei)
    page = browser.get("/notices/").text
    assert "Your certificate S1001 lapses on 1 Mar 2027" in page
    assert browser.get(f"/faculty/{lapsing.id}").status_code == 200
