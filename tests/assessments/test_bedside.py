"""A resident asks at the bedside: who stands there opens the form, and nobody else."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.assessments.conftest import RATINGS, form_data
from tests.conftest import SETTINGS
from trainingbase.assessments.models import Request, Submission
from trainingbase.clock import real_now
from trainingbase.codes import Code
from trainingbase.db import db

URL = "/assessments/bedside/mini_cex"


@pytest.fixture
def link(browse, alice, with_mei):
    """What stands on Alice's phone."""
    page = browse(alice).get(URL).text
    return re.search(r'href="http://localhost(/assessments/scanned/[^"]+)"', page)[1]


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_teacher_scans_and_fills_in_the_form_as_one_that_was_asked(browse, chen, alice, link):
    teacher = browse(chen)  # teaches elsewhere, and is on duty here
    page = teacher.get(link)
    assert page.status_code == 200 and "Alice" in page.text and count(Request) == 0
    opened = teacher.post(link)
    assert opened.status_code == 302
    asked = db.session.scalars(select(Request)).one()
    assert (asked.assessor_id, asked.asked_by_id) == (chen.id, alice.id)
    again = teacher.post(link)
    assert again.headers["Location"] == opened.headers["Location"] and count(Request) == 1
    assert teacher.get(opened.headers["Location"]).status_code == 200
    sent = teacher.post(opened.headers["Location"], data=form_data(RATINGS))
    assert sent.status_code == 302
    one = db.session.scalars(select(Submission)).one()
    assert one.request_id == asked.id and one.assessor_id == chen.id
    assert teacher.post(link).status_code == 302 and count(Request) == 1


def test_a_code_is_good_for_its_form_and_its_resident_only(browse, mei, link, placed, bob_resident,
                                                           county, mei_member):  # fmt: skip
    other = placed(bob_resident, county.medicine, date(2026, 11, 1), date(2026, 12, 1), mei_member)
    teacher = browse(mei)
    *_start, placement, form, code = link.split("/")
    for forged in (
        link.replace("/mini_cex/", "/dops/"),
        f"/assessments/scanned/{other.id}/{form}/{code}",
        f"/assessments/scanned/{placement}/{form}/{'0' * 20}",
    ):
        for page in (teacher.get(forged), teacher.post(forged)):
            assert page.status_code == 410
    assert teacher.get(link.replace("/mini_cex/", "/exit_assessment/")).status_code == 404
    assert count(Request) == 0


def test_an_old_code_opens_nothing(browse, mei, link, with_mei):
    code = Code(
        secret=SETTINGS["SECRET_KEY"],
        purpose="ask at the bedside",
        subject=f"{with_mei.id} mini_cex",
        seconds=60,
    )
    path = link.rsplit("/", 1)[0]
    assert browse(mei).get(f"{path}/{code.at(real_now())}").status_code == 200
    old = code.at(real_now() - timedelta(minutes=3))
    for page in (browse(mei).get(f"{path}/{old}"), browse(mei).post(f"{path}/{old}")):
        assert page.status_code == 410
    assert count(Request) == 0


def test_strangers_and_residents_open_no_form(app, browse, alice, bob, link):
    assert app.test_client().get(link).headers["Location"].startswith("/sign-in")
    for person in (alice, bob):
        assert browse(person).get(link).status_code == 403


def test_who_is_nowhere_is_told_so(browse, bob, bob_resident):
    browser = browse(bob)
    assert "You are nowhere today" in browser.get("/assessments/bedside").text
    assert browser.get(URL).status_code == 302


def test_the_picture_is_of_the_code_of_now(browse, alice, link):
    browser = browse(alice)
    code = link.rsplit("/", 1)[1]
    assert browser.get(f"{URL}/{code}.svg").mimetype == "image/svg+xml"
    assert browser.get(f"{URL}/{'0' * 20}.svg").status_code == 404
    assert "qr" in browser.get(f"{URL}?part=1").text
