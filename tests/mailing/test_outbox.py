"""A mail goes to where its recipient is when it is sent; nobody keeps the outbox back."""

from dataclasses import replace
from time import monotonic

import pytest
from sqlalchemy import select

from tests.mailing.servers import trusting
from tests.mailing.test_mailing import DAY, EIGHT, MINUTE, TODAY, deliver, states, tell
from trainingbase.accounts import actions as accounts
from trainingbase.db import db
from trainingbase.mailing import actions, delivering, sending
from trainingbase.mailing.models import Message
from trainingbase.mailing.rules import is_webhook
from trainingbase.mailing.settings import LONGEST, settings_of
from trainingbase.notices.actions import mark_all_read


@pytest.fixture
def waiting(on, mei):
    """A digest to Mei in the outbox."""
    actions.choose("mei@example.org", True, version=0, by=mei, at=EIGHT)
    tell(mei, "assessment-asked")
    delivering.compose(on, today=TODAY, at=EIGHT)
    return mei


def alerts(server):
    return [one for one in server.mails if "to your account" in one]


def test_a_digest_goes_to_the_address_of_now(server, on, waiting):
    actions.choose("new@example.org", True, version=1, by=waiting, at=EIGHT)
    assert delivering.send(on, at=EIGHT) == 1
    assert "To: new@example.org" in server.mails[0]


@pytest.mark.parametrize("why", ["closed", "left", "none"])
def test_a_digest_to_who_is_not_mailed_any_more_is_dropped(server, on, waiting, office, why):
    if why == "closed":
        accounts.disable(waiting.account, by=office, at=EIGHT)
    elif why == "left":
        waiting.left_on = TODAY
        db.session.commit()
    else:
        actions.choose("", True, version=1, by=waiting, at=EIGHT)
    assert delivering.send(on, at=EIGHT) == 0
    assert states() == ["failed"] and server.mails == []
    assert db.session.scalar(select(Message.fault)) == actions.NOWHERE


@pytest.mark.parametrize("where", ["greeting", "data"])
def test_a_server_that_never_ends_its_answer_is_left(server, on, waiting, where):
    server.drips = where
    began = monotonic()
    slow = replace(on, longest=0.4)
    assert delivering.send(slow, at=EIGHT) == 0
    assert monotonic() - began < 5, "each byte came in time, but the mail did not"
    assert states() == ["waiting"]
    server.drips = ""
    assert delivering.send(on, at=EIGHT + DAY) == 1


def test_what_a_mail_may_take_is_far_below_the_lease(app):
    assert actions.LEASE.total_seconds() / 2 > 3 * LONGEST
    assert delivering.ROUND < actions.LEASE / 2
    before, app.config["MAIL_SECONDS"] = app.config["MAIL_SECONDS"], 99999
    assert settings_of(app.config).seconds <= LONGEST
    app.config["MAIL_SECONDS"] = before


@pytest.mark.parametrize("port", ["bad", "99999", "0", "-1", "8443x", ""])
def test_a_chat_that_cannot_be_reached_keeps_no_mail_back(
    app, browse, administrator, server, on, waiting, port
):
    webhook = f"https://chat.example.org:{port}/robot"
    assert not is_webhook(webhook)
    settings = replace(on, webhook=webhook)
    for channel, key in (("chat", "a"), ("mail", "b")):
        message = Message(channel=channel, kind="test", key=key, subject="s", body="b",
                          address="a@example.org", made_at=EIGHT,
                          next_try_at=EIGHT - MINUTE)  # fmt: skip
        actions.put(message)
    assert delivering.send(settings, at=EIGHT) == 2 and len(server.mails) == 2
    with pytest.raises(sending.NotSent):
        sending.chat(Message(subject="s", body="b"), settings, tls=trusting())


def test_the_page_says_that_the_address_of_the_chat_is_none(
    app, browse, administrator, mailing_portal
):
    app.config["CHAT_WEBHOOK_URL"] = "https://chat.example.org:bad/"
    assert "not an address that can be reached" in browse(administrator).get("/mailing/").text
    app.config["CHAT_WEBHOOK_URL"] = ""


def test_a_surprise_fails_one_message_only(server, on, waiting):
    def broken(_message):
        raise RuntimeError("what nobody thought of")

    odd = Message(channel="mail", kind="odd", key="odd", subject="s", body="b",
                  address="a@example.org", made_at=EIGHT, next_try_at=EIGHT - MINUTE)  # fmt: skip
    actions.put(odd)
    assert delivering.send(on, at=EIGHT, bodies={"odd": broken}) == 1
    assert sorted(states()) == ["sent", "waiting"]
    faults = db.session.scalars(select(Message.fault).where(Message.kind == "odd")).all()
    assert faults == ["RuntimeError"]


def test_a_new_password_is_mailed_at_once_to_where_its_owner_was(
    server, on, waiting, administrator, office
):
    night = EIGHT - DAY / 3
    accounts.reset_password(waiting.account, by=administrator, at=night)
    mark_all_read(by=waiting, at=night)  # by whoever took the account over
    actions.choose("thief@example.org", True, version=1, by=waiting, at=night + MINUTE)
    deliver(on, night + 5 * MINUTE)
    told = alerts(server)
    assert len(told) == 2 and all("To: mei@example.org" in one for one in told)
    assert administrator.name in told[0] and "new password" in told[0]
    assert "address of your account was changed" in told[1].replace("\n", " ")
    deliver(on, night + 10 * MINUTE)
    assert len(alerts(server)) == 2
