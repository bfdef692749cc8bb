"""Who may open what: every route, as every role and as a stranger."""

import re

import pytest
from flask import Flask

from trainingbase import access
from trainingbase.roles import Role


def test_a_route_that_says_nothing_stops_the_portal():
    app = Flask("trainingbase")
    app.add_url_rule("/forgotten", view_func=lambda: "secrets", endpoint="forgotten")
    with pytest.raises(RuntimeError, match="forgotten"):
        access.guard(app, strangers=lambda: "sign in")


def addresses(app):
    """Every address with a method to try, its parameters filled with what nobody has."""
    fill = {"int": "987654", "string": "nothing", "path": "nothing"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        url = re.sub(r"<(\w+)(?:\([^)]*\))?:[^>]+>", lambda m: fill[m.group(1)], rule.rule)
        for method in sorted(rule.methods & {"GET", "POST", "PUT", "DELETE"}):
            yield url, method, app.view_functions[rule.endpoint].open_to


def test_strangers_are_sent_to_sign_in(app):
    browser = app.test_client()
    for url, method, open_to in addresses(app):
        if open_to != access.ANYONE:
            page = browser.open(url, method=method)
            assert page.status_code == 302, (url, method, page.status_code)
            assert page.headers["Location"].startswith("/sign-in"), url


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_own_pages_and_no_others(app, everybody, browse, role):
    browser = browse(everybody[role])
    for url, method, open_to in addresses(app):
        if url in ("/sign-out", "/account/sessions/end"):
            continue
        status = browser.open(url, method=method).status_code
        if open_to == access.ANYONE or role in open_to:
            assert status not in (401, 403) and status < 500, (url, method, status)
        else:
            assert status == 403, (url, method, status)


def test_two_people_signed_in_at_once(browse, alice, office):
    resident, clerk = browse(alice), browse(office)
    assert clerk.get("/thresholds/").status_code == 200
    assert resident.get("/thresholds/").status_code == 403


def test_a_head_request_changes_nothing(app, browse, office):
    browser = browse(office)
    for url, method, _open_to in addresses(app):
        if method == "POST":
            assert browser.head(url).status_code in (200, 302, 403, 404, 405), url
