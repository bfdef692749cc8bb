"""Mail to graduates: with their consent, each link once, and nothing that opens in the outbox."""

import email
from datetime import timedelta
from email import policy

import pytest
from sqlalchemy import select

from tests.careers.conftest import NOW, SECRET, TODAY, address
from tests.mailing.servers import MailServer
from trainingbase import clock
from trainingbase.accounts.models import Account
from trainingbase.careers.actions import following as actions
from trainingbase.careers.actions import promotion, writing
from trainingbase.careers.models import GraduateAddress, PromotionTold
from trainingbase.careers.queries import addresses, following
from trainingbase.db import db
from trainingbase.mailing import actions as mailing
from trainingbase.mailing import delivering
from trainingbase.mailing.models import Message
from trainingbase.mailing.settings import Settings
from trainingbase.notices.models import Notice

CAROL = "carol@example.org"


@pytest.fixture
def server():
    made = MailServer()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def on(app, server):
    """The portal mails, by a server of this computer."""
    said = {
        "MAIL_HOST": "127.0.0.1", "MAIL_PORT": server.port, "MAIL_FROM": "portal@example.org",
        "MAIL_SECURITY": "none", "PUBLIC_URL": "https://portal.example.org",
    }  # fmt: skip
    before = {name: app.config[name] for name in said}
    app.config.update(said)
    yield Settings(
        host="127.0.0.1", port=server.port, sender="portal@example.org", security="none",
        seconds=5, public_url="https://portal.example.org", base_name="基地", base_name_en="Base",
    )  # fmt: skip
    app.config.update(before)


def agree(carol, office, to=CAROL, version=None):
    from trainingbase.careers.actions.addresses import keep_address

    keep_address(carol.id, to, version=version, by=office, at=NOW)
    db.session.commit()


def send(on, at=NOW, today=TODAY):
    links = {writing.QUESTION: writing.links(on, SECRET, today=today)}
    return delivering.send(on, at=at, links=links)


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
