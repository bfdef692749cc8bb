"""What every answer carries, whatever it answers."""

import pytest

from tests.conftest import SETTINGS
from trainingbase.app import create_app
from trainingbase.db import db

ALWAYS = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sign-in", 200), ("/", 302), ("/nothing", 404), ("/sign-out", 405),
        ("/static/css/tokens.css", 200), ("/static/nothing.css", 404), ("/static/mark.svg", 200),
        ("/calendar/1-1-x.ics", 404),
    ],
)  # fmt: skip
def test_every_answer_carries_the_policy_and_no_inline_script(client, address, status):
    with client.get(address) as answer:
        assert answer.status_code == status
        for name, value in ALWAYS.items():
            assert answer.headers[name].startswith(value), name
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/account", "/nothing", "/static/nothing.css", "/audit/"])
def test_a_page_with_the_viewers_name_is_kept_by_no_cache(browse, alice, address):
    assert browse(alice).get(address).headers["Cache-Control"] == "no-store"


def test_cookies_are_kept_from_scripts_and_from_other_sites(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_under_tls_the_cookie_and_the_portal_are_never_sent_in_the_clear(app):
    secure = create_app(SECURE_COOKIES=True, DATABASE_URL=app.config["DATABASE_URL"], **SETTINGS)
    answer = secure.test_client().get("/sign-in", base_url="https://portal.example")
    with secure.app_context():
        db.session.remove()
        db.engine.dispose()
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-trainingbase=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]
