"""The office opens rounds, sees who answered, reminds, and answers for somebody."""

import csv
import io

import pytest

from tests.cast import resident
from tests.wishes.conftest import LATER, NOW
from tests.wishes.test_answering import told, typed
from trainingbase.db import db
from trainingbase.wishes import actions, queries
from trainingbase.wishes.models import Round, RoundClosed


def asked_for(county, riverside, **more):
    return {
        "title": "Spring",
        "cohorts": [str(county.cohort.id)],
        "starts_on": "2027-03",
        "months": "12",
        "last_day": "2026-12-10",
        "most_wishes": "3",
        "weight": "3",
        "most_sites": "2",
        "site_weight": "1",
        "standards": [str(county.standards["Surgery"].id)],
        "institutions": [str(riverside.id)],
    } | more


def test_the_office_opens_a_round(browse, office, alice, county, riverside):
    browser = browse(office)
    assert browser.get("/wishes/rounds/new").status_code == 200
    sent = browser.post("/wishes/rounds/new", data=asked_for(county, riverside))
    assert sent.status_code == 302
    [made] = db.session.query(Round)
    assert (str(made.starts_on), str(made.ends_on)) == ("2027-03-01", "2028-03-01")
    assert str(made.closes_on) == "2026-12-11"
    assert [one.name for one in made.institutions] == ["Riverside"]
    assert told(alice) == ["wishes-asked"]


@pytest.mark.parametrize(
    "wrong",
    [{"cohorts": []}, {"last_day": "2026-11-01"}, {"weight": "21"}, {"months": "0"}],
)
def test_a_round_that_cannot_be_is_not_opened(browse, office, county, riverside, wrong):
    browse(office).post("/wishes/rounds/new", data=asked_for(county, riverside, **wrong))
    assert db.session.query(Round).count() == 0


def test_the_office_sees_who_answered_and_who_did_not(opened, browse, county, office, alice, bob):
    asked = opened()
    browse(alice).post("/wishes/mine", data=typed(county))
    browser = browse(office)
    page = browser.get(f"/wishes/rounds/{asked.id}").text
    assert "Surgery from Jan 2027 to Feb 2027" in page and "My sister marries" in page
    silent = browser.get(f"/wishes/rounds/{asked.id}?state=silent").text
    assert "Bob" in silent and "Alice" not in silent
    assert "Alice" in browser.get(f"/wishes/rounds/{asked.id}?search=Ali").text


def test_the_answers_are_exported(opened, browse, county, auditor, alice, bob):
    asked = opened()
    browse(alice).post("/wishes/mine", data=typed(county))
    content = browse(auditor).get(f"/wishes/rounds/{asked.id}/export/csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert [row[0] for row in rows[1:]] == ["Alice", "Bob"]
    assert rows[1][4] == "Surgery from Jan 2027 to Feb 2027"
    assert rows[2][2] == "Not answered"


def test_only_those_who_are_silent_are_reminded_and_once_a_day(
    opened, browse, county, office, alice, bob
):
    asked = opened()
    browse(alice).post("/wishes/mine", data=typed(county))
    browser = browse(office)
    for _ in range(2):
        browser.post(f"/wishes/rounds/{asked.id}/reminder")
    assert told(alice) == ["wishes-asked"]
    assert told(bob) == ["wishes-asked", "wishes-wanted"]
    assert "30 Nov 2026" in browse(bob).get("/notices/").text
    with pytest.raises(RoundClosed):
        actions.remind(queries.round_by_id(asked.id), by=office, at=LATER)


def test_the_office_answers_for_somebody_and_it_is_marked(
    opened, browse, county, office, alice, alice_resident, monkeypatch
):
    asked = opened()
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-12-05")
    address = f"/wishes/rounds/{asked.id}/residents/{alice_resident.id}"
    browser = browse(office)
    assert browser.get(address).status_code == 200
    assert browser.post(address, data=typed(county)).status_code == 302
    assert told(alice) == ["wishes-asked", "wishes-entered"]
    assert "Entered by Wu" in browse(alice).get("/wishes/mine").text
    assert browser.get("/wishes/rounds/987654/residents/1").status_code == 404
    assert browser.get(f"/wishes/rounds/{asked.id}/residents/987654").status_code == 404


def test_the_deadline_moves(opened, browse, office, alice):
    asked = opened()
    browser = browse(office)
    address = f"/wishes/rounds/{asked.id}/deadline"
    browser.post(address, data={"last_day": "2026-12-20", "version": "1"})
    assert str(queries.round_by_id(asked.id).closes_on) == "2026-12-21"
    assert told(alice) == ["wishes-asked", "wishes-deadline"]
    stale = browser.post(address, data={"last_day": "2026-12-01", "version": "1"})
    assert stale.status_code == 409


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(
    opened, browse, county, office, alice, statements
):
    asked = opened()
    browser = browse(office)
    browse(alice).post("/wishes/mine", data=typed(county))
    pages = ("/wishes/rounds", f"/wishes/rounds/{asked.id}", "/wishes/rounds/new")
    few = [statements(lambda page=page: browser.get(page)) for page in pages]
    for number in range(20):
        someone = resident(f"R{number}", county, f"11010120000101{number:04}")
        actions.keep_wishes(
            asked,
            someone,
            actions.Given(word=str(number)),
            version=None,
            by=someone.person,
            at=NOW,
        )
        opened(title=f"Round {number}")
    many = [statements(lambda page=page: browser.get(page)) for page in pages]
    assert [b - a for a, b in zip(few, many, strict=True)] == [0, 0, 0]
