"""Reports by mail: to who wishes it and may read them, once, with a link to stop."""

import email
import re
from datetime import UTC, date, datetime
from email import policy

import pytest
from sqlalchemy import select

from trainingbase.accounts.models import Account
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.mailing import actions, delivering
from trainingbase.mailing.models import Message, ReportMail
from trainingbase.mailing.settings import Settings
from trainingbase.people.models import Grant
from trainingbase.reports import making, posting

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def report(county):
    return making.make("month", OCTOBER, "en", by=None, at=NOW)


def wishes(person, **answers):
    person.language = "en"
    db.session.commit()
    actions.choose(f"{person.name}@example.org".lower(), True, version=0, by=person, at=NOW)
    given = {"monthly": True, "yearly": False, "with_paper": False, **answers}
    actions.choose_reports(given, version=0, by=person, at=NOW)


def post(report, on):
    return posting.post([report], on, today=TODAY, at=NOW)


def mails(on, server):
    delivering.send(on, at=NOW)
    return [email.message_from_string(one, policy=policy.default) for one in server.mails]


def test_who_wishes_it_is_mailed_once_by_link_or_with_the_paper(report, server, on, leader, office):
    wishes(leader)
    wishes(office, with_paper=True)
    assert post(report, on) == 2
    assert post(report, on) == 0
    by_link, with_paper = sorted(
        mails(on, server), key=lambda one: bool(list(one.iter_attachments()))
    )
    assert by_link["Subject"] == "Base: Training quality 2026-10"
    text = by_link.get_content()
    assert f"https://portal.example.org/reports/{report.id}/pdf" in text
    (paper,) = with_paper.iter_attachments()
    assert paper.get_content() == report.paper.content
    entry = db.session.scalars(select(Entry).where(Entry.act == "mail-report")).one()
    assert entry.details["people"] == 2


def test_nobody_is_mailed_who_may_not_read_it_or_does_not_wish_it(report, on, leader, office, mei):
    for person in (leader, office, mei):
        wishes(person)
    actions.choose_reports(
        {"monthly": False, "yearly": True, "with_paper": False}, version=1, by=office, at=NOW
    )
    db.session.execute(Grant.__table__.delete().where(Grant.person_id == leader.id))
    db.session.commit()
    assert post(report, on) == 0  # the leader leads no more, the office wants years, Mei never may


def test_an_account_that_is_closed_and_an_address_that_is_gone_get_none(report, on, leader, office):
    wishes(leader)
    wishes(office)
    actions.choose("", True, version=1, by=office, at=NOW)
    db.session.scalars(
        select(Account).where(Account.person_id == leader.id)
    ).one().disabled_at = NOW
    db.session.commit()
    assert post(report, on) == 0


def test_without_settings_nothing_is_put_into_the_outbox(report, leader):
    wishes(leader)
    assert posting.post([report], Settings(), today=TODAY, at=NOW) == 0
    assert db.session.scalars(select(Message)).all() == []


def test_the_link_of_a_mail_stops_it_without_signing_in(report, server, on, leader, app):
    wishes(leader, yearly=True)
    post(report, on)
    link = re.search(
        r"https://portal.example.org(/mailing/stop/\S+)", mails(on, server)[0].get_content()
    )[1]
    stranger = app.test_client()
    assert "Stop these mails" in stranger.get(link).text
    assert db.session.get(ReportMail, leader.id).monthly
    for _twice in range(2):
        assert stranger.post(link).status_code == 200
    db.session.expire_all()
    row = db.session.get(ReportMail, leader.id)
    assert not row.monthly and not row.yearly
    assert row.version == 2
    for odd in ("/mailing/stop/x", f"{link}x", "/mailing/stop/Mg.AAAA"):
        assert stranger.get(odd).status_code == 404 == stranger.post(odd).status_code


def test_one_chooses_for_oneself(leader, mei, browse):
    browser = browse(leader)
    assert "no address" in browser.get("/mailing/reports").text
    chosen = {"monthly": "y", "with_paper": "y", "version": 0}
    assert browser.post("/mailing/reports", data=chosen).status_code == 302
    assert browser.post("/mailing/reports", data=chosen).status_code == 409
    row = db.session.get(ReportMail, leader.id)
    assert (row.monthly, row.yearly, row.with_paper) == (True, False, True)
    assert browse(mei).get("/mailing/reports").status_code == 403
