import re
from datetime import timedelta

from sqlalchemy import select

from tests.cast import LONG_AGO, PASSWORD, person, put
from trainingbase.accounts.models import Account, SignIn
from trainingbase.clock import real_now
from trainingbase.db import db
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role


def sign_in(app, login, password=PASSWORD, **more):
    browser = app.test_client()
    return browser, browser.post("/sign-in", data={"login": login, "password": password}, **more)


def test_a_person_signs_in_and_out(app, office):
    browser, page = sign_in(app, "wu")
    assert page.status_code == 302
    assert page.headers["Location"] == "/"
    assert browser.get("/account").status_code == 200
    assert browser.post("/sign-out").status_code == 302
    assert browser.get("/account").headers["Location"].startswith("/sign-in")


def test_a_wrong_password_and_an_unknown_account_look_the_same(app, office):
    texts = []
    for login in ("wu", "xx"):
        _browser, page = sign_in(app, login, "not the password")
        assert page.status_code == 200
        texts.append(re.sub(r"I[\w.-]{60,}", "token", page.text).replace(login, "?"))
    assert texts[0] == texts[1]
    assert "账号或密码不正确" in texts[0]


def test_the_sixth_wrong_password_locks_the_account_for_a_while(app, office):
    for _ in range(5):
        sign_in(app, "wu", "wrong")
    _browser, page = sign_in(app, "wu")
    assert page.status_code == 200
    assert "密码错误次数过多" in page.text


def test_one_persons_wrong_passwords_do_not_lock_another_out(app, office, alice):
    for _ in range(6):
        sign_in(app, "wu", "wrong")
    _browser, page = sign_in(app, "alice")
    assert page.status_code == 302


def test_after_signing_in_one_comes_to_the_page_one_asked_for_but_never_to_another_site(
    app, office
):
    asked = sign_in(app, "wu", query_string={"next": "/thresholds/"})[1]
    assert asked.headers["Location"] == "/thresholds/"
    for elsewhere in ("https://example.org/", "//example.org", "/\\example.org", "javascript:1"):
        page = sign_in(app, "wu", query_string={"next": elsewhere})[1]
        assert page.headers["Location"] == "/"


def test_a_session_ends_after_half_an_hour_without_a_click(browse, office):
    browser = browse(office)
    assert browser.get("/account").status_code == 200
    session = db.session.scalars(select(SignIn)).one()
    session.seen_at = real_now() - timedelta(minutes=31)
    db.session.commit()
    assert browser.get("/account").status_code == 302


def test_a_disabled_account_is_signed_out_at_once(browse, office, alice):
    hers = browse(alice)
    assert hers.get("/account").status_code == 200
    account = db.session.scalars(select(Account).where(Account.person_id == alice.id)).one()
    browse(office).post(f"/accounts/{account.id}/disabling")
    assert hers.get("/account").status_code == 302


def test_the_office_gives_a_new_password_that_must_be_changed_first(app, browse, office, alice):
    account = db.session.scalars(select(Account).where(Account.person_id == alice.id)).one()
    page = browse(office).post(f"/accounts/{account.id}/password")
    given = page.text.split("<code>")[1].split("</code>")[0]
    browser, answer = sign_in(app, "alice", given)
    assert answer.status_code == 302
    assert browser.get("/").headers["Location"] == "/account/password"
    changed = browser.post(
        "/account/password",
        data={
            "old": given,
            "new": "湖边的三棵老槐树开花了今天真好啊",
            "again": "湖边的三棵老槐树开花了今天真好啊",
        },
    )
    assert changed.headers["Location"] == "/account"
    assert browser.get("/account").status_code == 200


def test_the_office_takes_over_nobody_who_decides_or_checks(
    browse, office, leader, auditor, administrator, county
):
    clerk = browse(office)
    for someone in (leader, auditor, administrator, person("Zhou", Role.OFFICE)):
        address = f"/accounts/{someone.account.id}"
        assert "/password" not in clerk.get(address).text.split("<main")[1]
        for act in ("password", "disabling", "enabling"):
            assert clerk.post(f"{address}/{act}").status_code == 404, (someone.name, act)
    page = browse(administrator).post(f"/accounts/{leader.account.id}/password")
    assert "<code>" in page.text
    newly = put(Person(name="Deng", grants=[Grant(role=Role.LEADER, granted_at=LONG_AGO)]))
    db.session.commit()
    assert clerk.get(f"/accounts/people/{newly.id}").status_code == 404
    assert f"/accounts/people/{newly.id}" not in clerk.get("/accounts?search=Deng").text
    assert browse(administrator).get(f"/accounts/people/{newly.id}").status_code == 200


def test_weak_passwords_are_refused_at_the_field(browse, alice):
    browser = browse(alice)
    for weak in ("short", "aaaaaaaaaaaaaaaaaa", "password" * 2, "alice alice alice"):
        page = browser.post("/account/password", data={"old": PASSWORD, "new": weak, "again": weak})
        assert page.status_code == 200, weak
        assert 'aria-invalid="true"' in page.text, weak


def test_what_was_typed_when_the_session_ended_is_there_again_after_signing_in(app, browse, office):
    browser = browse(office)
    address = "/thresholds/request_due_days"
    assert browser.get(address).status_code == 200
    session = db.session.scalars(select(SignIn)).one()
    session.seen_at = real_now() - timedelta(hours=2)
    db.session.commit()
    sent = browser.post(address, data={"value": "9", "version": "1"})
    target = sent.headers["Location"]
    assert target.startswith("/sign-in?next=")
    back = browser.post(target, data={"login": "wu", "password": PASSWORD})
    page = browser.get(back.headers["Location"])
    assert 'value="9"' in page.text


def test_what_one_person_had_typed_is_never_shown_to_another(app, browse, office, administrator):
    browser = browse(office)
    db.session.scalars(select(SignIn)).one().seen_at = real_now() - timedelta(hours=2)
    db.session.commit()
    sent = browser.post("/thresholds/request_due_days", data={"value": "9", "version": "1"})
    key = sent.headers["Location"].split("kept%3D")[1].split("&")[0]
    from tests.cast import person
    from trainingbase.roles import Role

    other = person("Zhou", Role.OFFICE)
    page = browse(other).get(f"/thresholds/request_due_days?kept={key}")
    assert 'value="9"' not in page.text


def test_the_language_is_kept_for_the_person(browse, alice):
    browser = browse(alice)
    assert "My account" in browser.get("/account").text
    browser.post("/language", data={"language": "zh", "next": "/account"})
    assert "我的账号" in browser.get("/account").text or "账号" in browser.get("/account").text
    assert 'lang="zh-CN"' in browser.get("/account").text


def test_the_list_of_accounts_asks_no_more_for_many_than_for_few(browse, office, statements):
    from tests.cast import add
    from trainingbase.people.models import Person

    browser = browse(office)
    few = statements(lambda: browser.get("/accounts"))
    for number in range(60):
        add(Person(name=f"Somebody {number}"))
    assert statements(lambda: browser.get("/accounts")) == few
    assert few <= 10
