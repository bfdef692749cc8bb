"""Who is signed in, and until when."""

from datetime import timedelta

from flask import template_rendered
from sqlalchemy import create_engine, text, update

from trainingbase.accounts.models import SignIn
from trainingbase.clock import real_now
from trainingbase.db import db
from trainingbase.people.models import Grant
from trainingbase.roles import Role


def test_a_cookie_of_another_portal_on_the_same_host_signs_nobody_out(browse, alice):
    browser = browse(alice)
    browser.set_cookie("remember_token", "1|of another portal")
    assert browser.get("/account").status_code == 200


def test_a_role_that_was_taken_away_opens_nothing_any_more(browse, office):
    browser = browse(office)
    assert browser.get("/residents").status_code == 200
    grant = db.session.query(Grant).filter_by(person_id=office.id, role=Role.OFFICE).one()
    db.session.delete(grant)
    db.session.commit()
    assert browser.get("/residents").status_code == 403


def test_a_cookie_from_before_signing_out_or_a_new_password_is_dead(browse, office, alice):
    browser, thief = browse(alice), browse(alice)
    cookie = browser.get_cookie("trainingbase").value
    thief.set_cookie("trainingbase", cookie)
    assert thief.get("/account").status_code == 200
    browser.post("/sign-out")
    thief.set_cookie("trainingbase", cookie)
    assert thief.get("/account").status_code == 302
    browser = browse(alice)
    browse(office).post(f"/accounts/{alice.account.id}/password")
    assert browser.get("/account").status_code == 302


def test_no_click_keeps_a_session_longer_than_twelve_hours(browse, alice):
    browser = browse(alice)
    db.session.execute(update(SignIn).values(started_at=real_now() - timedelta(hours=12)))
    db.session.commit()
    assert browser.get("/account").status_code == 302


def test_a_page_that_asks_again_by_itself_does_not_keep_a_session_alive(browse, alice):
    browser = browse(alice)
    seen = real_now() - timedelta(minutes=20)
    db.session.execute(update(SignIn).values(seen_at=seen))
    db.session.commit()
    browser.get("/account?poll=1")
    assert db.session.query(SignIn).one().seen_at == seen
    browser.get("/account")
    assert db.session.query(SignIn).one().seen_at > seen


def test_a_click_is_noted_also_when_somebody_writes_while_the_page_is_made(app, browse, alice):
    """SQLite does not let a reading transaction write once another has written."""
    browser = browse(alice)
    seen = real_now() - timedelta(minutes=20)
    db.session.execute(update(SignIn).values(seen_at=seen))
    db.session.commit()
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])

    def somebody_writes(*_sender, **_more):
        with other.begin() as connection:
            connection.execute(text("UPDATE people SET phone = '1'"))

    template_rendered.connect(somebody_writes, app)
    try:
        assert browser.get("/account").status_code == 200
    finally:
        template_rendered.disconnect(somebody_writes, app)
        other.dispose()
    assert db.session.query(SignIn).one().seen_at > seen
