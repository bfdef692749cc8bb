"""Sent by several screens at the same moment: one thing is made, and everybody is answered."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask.testing import FlaskClient

from trainingbase.db import db
from trainingbase.enrolment.models import Contract
from trainingbase.incentives.models import PlaceAccount
from trainingbase.rotations.models import Plan
from trainingbase.sites.models import Agreement, Department, Institution

SCREENS = 6


@pytest.fixture
def send(app, browse, office):
    """`send(path, data)`: the status of each screen's answer; `data` by the screen's number."""

    def sent(path, data) -> list[int]:
        cookie = browse(office).get_cookie("trainingbase").value
        db.session.commit()
        ready = Barrier(SCREENS)

        def post(number):
            client = FlaskClient(app, app.response_class)
            client.set_cookie("trainingbase", cookie)
            ready.wait()
            return client.post(path, data=data(number)).status_code

        with ThreadPoolExecutor(SCREENS) as screens:
            return list(screens.map(post, range(SCREENS)))

    return sent


def skin(county) -> dict[str, str]:
    return {
        "name": "Skin",
        "most": "2",
        "fewest": "0",
        "standards": str(county.standards["Medicine"].id),
    }


def test_one_institution(send):
    answers = {"name": "Reed Township", "level": "township", "form_key": "k"}
    assert send("/sites/new", lambda _number: answers) == [302] * SCREENS
    assert db.session.query(Institution).filter_by(name="Reed Township").count() == 1


def test_one_department(send, county):
    path = f"/sites/{county.lead.id}/departments/new"
    answers = skin(county) | {"form_key": "k"}
    assert send(path, lambda _number: answers) == [302] * SCREENS
    assert db.session.query(Department).filter_by(name="Skin").count() == 1


def test_one_agreement(send, county):
    answers = {
        "number": "A 7", "signed_on": "2026-01-05", "starts_on": "2026-02-01",
        "ends_on": "2027-01-31", "form_key": "k",
    }  # fmt: skip
    path = f"/sites/{county.township.id}/agreements/new"
    assert send(path, lambda _number: answers) == [302] * SCREENS
    assert db.session.query(Agreement).count() == 1


def test_of_two_departments_of_one_name_one_is_made(send, county):
    path, answers = f"/sites/{county.lead.id}/departments/new", skin(county)
    statuses = send(path, lambda number: answers | {"form_key": f"k{number}"})
    assert sorted(set(statuses)) in ([200, 302], [302, 422], [302, 409])
    assert db.session.query(Department).filter_by(name="Skin").count() == 1


def test_one_contract(send, alice_resident):
    answers = {
        "number": "C 1", "signed_on": "2026-08-20", "starts_on": "2026-09-01",
        "last_day": "2027-08-31", "payer": "base", "form_key": "k",
    }  # fmt: skip
    path = f"/residents/{alice_resident.id}/contracts/new"
    assert send(path, lambda _number: answers) == [302] * SCREENS
    assert db.session.query(Contract).count() == 1


def test_of_many_accounts_for_one_site_one_is_kept_and_the_others_see_it(send, county):
    path = f"/incentives/places/site/{county.township.id}/account"
    answers = {"bank": "农行", "number": "62220212345678", "version": ""}
    statuses = send(path, lambda number: answers | {"holder": f"户 {number}"})
    assert sorted(statuses) == [302] + [409] * (SCREENS - 1)
    assert db.session.query(PlaceAccount).count() == 1


def test_one_copy_of_a_plan(send, plan_in_force):
    path, answers = f"/rotations/plans/{plan_in_force.id}/copy", {"title": "C", "form_key": "k"}
    assert send(path, lambda _number: answers) == [302] * SCREENS
    assert db.session.query(Plan).filter_by(title="C").count() == 1
