"""Nobody takes an account over without its owner, and who checks, being told."""

import re

import pytest
from sqlalchemy import select

from tests.accounts.test_signing_in import sign_in
from trainingbase.accounts import actions
from trainingbase.accounts.models import SignIn
from trainingbase.clock import real_now
from trainingbase.db import db
from trainingbase.notices.models import Notice

NEW = "eleven purple umbrellas walking"


def told(person) -> list[str]:
    rows = select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id)
    return list(db.session.scalars(rows))


def test_who_takes_an_account_over_leaves_a_trace_its_owner_and_the_auditor_see(
    app, browse, administrator, auditor, leader
):
    before = browse(leader)
    number = leader.account.id
    page = browse(administrator).post(f"/accounts/{number}/password").text
    given = re.search(r"<code>([^<]+)</code>", page)[1]
    assert before.get("/account").status_code == 302, "signed out everywhere"
    open_ones = select(SignIn).where(SignIn.person_id == leader.id, SignIn.ended_at.is_(None))
    assert db.session.scalars(open_ones).all() == []
    thief, _page = sign_in(app, leader.account.login, given)
    must = thief.get("/account/password").text
    assert "Admin" in must and "tell the auditor" in must
    data = {"old": given, "new": NEW, "again": NEW}
    assert thief.post("/account/password", data=data).status_code == 302
    seen = browse(leader).get("/account").text
    assert seen.index("signed in") < seen.index("reset a password"), "the newest first"
    assert "Admin" in seen
    assert told(leader) == ["account-password"]
    assert "Admin gave your account a new password" in browse(leader).get("/notices/").text
    assert told(auditor) == ["account-kept"]
    assert f"the account of {leader.name}" in browse(auditor).get("/notices/").text
    trail = browse(auditor).get("/audit/?subject=accounts").text
    assert "reset a password" in trail


@pytest.mark.parametrize(
    ("does", "kind"),
    [
        (actions.disable, "account-closed"),
        (actions.enable, "account-opened-again"),
        (actions.reset_password, "account-password"),
    ],
)
def test_the_owner_is_told_and_the_auditor_where_it_was_the_administrator(
    does, kind, office, administrator, auditor, alice
):
    does(alice.account, by=office, at=real_now())
    assert (told(alice), told(auditor)) == ([kind], [])
    does(alice.account, by=administrator, at=real_now())
    assert (told(alice), told(auditor)) == ([kind, kind], ["account-kept"])
    does(alice.account, by=None, at=real_now())
    assert told(alice) == [kind] * 3


def test_who_gives_themselves_a_password_is_not_told_but_the_auditor_of_the_auditors_is(
    administrator, auditor
):
    actions.reset_password(administrator.account, by=administrator, at=real_now())
    assert told(administrator) == [] and told(auditor) == []
    actions.reset_password(auditor.account, by=administrator, at=real_now())
    assert told(auditor) == ["account-password"]


def test_the_server_itself_has_a_name_too(browse, alice):
    actions.reset_password(alice.account, by=None, at=real_now())
    assert "the server itself" in browse(alice).get("/account/password").text
    alice.account.must_change = False
    db.session.commit()
    assert "the server itself gave your account" in browse(alice).get("/notices/").text
