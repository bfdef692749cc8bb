"""What somebody sees when something is the case that a page cannot show."""

from sqlalchemy import text

from trainingbase.db import db


def test_a_page_that_is_not_there_says_so_to_everybody(app, client, browse, alice):
    assert client.get("/nothing").status_code == 404
    assert browse(alice).get("/nothing").status_code == 404


def test_a_refused_page_says_who_may_open_it(browse, alice):
    page = browse(alice).get("/thresholds/")
    assert page.status_code == 403
    assert "Training office" in page.text


def test_a_broken_database_is_told_plainly_and_not_in_a_trace(app, browse, alice):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    browser = browse(alice)
    try:
        db.session.execute(text("ALTER TABLE sign_ins RENAME TO lost"))
        db.session.commit()
        page = browser.get("/account")
        assert page.status_code == 500
        assert "Traceback" not in page.text
        assert "sign_ins" not in page.text
    finally:
        db.session.execute(text("ALTER TABLE lost RENAME TO sign_ins"))
        db.session.commit()
        app.config["PROPAGATE_EXCEPTIONS"] = None


def test_every_answer_carries_the_policy(client):
    for address in ("/sign-in", "/nothing", "/account"):
        headers = client.get(address).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"], address
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
    with client.get("/static/css/tokens.css") as asset:
        assert asset.headers["X-Content-Type-Options"] == "nosniff"
