"""Mail to graduates: with their consent, each link once, and nothing that opens in the outbox."""

import email
import re
from datetime import timedelta
from email import policy

import pytest
from sqlalchemy import select

from tests.careers.conftest import NOW, SECRET, TODAY, address
from trainingbase import clock
from trainingbase.accounts.models import Account
from trainingbase.audit.models import Entry
from trainingbase.careers.actions import following as actions
from trainingbase.careers.actions import promotion, writing
from trainingbase.careers.actions.addresses import withdraw
from trainingbase.careers.models import GraduateAddress, PromotionTold
from trainingbase.careers.queries import addresses, following
from trainingbase.db import db
from trainingbase.mailing import actions as mailing
from trainingbase.mailing import delivering
from trainingbase.mailing.models import Message
from trainingbase.mailing.tokens import token_of
from trainingbase.notices.models import Notice
from trainingbase.stale import Stale

CAROL = "carol@example.org"


@pytest.fixture
def on(mailing_portal):
    return mailing_portal


def agree(carol, office, to=CAROL, version=None):
    from trainingbase.careers.actions.addresses import keep_address

    keep_address(carol.id, to, version=version, by=office, at=NOW)
    db.session.commit()


def send(on, at=NOW, today=TODAY):
    return delivering.send(on, at=at, bodies=writing.bodies(on, SECRET, today=today))


def states():
    db.session.expire_all()
    return [one.state for one in db.session.scalars(select(Message).order_by(Message.id))]


def test_the_link_is_mailed_and_stands_in_no_outbox(server, on, linked, carol, office):
    agree(carol, office)
    for _twice in range(2):
        written = writing.mail_questions([linked], on, by=office, at=NOW)
    assert (written.mailed, written.nowhere, states()) == (0, 0, ["waiting"])
    (kept,) = db.session.scalars(select(Message)).all()
    opens = address(linked).removeprefix("/w/")
    assert opens not in kept.body and opens not in kept.key
    assert send(on) == 1
    (sent,) = server.mails
    mail = email.message_from_string(sent, policy=policy.default)
    assert mail["To"] == CAROL
    assert f"https://portal.example.org{address(linked)}" in mail.get_content().replace("=\n", "")
    assert opens not in db.session.scalars(select(Message.body)).one()


def test_what_opens_no_more_is_not_mailed(server, on, linked, carol, office):
    agree(carol, office)
    writing.mail_questions([linked], on, by=office, at=NOW)
    actions.make_links([linked], secret=SECRET, by=office, at=NOW)  # a newer one
    assert send(on) == 0 and states() == ["failed"]
    writing.mail_questions([linked], on, by=office, at=NOW)
    actions.revoke(linked, by=office, at=NOW)
    assert send(on) == 0 and states() == ["failed", "failed"]
    assert server.mails == []


def test_nobody_is_mailed_without_consent(on, linked, carol, office):
    assert writing.mail_questions([linked], on, by=office, at=NOW).nowhere == 1
    agree(carol, office)
    mailing.choose("", False, version=0, by=carol, at=NOW)  # wants no mail of the portal at all
    assert writing.mail_questions([linked], on, by=office, at=NOW).nowhere == 1
    mailing.choose("own@example.org", True, version=1, by=carol, at=NOW)
    assert addresses.addresses_of([carol.id]) == {carol.id: "own@example.org"}
    assert states() == []


def test_the_office_sees_who_has_no_address_and_what_was_given_up(
    browse,
    server,
    on,
    linked,
    carol,
    office,
):
    clerk, page = browse(office), f"/careers/follow-ups/{linked.id}"
    listed = "/careers/follow-ups?mail="
    names = {one: clerk.get(listed + one).text for one in ("nowhere", "failed")}
    assert "Carol" in names["nowhere"] and "Carol" not in names["failed"]
    assert "no mail address" in clerk.get("/careers/follow-ups/messages").text
    typed = {"address": CAROL, "version": ""}
    refused = clerk.post(f"{page}/address", data=typed)
    assert refused.status_code == 422 and "Only with their consent" in refused.text
    bad = clerk.post(f"{page}/address", data=typed | {"address": "x", "agreed": "y"})
    assert bad.status_code == 422
    assert clerk.post(f"{page}/address", data=typed | {"agreed": "y"}).status_code == 302
    other = clerk.post(f"{page}/address", data=typed | {"agreed": "y", "address": "b@b.org"})
    assert other.status_code == 409 and CAROL in other.text
    clerk.post(f"{page}/mail")
    assert states() == ["waiting"]
    message = db.session.scalars(select(Message)).one()
    mailing.note_fault(message, "refused: 550", at=NOW, is_final=True)
    for where in (page, "/careers/follow-ups/messages"):
        assert "refused: 550" in clerk.get(where).text
    assert "Carol" in clerk.get("/careers/follow-ups?mail=failed").text
    clerk.post(f"{page}/mail")
    assert states() == ["waiting"], "the same link and address: tried again"


