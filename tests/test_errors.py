"""What somebody sees when something is the case that a page cannot show."""

import io

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from tests.research.conftest import PDF, typed
from trainingbase.db import db
from trainingbase.research.models import Work


@pytest.fixture
def overtaken():
    """What somebody else did first: the database refuses once."""
    left = [IntegrityError("", {}, Exception("UNIQUE constraint failed: rows.key"))]

    def refuse(*_args):
        if left:
            raise left.pop()

    return refuse


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


def test_who_was_overtaken_loses_none_of_the_files(browse, alice, overtaken):
    browser = browse(alice)
    files = [(io.BytesIO(PDF), "a.pdf"), (io.BytesIO(PDF + b"%"), "b.pdf")]
    event.listen(db.session, "before_commit", overtaken)
    try:
        answer = browser.post("/research/new", data=typed(form_key="k", evidence=files))
    finally:
        event.remove(db.session, "before_commit", overtaken)
    assert answer.status_code == 302
    [work] = db.session.query(Work)
    assert [one.file.size for one in work.evidence] == [len(PDF), len(PDF) + 1]


def test_a_check_that_was_overtaken_is_made_again(app, client, overtaken):
    checks = app.before_request_funcs[None]
    checks.insert(0, overtaken)
    try:
        answer = client.get("/account")
    finally:
        checks.remove(overtaken)
    assert answer.status_code == 302
    assert "/sign-in" in answer.location
