"""Each notice is mailed once, tried again with pauses, given up visibly; off until configured."""

import email
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import policy
from itertools import pairwise

import pytest
from sqlalchemy import select

from tests.mailing.servers import trusting
from trainingbase.db import db
from trainingbase.mailing import actions, delivering, queries, sending
from trainingbase.mailing.models import Message
from trainingbase.mailing.rules import is_address, pause_after
from trainingbase.mailing.settings import Settings, settings_of
from trainingbase.notices.actions import leave, mark_all_read
from trainingbase.thresholds.queries import threshold

TODAY = date(2026, 11, 22)
EIGHT = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)  # half past eight here
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SECRET = "a narrative of Alice"


@pytest.fixture
def with_mail(mei):
    """`with_mail()`: Mei has an address."""
    actions.choose("mei@example.org", True, version=0, by=mei, at=EIGHT)
    return mei


def tell(person, *kinds, at=EIGHT):
    for kind in kinds:
        leave(
            kind, to_ids=[person.id], at=at, path="/assessments/", resident=SECRET, n=1,
            instrument=SECRET, instrument_en=SECRET, assessor=SECRET,
        )  # fmt: skip
    db.session.commit()


def deliver(settings, at=EIGHT):
    delivering.deliver(settings, today=(at + timedelta(hours=8)).date(), at=at)


def states():
    db.session.expire_all()
    return [one.state for one in db.session.scalars(select(Message).order_by(Message.id))]


def test_one_mail_a_day_says_what_waits_and_no_name(server, on, with_mail):
    tell(with_mail, "assessment-asked", "assessments-wait", "leave-to-decide", "assessment-replied")
    deliver(on)
    deliver(on, EIGHT + 5 * MINUTE)
    (text,) = server.mails
    mail = email.message_from_string(text, policy=policy.default)
    body = mail.get_content()
    assert mail["To"] == "mei@example.org" and "4 things" in mail["Subject"]
    assert "Assessments: 2" in body and "Other things to do: 1" in body and "News: 1" in body
    assert "https://portal.example.org/notices/" in body
    assert SECRET not in text and "Alice" not in text and "Mei" not in text
    tell(with_mail, "assessment-asked", at=EIGHT + MINUTE)
    deliver(on, EIGHT + 10 * MINUTE)
    assert len(server.mails) == 1
    deliver(on, EIGHT + DAY)
    assert len(server.mails) == 2 and "Assessments: 1" in server.mails[1]


def test_before_the_hour_nothing_goes_unless_the_base_mails_at_once(server, on, with_mail):
    tell(with_mail, "assessment-asked", at=EIGHT - timedelta(hours=5))
    deliver(on, EIGHT - timedelta(hours=4))
    assert states() == []
    threshold("mail_at_once").value = 1
    db.session.commit()
    deliver(on, EIGHT - timedelta(hours=4))
    tell(with_mail, "assessment-late", at=EIGHT)
    deliver(on, EIGHT)
    assert len(server.mails) == 2


def test_who_wants_no_news_gets_duties_only_and_an_empty_address_nothing(server, on, with_mail):
    actions.choose("mei@example.org", False, version=1, by=with_mail, at=EIGHT)
    tell(with_mail, "assessment-replied")
    deliver(on)
    assert states() == []
    tell(with_mail, "assessment-late")
    actions.choose("", False, version=2, by=with_mail, at=EIGHT)
    deliver(on)
    (farewell,) = server.mails
    assert "removed" in farewell and "Assessments" not in farewell
    actions.choose("mei@example.org", False, version=3, by=with_mail, at=EIGHT)
    deliver(on)
    assert "Assessments: 1" in server.mails[1] and "News" not in server.mails[1]


def test_what_was_read_meanwhile_is_not_mailed(server, on, with_mail):
    tell(with_mail, "assessment-asked")
    delivering.compose(on, today=TODAY, at=EIGHT)
    mark_all_read(by=with_mail, at=EIGHT)
    delivering.send(on, at=EIGHT)
    assert server.mails == [] and states() == ["failed"]
    assert db.session.scalar(select(Message.fault)) == actions.READ


def test_who_left_or_whose_account_is_closed_gets_none(server, on, with_mail):
    tell(with_mail, "assessment-asked")
    with_mail.left_on = TODAY
    db.session.commit()
    deliver(on)
    with_mail.left_on, with_mail.account.disabled_at = None, EIGHT
    db.session.commit()
    deliver(on)
    assert states() == []