def test_all_who_are_to_be_asked_are_mailed_at_once(browse, on, task, carol, office):
    agree(carol, office)
    clerk = browse(office)
    for _twice in range(2):
        shown = clerk.post("/careers/follow-ups/links", follow_redirects=True).text
    assert states() == ["waiting"] and "In the outbox: 1 mails" not in shown
    assert following.follow_up_by_id(task.id).token_hash is not None


def test_a_graduate_gives_an_address_with_the_answer(app, linked, carol):
    phone = app.test_client()
    wrong = phone.post(address(linked), data={"answer": "none", "address": "not one"})
    assert wrong.status_code == 422
    assert phone.post(address(linked), data={"answer": "none", "address": CAROL}).status_code == 302
    kept = db.session.get_one(GraduateAddress, carol.id)
    assert (kept.address, kept.told_by, kept.consented_on) == (CAROL, "link", clock.today())


def test_those_who_are_ready_are_told_once(browse, on, carol, carol_resident, mei, office):
    scheme = promotion.make_scheme(
        {"name": "优秀毕业生", "name_en": "Good graduate", "people": "graduates", "source": "§1",
         "starts_on": TODAY - timedelta(days=9), "ends_on": None}, [], by=office, at=NOW,
    )  # fmt: skip
    agree(carol, office)
    account = db.session.scalars(select(Account).where(Account.person_id == carol.id)).one_or_none()
    if account is not None:
        account.disabled_at = NOW
        db.session.commit()
    clerk = browse(office)
    for _twice in range(2):
        assert clerk.post(f"/careers/promotion/{scheme.id}/telling").status_code == 302
    (told,) = db.session.scalars(select(PromotionTold)).all()
    assert (told.person_id, told.how, states()) == (carol.id, "mail", ["waiting"])
    assert "told on" in clerk.get(f"/careers/promotion/{scheme.id}").text
    faculty = promotion.make_scheme(
        {"name": "带教", "name_en": None, "people": "faculty", "source": "§2",
         "starts_on": TODAY - timedelta(days=9), "ends_on": None}, [], by=office, at=NOW,
    )  # fmt: skip
    browse(mei)
    clerk.post(f"/careers/promotion/{faculty.id}/telling")
    kinds = db.session.scalars(select(Notice.kind).where(Notice.person_id == mei.id)).all()
    assert kinds.count("promotion-ready") == 1
    assert "带教" in browse(mei).get("/notices/").text


def test_a_link_in_each_mail_takes_the_consent_back(app, browse, server, on, linked, carol, office):
    agree(carol, office)
    writing.mail_questions([linked], on, by=office, at=NOW)
    send(on)
    mail = email.message_from_string(server.mails[0], policy=policy.default)
    link = re.search(r"https://portal.example.org(/w/stop/\S+)", mail.get_content())[1]
    phone = app.test_client()
    assert "Stop these mails" in phone.get(f"{link}?language=en").text
    assert db.session.get_one(GraduateAddress, carol.id).address == CAROL, "opening changes nothing"
    for _twice in range(2):
        assert phone.post(f"{link}?language=en").status_code == 200
    assert "不再给您写信" in phone.post(f"{link}?language=zh").text
    db.session.expire_all()
    assert addresses.addresses_of([carol.id]) == {}
    acts = select(Entry).where(Entry.act == "withdraw-graduate-consent")
    assert len(db.session.scalars(acts).all()) == 1
    mailing.choose("own@example.org", True, version=0, by=carol, at=NOW)
    assert addresses.addresses_of([carol.id]) == {}, "whatever they are mailed of the portal"
    assert "Carol" in browse(office).get("/careers/follow-ups?mail=nowhere").text
    report_link = token_of(SECRET, carol.id)  # signed for another thing
    for odd in ("x", link.removeprefix("/w/stop/") + "x", report_link):
        assert phone.post(f"/w/stop/{odd}").status_code == 404


def test_what_waits_is_not_mailed_once_the_consent_is_taken_back(server, on, linked, carol, office):
    agree(carol, office)
    writing.mail_questions([linked], on, by=office, at=NOW)
    withdraw(carol.id, at=NOW)
    assert send(on) == 0 and states() == ["failed"] and server.mails == []
    with pytest.raises(Stale):
        agree(carol, office, version=1)  # a form opened before
