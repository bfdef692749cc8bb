"""Nothing changes but by a form that this portal gave to this person."""

import re

import pytest


@pytest.fixture
def with_tokens(app):
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def posts(app):
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods:
            yield re.sub(r"<string:\w+>", "notice_days", re.sub(r"<int:\w+>", "1", str(rule)))


BY_LINK = {"/g/notice_days", "/w/notice_days"}
"""A guest's or a graduate's answer: nobody has signed in, and only who holds the
secret link can address it."""


@pytest.mark.parametrize("token", ["", "é", "forged.by.hand"])
def test_every_post_needs_the_token_of_this_session(with_tokens, browse, office, token):
    browser = browse(office)
    for address in set(posts(with_tokens)) - BY_LINK:
        page = browser.post(address, data={"csrf_token": token})
        assert page.status_code == 400, address


def test_a_token_of_another_session_does_not_serve(with_tokens, browse, office, alice):
    page = browse(alice).get("/account").text
    theirs = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    assert browse(office).post("/sign-out", data={"csrf_token": theirs}).status_code == 400


def test_a_head_request_to_any_page_changes_nothing(app, browse, office):
    browser = browse(office)
    for address in posts(app):
        assert browser.head(address).status_code in (200, 302, 403, 404, 405), address
    assert browser.get("/account").status_code == 200