def test_an_unreachable_server_is_tried_with_pauses_and_given_up_visibly(
    server, on, with_mail, browse, administrator
):
    away = replace(on, port=1)
    tell(with_mail, "assessment-asked")
    at, times = EIGHT, []
    for _step in range(2000):
        before = db.session.scalar(select(Message.tries)) or 0
        deliver(away, at)
        db.session.expire_all()
        if db.session.scalar(select(Message.tries)) > before:
            times.append(at)
        if states() == ["failed"]:
            break
        at += 5 * MINUTE
    pauses = [(b - a) // MINUTE for a, b in pairwise(times)]
    assert pauses == [5, 15, 45, 135, 405]
    page = browse(administrator).get("/mailing/?state=failed").text
    assert "Given up" in page and "ConnectionRefusedError" in page and "Try again" in page
    (one,) = db.session.scalars(select(Message))
    assert browse(administrator).post(f"/mailing/{one.id}/again").status_code == 302
    assert browse(administrator).post(f"/mailing/{one.id}/again").status_code == 302
    db.session.expire_all()
    delivering.send(on, at=max(one.next_try_at, at))
    assert states() == ["sent"] and len(server.mails) == 1


def test_a_refused_address_is_not_tried_again(server, on, with_mail):
    server.refuse = "550 no such user"
    tell(with_mail, "assessment-asked")
    deliver(on)
    assert states() == ["failed"]
    assert db.session.scalar(select(Message.fault)) == "refused: 550"


def test_a_killed_worker_tries_again_after_its_lease_with_the_same_number(server, on, with_mail):
    tell(with_mail, "assessment-asked")
    delivering.compose(on, today=TODAY, at=EIGHT)
    one = actions.take_next(EIGHT)
    sending.mail(one, on, body=one.body)
    assert actions.take_next(EIGHT + MINUTE) is None
    delivering.send(on, at=EIGHT + actions.LEASE)
    first, second = (email.message_from_string(text) for text in server.mails)
    assert first["Message-ID"] == second["Message-ID"]


def test_nothing_is_made_or_sent_until_it_is_configured(app, server, with_mail):
    tell(with_mail, "assessment-asked")
    deliver(settings_of(app.config))
    assert states() == []
    assert "secret" not in repr(Settings(password="secret", webhook="https://secret"))


def test_the_chat_is_told_once_a_day_how_much_waits(robot, with_mail):
    settings = Settings(webhook=robot.url, public_url="https://portal.example.org", seconds=5)
    tell(with_mail, "assessment-asked", "assessment-late")
    for minute in range(2):
        delivering.compose(settings, today=TODAY, at=EIGHT + minute * MINUTE)
        delivering.send(settings, at=EIGHT + minute * MINUTE, tls=trusting())
    (said,) = robot.said
    assert said["msgtype"] == "text" and "2" in said["text"]["content"]
    assert SECRET not in said["text"]["content"]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ((302, b"", {"Location": "http://127.0.0.1/"}), "HTTP 302"),
        ((500, b"", {}), "HTTP 500"),
        ((200, b'{"errcode": 93000}', {}), "errcode 93000"),
    ],
)
def test_a_robot_that_refuses_is_not_taken_for_told(robot, answer, fault):
    robot.answer = answer
    settings = Settings(webhook=robot.url, public_url="x", seconds=5)
    with pytest.raises(sending.NotSent) as refused:
        sending.chat(Message(subject="s", body="b"), settings, tls=trusting())
    assert refused.value.fault == fault and len(robot.said) == 1


@pytest.mark.parametrize(
    "url", ["http://localhost/x", "https://u:p@localhost/x", "file:///etc/passwd", "https://", "x"]
)
def test_only_https_is_spoken_to(url):
    with pytest.raises(sending.NotSent, match="not https"):
        sending.chat(Message(subject="s", body="b"), Settings(webhook=url, public_url="x"))


def test_an_unknown_certificate_is_refused(robot):
    settings = Settings(webhook=robot.url, public_url="x", seconds=5)
    with pytest.raises(sending.NotSent, match="SSL"):
        sending.chat(Message(subject="s", body="b"), settings)


def test_addresses_and_pauses():
    assert is_address("a.b+c@mail.example.org")
    for odd in (
        "a@b",
        "a b@c.org",
        "a@b.org\nBcc: x@y.org",
        "a@b.org,c@d.org",
        "甲@b.org",
        "@b.org",
    ):
        assert not is_address(odd)
    assert pause_after(99) == timedelta(hours=12)


def test_everybody_chooses_for_themselves(browse, mei, chen):
    browser = browse(mei)
    for odd in ("nobody", "a@b.org\r\nBcc: x@y.org"):
        assert browser.post("/mailing/mine", data={"address": odd}).status_code == 422
    sent = browser.post("/mailing/mine", data={"address": "mei@example.org", "version": "0"})
    assert sent.status_code == 302
    stale = browser.post("/mailing/mine", data={"address": "x@example.org", "version": "0"})
    assert stale.status_code == 409
    db.session.expire_all()
    assert queries.choice_of(mei).address == "mei@example.org"
    assert queries.choice_of(mei).all_notices is False
    assert queries.choice_of(chen).address == ""


def test_the_administrator_sends_a_test_mail(app, browse, administrator, server, request):
    browser = browse(administrator)
    data = {"address": "admin@example.org", "form_key": "k"}
    assert "not configured" in browser.post("/mailing/test", data=data).text
    request.getfixturevalue("mailing_portal")
    assert browser.post("/mailing/test", data=data).status_code == 302
    assert browser.post("/mailing/test", data=data).status_code == 302
    deliver(settings_of(app.config), datetime.now(UTC) + MINUTE)
    assert len(server.mails) == 1
    assert "admin@example.org" in browser.get("/mailing/export/csv").text
    assert browser.post("/mailing/test", data={"address": ""}).status_code == 422


def test_the_list_takes_no_more_statements(browse, administrator, statements, mei):
    browser, counts = browse(administrator), []
    for n in (3, 60):
        for number in range(n):
            db.session.add(
                Message(
                    channel="mail", kind="digest", key=f"{n} {number}", subject="s", body="b",
                    made_at=EIGHT, person_id=mei.id, address="mei@example.org",
                )
            )  # fmt: skip
        db.session.commit()
        counts.append(statements(lambda: browser.get("/mailing/")))
    assert counts[0] == counts[1]
