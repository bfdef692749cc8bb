"""A graduate answers with one tap, by a link of their own, and nobody else by it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.careers.conftest import NOW, SECRET, TODAY, address
from trainingbase.assessments.models import GuestTry
from trainingbase.careers.actions import following as actions
from trainingbase.careers.models import Employment, FollowUp, LinkClosed
from trainingbase.careers.queries import following as queries
from trainingbase.careers.tokens import hash_of, token_of
from trainingbase.db import db
from trainingbase.notices.models import Notice


def answered(task):
    db.session.expire_all()
    return db.session.get_one(FollowUp, task.id).answer


def test_the_task_is_made_on_the_day_and_once(finished, office):
    assert actions.make_tasks(today=TODAY - timedelta(days=1), at=NOW) == 0
    for _again in range(2):
        actions.make_tasks(today=TODAY, at=NOW)
    (one,) = db.session.scalars(select(FollowUp)).all()
    assert (one.months, one.due_on) == (6, TODAY)
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 1


def test_who_finished_long_ago_is_not_asked_of_everything_at_once(carol_resident):
    assert actions.make_tasks(today=TODAY, at=NOW) == 0


def test_one_tap_confirms_and_the_link_dies(app, linked, finished, county, worked):
    now = worked(finished, county.township, date(2026, 6, 1))
    now.confirmed_on = date(2026, 6, 1)
    db.session.commit()
    phone = app.test_client()
    page = phone.get(address(linked))
    assert "Willow Township" in page.text and "C＊＊" in page.text
    assert "Carol" not in page.text
    for header, value in (("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store")):
        assert page.headers[header] == value
    assert answered(linked) is None, "opening changes nothing"
    assert phone.post(address(linked), data={"answer": "still"}).status_code == 302
    assert answered(linked) == "still"
    assert db.session.get_one(Employment, now.id).confirmed_on == TODAY
    again = phone.post(address(linked), data={"answer": "none"})
    assert again.status_code == 410 and answered(linked) == "still"


def test_who_moved_says_where_and_the_office_decides(
    app, browse, office, linked, finished, county, worked
):
    before = worked(finished, county.township, date(2026, 6, 1))
    sent = app.test_client().post(
        address(linked),
        data={"answer": "moved", "employer": "City Hospital", "since_on": "2026-10-01",
              "left_why": "pay"},
    )  # fmt: skip
    assert sent.status_code == 302
    new = db.session.scalars(select(Employment).where(Employment.source == "link")).one()
    assert (new.state, new.employer, new.entered_by_id) == ("waiting", "City Hospital", None)
    kinds = list(db.session.scalars(select(Notice.kind)))
    assert "graduate-answered" in kinds and "employment-claimed" in kinds
    browse(office).post(
        f"/careers/employment/{new.id}/decision", data={"granted": "yes", "version": 1}
    )
    db.session.refresh(before)
    assert (before.ends_on, before.left_why) == (date(2026, 10, 1), "pay")


def test_what_cannot_be_entered_is_kept_as_a_note(app, linked, finished, county, worked):
    worked(finished, county.township, date(2026, 6, 1), date(2026, 11, 1))
    data = {"answer": "moved", "employer": "City Hospital", "since_on": "2026-08-01"}
    assert app.test_client().post(address(linked), data=data).status_code == 302
    assert answered(linked) == "moved"
    assert db.session.get_one(FollowUp, linked.id).note == "City Hospital"
    assert db.session.scalar(select(func.count()).select_from(Employment)) == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"answer": "unreached"},
        {"answer": "still"},
        {"answer": "moved"},
        {"answer": "moved", "employer": "x", "institution_id": "1"},
        {"answer": "moved", "institution_id": "987654"},
        {"answer": "moved", "employer": "x", "since_on": "2027-01-01"},
        {"answer": "moved", "employer": "x" * 121},
    ],
)
def test_what_is_no_answer_changes_nothing(app, linked, data):
    """Nobody works anywhere yet, so that “still” is none either."""
    assert app.test_client().post(address(linked), data=data).status_code == 422
    assert answered(linked) is None


def test_an_expired_a_revoked_and_an_old_link_open_nothing(app, linked, office):
    phone, old = app.test_client(), address(linked)
    actions.revoke(linked, by=office, at=NOW)
    assert phone.get(old).status_code == 410
    assert phone.post(old, data={"answer": "none"}).status_code == 410
    with pytest.raises(LinkClosed):
        actions.revoke(linked, by=office, at=NOW)
    actions.make_links([linked], secret=SECRET, by=office, at=NOW)
    assert phone.get(old).status_code == 404, "a new link kills the one before"
    new = address(linked)
    assert phone.get(new).status_code == 200
    linked.expires_on = TODAY
    db.session.commit()
    assert phone.get(new).status_code == 410
    assert phone.post(new, data={"answer": "none"}).status_code == 410
    assert answered(linked) is None


def test_guessing_is_slowed_down(app, linked):
    phone = app.test_client()
    for n in range(60):
        page = phone.post(f"/w/{'A' * 26}{n % 10}", data={"answer": "none"})
        if page.status_code == 429:
            break
    assert page.status_code == 429
    assert db.session.scalar(select(func.count()).select_from(GuestTry)) <= n
    assert phone.post(address(linked), data={"answer": "none"}).status_code == 429
    assert answered(linked) is None


@pytest.mark.parametrize("token", ["x", "A" * 27, "é" * 27, "A" * 5000, "..%2f", "thanks%00"])
def test_odd_tokens_are_no_link(app, linked, token):
    assert app.test_client().get(f"/w/{token}").status_code in (404, 308)


def test_a_guests_token_and_another_graduates_do_not_serve(app, linked, bob_resident, office):
    from trainingbase.assessments.tokens import token_of as guests_token

    phone = app.test_client()
    assert phone.get(f"/w/{guests_token(SECRET, linked.nonce)}").status_code == 404
    assert phone.get(f"/w/{linked.nonce[:27]}").status_code == 404
    assert phone.get(f"/w/{linked.token_hash}").status_code == 404
    other = FollowUp(resident_id=bob_resident.id, months=0, due_on=TODAY, made_at=NOW)
    db.session.add(other)
    db.session.commit()
    actions.make_links([other], secret=SECRET, by=office, at=NOW)
    phone.post(address(other), data={"answer": "none"})
    assert (answered(other), answered(linked)) == ("none", None)


def test_the_token_is_not_kept(linked):
    token = token_of(SECRET, linked.nonce)
    kept = [str(getattr(linked, one.key)) for one in FollowUp.__table__.columns]
    assert token not in kept and hash_of(token) in kept
    assert token_of("another key", linked.nonce) != token


def test_two_answers_at_the_same_moment_are_one(app, linked):
    url = address(linked)

    def tap(answer):
        return FlaskClient(app, app.response_class).post(url, data={"answer": answer}).status_code

    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(tap, ["none", "none"]))
    assert codes == [302, 410] and answered(linked) == "none"


def test_only_the_office_sees_links_and_the_auditor_does_not(
    browse, linked, office, auditor, carol, leader
):
    token = token_of(SECRET, linked.nonce)
    assert token in browse(office).get(f"/careers/follow-ups/{linked.id}").text
    assert token in browse(office).get("/careers/follow-ups/messages").text
    assert token not in browse(auditor).get(f"/careers/follow-ups/{linked.id}").text
    for person in (carol, leader):
        assert browse(person).get(f"/careers/follow-ups/{linked.id}").status_code == 403


def test_the_office_enters_what_it_found_out_and_takes_it_back(
    browse, office, task, finished, county
):
    clerk, path = browse(office), f"/careers/follow-ups/{task.id}"
    bad = clerk.post(f"{path}/answer", data={"answer": "moved"})
    assert bad.status_code == 422 and "one of both" in bad.text
    data = {"answer": "moved", "institution_id": county.township.id, "since_on": "2026-06-01"}
    assert clerk.post(f"{path}/answer", data=data).status_code == 302
    one = db.session.scalars(select(Employment)).one()
    assert (one.state, one.source) == ("approved", "office")
    assert clerk.post(f"{path}/answer", data=data).status_code == 302, "answered meanwhile"
    clerk.post(f"{path}/reopening")
    assert answered(task) is None
    again = clerk.post(f"{path}/answer", data=data)
    assert again.status_code == 422 and "overlaps another record" in again.text
    assert answered(task) is None


def test_links_for_all_at_once_and_lists(browse, office, task):
    clerk = browse(office)
    assert "(1)" in clerk.get("/careers/follow-ups").text
    clerk.post("/careers/follow-ups/links")
    assert queries.open_count(TODAY) == 0
    assert "Carol" in clerk.get("/careers/follow-ups?state=asked&months=6").text
    assert "Carol" not in clerk.get("/careers/follow-ups?state=answered").text
    assert clerk.get("/careers/follow-ups?months=abc&state=odd").status_code == 200
    assert clerk.get("/careers/follow-ups/export/csv").status_code == 200
