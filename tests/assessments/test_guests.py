"""Guests answer once, by a link of their own, and nobody else by it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.assessments.conftest import NOW, TODAY
from tests.conftest import SETTINGS
from trainingbase.assessments.actions import guests as actions
from trainingbase.assessments.models import GuestLink, GuestTry, LinkClosed, Submission
from trainingbase.assessments.queries import guests as queries
from trainingbase.assessments.tokens import hash_of, new_nonce, token_of
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.instruments.models import Instrument, Item
from trainingbase.notices.models import Notice
from trainingbase.people.models import Person

SECRET = SETTINGS["SECRET_KEY"]


def rating(position, code, name, **more):
    return Item(
        position=position, code=code, name=name, name_en=name, kind="rating", lowest=1, highest=5,
        is_required=True, may_be_unobserved=True, **more,
    )  # fmt: skip


@pytest.fixture
def nurse_form(county):
    form = Instrument(
        code="nurse_on_resident", version="base-1", origin="base", name="护士评价",
        name_en="By a nurse", assessor="nurse", source="—", confidence="S", is_in_use=True,
        is_once=False, published_at=NOW,
        items=[
            rating(0, "N1", "Team"),
            rating(1, "N2", "Handover"),
            Item(position=2, code="N3", name="Comment", name_en="Comment", kind="text"),
        ],
    )  # fmt: skip
    db.session.add(form)
    db.session.commit()
    return form


@pytest.fixture
def issued(with_mei, nurse_form, office):
    """`issued(each=2)`: links about Alice."""

    def issue(**more):
        return actions.issue(
            **{
                "instrument": nurse_form, "placements": [with_mei], "each": 1,
                "identity": "printed", "expires_on": TODAY + timedelta(days=14), "batch": "b1",
                "secret": SECRET, "by": office, "at": NOW, **more,
            }
        )  # fmt: skip

    return issue


def address(link):
    return f"/g/{token_of(SECRET, link.nonce)}"


ANSWER = {"N1": "4", "N2": "not_observed", "N3": "Calm at night.", "guest_name": "Nurse Bai"}


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_nurse_answers_by_the_link_and_it_dies(app, issued, alice, browse):
    (link,) = issued()
    phone = app.test_client()
    page = phone.get(address(link))
    assert (page.status_code == 200 and "not anonymous" in page.text.lower()) or "匿名" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    sent = phone.post(address(link), data=ANSWER)
    assert sent.status_code == 302 and sent.headers["Location"].startswith("/g/thanks")
    one = db.session.scalars(select(Submission)).one()
    assert one.assessor.is_guest and one.assessor.name == "Nurse Bai" and one.observed_on == TODAY
    assert db.session.get(GuestLink, link.id).submission_id == one.id
    assert phone.get(address(link)).status_code == 410
    hers = browse(alice).get(f"/assessments/feedback/{one.id}").text
    assert "Nurse Bai" in hers and "Calm at night." in hers and "guest" in hers
    acts = {entry.act: entry for entry in db.session.scalars(select(Entry))}
    assert acts["answer-by-link"].details["identity"] == "printed"
    assert acts["issue-guest-link"].by_id and acts["submit-assessment"].by_id == one.assessor_id


def test_nothing_of_the_token_is_kept(issued):
    (link,) = issued()
    token = token_of(SECRET, link.nonce)
    assert len(token) == 27 and link.token_hash == hash_of(token)
    everything = str([str(vars(row)) for row in db.session.scalars(select(GuestLink))])
    everything += str([entry.details for entry in db.session.scalars(select(Entry))])
    assert token not in everything
    assert token_of("another key", link.nonce) != token


def test_opening_a_link_changes_nothing(app, issued):
    (link,) = issued()
    before = count(Entry)
    phone = app.test_client()
    for _again in range(3):
        assert phone.get(address(link)).status_code == 200
        assert phone.head(address(link)).status_code == 200
    assert "Set-Cookie" not in phone.get(address(link)).headers
    assert (count(Entry), count(Submission), count(GuestTry)) == (before, 0, 0)
    assert db.session.get(GuestLink, link.id).used_at is None


def test_a_replayed_answer_is_not_taken_again(app, issued):
    (link,) = issued()
    assert app.test_client().post(address(link), data=ANSWER).status_code == 302
    for _again in range(2):
        again = app.test_client().post(address(link), data={**ANSWER, "N1": "1"})
        assert again.status_code == 410
    assert count(Submission) == 1


def test_of_eight_at_once_one_wins(app, issued):
    (link,) = issued()
    url = address(link)

    def send(mark):
        phone = FlaskClient(app, use_cookies=False)  # each thread in a context of its own
        return phone.post(url, data={**ANSWER, "N1": str(mark % 5 + 1)}).status_code

    db.session.remove()
    with ThreadPoolExecutor(8) as pool:
        got = sorted(pool.map(send, range(8)))
    assert got == [302] + [410] * 7
    assert count(Submission) == 1
    assert db.session.scalar(select(func.count()).where(Person.is_guest)) == 1


def test_forged_links_open_nothing(app, issued, with_mei):
    (link,) = issued()
    token = token_of(SECRET, link.nonce)
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token.swapcase(),
        token_of("guessed", link.nonce),
        link.token_hash,
        link.nonce,
        token + "A",
        "A" * 27,
        "..%2f..",
        str(link.id),
    ]
    phone = app.test_client()
    for one in forged:
        assert phone.get(f"/g/{one}").status_code == 404, one
        assert phone.post(f"/g/{one}", data=ANSWER).status_code == 404, one
    assert count(Submission) == 0


def test_guessing_is_slowed_down_and_known_in_the_database(app, issued):
    (link,) = issued()
    phone = app.test_client()
    for number in range(20):
        assert phone.post(f"/g/{'B' * 25}{number:02}", data=ANSWER).status_code == 404
    assert phone.post(f"/g/{'B' * 27}", data=ANSWER).status_code == 429
    assert phone.post(address(link), data=ANSWER).status_code == 429
    assert count(GuestTry) == 20
    other = app.test_client().post(
        address(link), data=ANSWER, environ_base={"REMOTE_ADDR": "10.1.1.9"}
    )
    assert other.status_code == 302
    actions.forget_tries(at=NOW + timedelta(days=400))
    assert count(GuestTry) == 0


def test_an_expired_a_revoked_and_a_cancelled_one_do_not_open(app, issued, office, with_mei):
    old, gone, moved = issued(each=3)
    old.expires_on = TODAY
    db.session.commit()
    actions.revoke(gone, by=office, at=NOW)
    with pytest.raises(LinkClosed):
        actions.revoke(gone, by=office, at=NOW)
    phone = app.test_client()
    for link in (old, gone):
        assert phone.get(address(link)).status_code == 410
        assert phone.post(address(link), data=ANSWER).status_code == 410
    with_mei.cancelled_at = NOW
    db.session.commit()
    assert phone.post(address(moved), data=ANSWER).status_code == 410
    assert count(Submission) == 0 and count(GuestTry) == 3


def test_the_link_decides_about_whom_not_what_is_sent(
    app, issued, placed, bob_resident, county, mei_member
):
    (link,) = issued()
    about_bob = placed(
        bob_resident, county.medicine, date(2026, 11, 1), date(2026, 12, 1), mei_member
    )
    (other,) = issued(placements=[about_bob], batch="b2")
    data = {**ANSWER, "placement_id": about_bob.id, "resident_id": bob_resident.id,
            "instrument_id": 1, "form_key": f"guest-link-{other.id}", "assessor_id": 1}  # fmt: skip
    assert app.test_client().post(address(link), data=data).status_code == 302
    one = db.session.scalars(select(Submission)).one()
    assert one.placement_id == link.placement_id
    assert app.test_client().get(address(other)).status_code == 200


def test_what_is_missing_is_said_at_the_field_and_the_link_lives(app, issued):
    (link,) = issued()
    page = app.test_client().post(address(link), data={"N2": "3"})
    assert page.status_code == 422
    assert 'id="N1-error"' in page.text and 'id="guest_name-error"' in page.text
    assert count(Submission) == 0
    assert db.session.scalar(select(func.count()).where(Person.is_guest)) == 0
    assert app.test_client().post(address(link), data=ANSWER).status_code == 302


def test_it_works_over_https_without_referrer_and_without_cookies(app, issued):
    (link,) = issued()
    phone = app.test_client(use_cookies=False)
    sent = phone.post(address(link), data=ANSWER, base_url="https://base.example")
    assert sent.status_code == 302


def test_a_patient_is_asked_no_name_in_large_type(app, issued, nurse_form):
    form = Instrument(
        code="patient_on_resident", version="base-1", origin="base", name="患者", name_en="Patient",
        assessor="patient", source="—", confidence="S", is_once=False, published_at=NOW,
        items=[rating(0, "P1", "Listened")],
    )  # fmt: skip
    db.session.add(form)
    db.session.commit()
    (link,) = issued(instrument=form, batch="p")
    page = app.test_client().get(address(link) + "?language=en").text
    assert "guest large" in page and "guest_name" not in page and 'lang="en"' in page
    assert app.test_client().post(address(link), data={"P1": "5"}).status_code == 302
    one = db.session.scalars(select(Submission)).one()
    assert (one.assessor.name, one.assessor.name_en) == ("患者", "Patient")


def test_the_same_form_sent_twice_issues_once(issued):
    assert [one.id for one in issued(each=3)] == [one.id for one in issued(each=3)]
    assert count(GuestLink) == 3
    with pytest.raises(actions.TooMany):
        issued(each=201, batch="many")


def test_the_office_issues_for_a_department_prints_and_revokes(
    browse, office, secretary, with_mei, nurse_form, county
):
    browser = browse(office)
    page = browser.post(
        "/assessments/guests/new",
        data={"instrument": nurse_form.id, "department": county.medicine.id, "each": 2,
              "identity": "printed", "last_on": "2026-11-30", "form_key": "k"},
    )  # fmt: skip
    assert page.status_code == 302
    sheets = browser.get(page.headers["Location"]).text
    found = re.findall(r'href="http://localhost(/g/[\w-]{27})"', sheets)
    assert len(set(found)) == 2
    paper = browser.get(page.headers["Location"].replace("/sheets?", "/sheets.pdf?"))
    assert paper.mimetype == "application/pdf" and paper.data.startswith(b"%PDF")
    links = db.session.scalars(select(GuestLink).order_by(GuestLink.id)).all()
    assert {one.expires_on for one in links} == {date(2026, 12, 1)}
    picture = browser.get(f"/assessments/guests/{links[0].id}/code.svg")
    assert picture.mimetype == "image/svg+xml" and b"<svg" in picture.data
    listed = browse(secretary).get("/assessments/guests?state=open").text
    assert listed.count("Sheet") >= 2
    assert browser.post(f"/assessments/guests/{links[0].id}/revocation").status_code == 302
    assert browser.get(f"/assessments/guests/{links[0].id}/code.svg").status_code == 404
    csv = browser.get("/assessments/guests/export/csv").data.decode("utf-8-sig")
    assert "Revoked" in csv and csv.count("\n") >= 3
    assert browser.get("/assessments/guests/export/xlsx").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("each", "0"), ("each", "x"), ("last_on", "2026-11-21"), ("last_on", "2028-01-01"),
     ("identity", "sworn"), ("instrument", "0"), ("department", "0")],
)  # fmt: skip
def test_what_cannot_be_issued_is_said_at_the_field(
    browse, office, with_mei, nurse_form, county, field, value
):
    data = {"instrument": nurse_form.id, "department": county.medicine.id, "each": 1,
            "identity": "printed", "last_on": "2026-11-30", "form_key": "k"}  # fmt: skip
    page = browse(office).post("/assessments/guests/new", data={**data, field: value})
    assert page.status_code == 422 and f'id="{field}-error"' in page.text
    assert count(GuestLink) == 0


def test_nobody_touches_links_of_a_foreign_department(
    browse, secretary, coordinator, issued, placed, bob_resident, county, mei_member
):
    there = placed(bob_resident, county.surgery, date(2026, 11, 1), date(2026, 12, 1), mei_member)
    (link,) = issued(placements=[there], batch="s")
    for person in (secretary, coordinator):
        browser = browse(person)
        assert browser.get(f"/assessments/guests/{link.id}/code.svg").status_code == 404
        assert browser.get(f"/assessments/guests/sheets?link={link.id}").status_code == 404
        assert browser.get("/assessments/guests/sheets?batch=s").status_code == 404
        assert browser.get(f"/assessments/guests/sheets?link={'9' * 30}").status_code == 404
        assert browser.get("/assessments/guests/sheets.pdf?batch=s").status_code == 404
        assert browser.post(f"/assessments/guests/{link.id}/revocation").status_code == 404
        assert "Bob" not in browser.get("/assessments/guests").text
        url = f"/assessments/placements/{there.id}/guests/new"
        assert browser.get(url).status_code == 404


def test_whoever_issued_is_reminded_once_where_a_contact_is_known(issued, office):
    issued(name="Bai", contact="13800000000", batch="c")
    issued(batch="d")
    for day in (1, 3, 5, 6, 9):
        at = NOW + timedelta(days=day)
        actions.remind_of_guests(today=TODAY + timedelta(days=day), at=at)
    kinds = db.session.scalars(select(Notice.kind).where(Notice.person_id == office.id)).all()
    assert kinds.count("guest-waits") == 1


def test_a_guest_is_in_no_list_of_people(app, issued, browse, office):
    (link,) = issued()
    app.test_client().post(address(link), data=ANSWER)
    browser = browse(office)
    assert "Nurse Bai" not in browser.get("/accounts?search=Bai").text
    guest = db.session.scalars(select(Person).where(Person.is_guest)).one()
    assert browser.get(f"/accounts/people/{guest.id}/new").status_code == 404


def test_the_list_asks_as_much_for_ten_as_for_two_hundred(issued, browse, office, statements):
    issued(each=5, batch="few")
    browser = browse(office)
    few = statements(lambda: browser.get("/assessments/guests"))
    issued(each=190, batch="more")
    assert statements(lambda: browser.get("/assessments/guests")) == few


def test_nonces_do_not_repeat():
    assert len({new_nonce() for _again in range(200)}) == 200


def test_an_exit_form_is_given_to_no_guest(county, nurse_form):
    codes = [one.code for one in queries.guest_forms()]
    assert codes[0] == "nurse_on_resident" and "exit_assessment" not in codes
    assert "teaching_round" not in codes and "mini_cex" in codes
