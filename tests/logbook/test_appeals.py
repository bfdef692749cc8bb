"""An appeal from the resident's page to the figure that honours it."""

import io
from datetime import date

import openpyxl
import pytest

from tests.cast import LONG_AGO, add
from trainingbase.db import db
from trainingbase.logbook.models import Appeal
from trainingbase.logbook.queries.completion import completion_of, placement_completions
from trainingbase.notices.models import Notice

WHERE = {"category": "disease", "item": "COPD"}


def ask(browser, stay, key="k", **more):
    return browser.post(
        f"/log/placements/{stay.id}/appeal",
        query_string=WHERE,
        data={"asked": 2, "reason": "No such ward here", "form_key": key} | more,
        follow_redirects=True,
    )


def appeals() -> list[Appeal]:
    return db.session.query(Appeal).order_by(Appeal.id).all()


def decide(browser, row, **more):
    data = {
        "granted": "waived",
        "eased": 2,
        "elsewhere": 0,
        "answer": "Agreed",
        "version": row.version,
    }
    return browser.post(f"/log/appeals/{row.id}/decision", data=data | more, follow_redirects=True)


def copd(completion):
    return next(line for line in completion.lines if line.item == "COPD")


@pytest.fixture
def row(stay, alice):
    return add(
        Appeal(
            resident_id=stay.resident_id,
            placement_id=stay.id,
            **WHERE,
            asked=2,
            reason="No such ward here",
            asked_at=LONG_AGO,
            asked_by_id=alice.id,
        )
    )


def test_from_the_resident_by_the_supervisor_to_the_office_and_into_the_figure(
    browse, alice, mei, office, stay, alice_resident
):
    resident = browse(alice)
    page = resident.get(f"/log/placements/{stay.id}").text
    assert "Cannot be done here" in page
    assert "No such ward here" in ask(resident, stay).text
    ask(resident, stay)
    [made] = appeals()
    supervisor = browse(mei)
    assert "alice" in supervisor.get("/log/appeals").text.lower()
    supervisor.post(
        f"/log/appeals/{made.id}/opinion",
        data={"agrees": "yes", "opinion": "True", "version": made.version},
    )
    assert made.state == "office"
    assert (completion_of(alice_resident.id).target, made.agrees) == (7, True)
    page = decide(browse(office), made)
    assert "Every figure follows." in page.text
    assert completion_of(alice_resident.id).target == 5
    line = copd(placement_completions([stay.id])[stay.id])
    assert (line.minimum, line.target, line.eased) == (3, 1, 2)
    shown = resident.get(f"/log/placements/{stay.id}").text
    assert "2 not asked by decision" in shown
    kinds = [one.kind for one in db.session.query(Notice).order_by(Notice.id)]
    assert kinds == ["log-appeal-opinion", "log-appeal-decided"]
    assert "Agreed" in resident.get(f"/log/appeals/{made.id}").text


def test_it_is_asked_elsewhere_instead(browse, office, stay, alice_resident, placed, county, row):
    there = placed(alice_resident, county.surgery, date(2027, 1, 1), date(2027, 2, 1))
    decide(browse(office), row, granted="elsewhere", elsewhere=there.standard_department_id)
    found = placement_completions([stay.id, there.id])
    assert (copd(found[stay.id]).target, copd(found[there.id]).target) == (1, 2)
    assert copd(found[there.id]).taken_on == 2
    assert completion_of(alice_resident.id).target == 7


def test_the_office_may_decide_anew_and_the_history_says_so(browse, office, stay, row):
    browser = browse(office)
    decide(browser, row)
    page = decide(browser, row, granted="refused", answer="The ward has opened")
    assert row.state == "refused"
    assert (row.eased, row.elsewhere_id) == (None, None)
    assert "Agreed" in page.text
    assert copd(placement_completions([stay.id])[stay.id]).target == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"eased": 3}, "Give a number from 1 to 2."),
        ({"eased": ""}, "Give a number from 1 to 2."),
        ({"answer": ""}, "Say why."),
        ({"granted": "elsewhere"}, "Choose a department."),
        ({"granted": ""}, "Choose one."),
    ],
)
def test_a_decision_that_says_too_little_is_no_decision(browse, office, row, typed, said):
    page = decide(browse(office), row, **typed)
    assert page.status_code == 422
    assert said in page.text
    assert row.is_open


def test_somebody_faster_is_seen_before_anything_is_saved(browse, office, row):
    browser = browse(office)
    page = decide(browser, row, version=row.version + 1)
    assert page.status_code == 409
    assert "Somebody else has changed this meanwhile" in page.text
    assert row.is_open


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"asked": 4}, "Only 3 are missing here."),
        ({"asked": 0}, "Enter a number."),
        ({"reason": ""}, "Say why it cannot be done here."),
        ({"reason": "患者王建国，男，转院"}, "“王建国” could tell who the patient is"),
    ],
)
def test_an_appeal_says_how_many_and_why(browse, alice, stay, typed, said):
    page = ask(browse(alice), stay, **typed)
    assert page.status_code == 422
    assert said in page.text
    assert appeals() == []


def test_one_is_open_at_a_time_and_can_be_withdrawn(browse, alice, stay):
    browser = browse(alice)
    ask(browser, stay)
    assert "open already" in ask(browser, stay, "another").text
    [made] = appeals()
    browser.post(f"/log/appeals/{made.id}/withdrawal")
    assert made.state == "withdrawn"
    ask(browser, stay, "third")
    assert [one.state for one in appeals()] == ["withdrawn", "opinion"]


def test_it_is_nobody_elses(browse, bob, chen, secretary, stay, row, mei, bob_resident):
    assert browse(bob).get(f"/log/appeals/{row.id}").status_code == 404
    assert browse(chen).get(f"/log/appeals/{row.id}").status_code == 404
    assert ask(browse(bob), stay).status_code == 404
    data = {"agrees": "no", "version": row.version}
    assert browse(secretary).post(f"/log/appeals/{row.id}/opinion", data=data).status_code == 404
    stay.supervisor_id = None
    db.session.commit()
    browse(secretary).post(f"/log/appeals/{row.id}/opinion", data=data)
    assert (row.agrees, row.opinion_by_id) == (False, secretary.id)


def test_a_stay_that_was_cancelled_asks_and_eases_nothing(
    browse, office, stay, alice_resident, row, placed, county
):
    decide(browse(office), row)
    stay.cancelled_at = LONG_AGO
    db.session.commit()
    placed(alice_resident, county.medicine, date(2027, 3, 1), date(2027, 5, 1))
    assert completion_of(alice_resident.id).target == 7


def test_the_supervisor_is_asked_once_a_day(browse, alice, mei, stay):
    browser = browse(alice)

    def asked() -> str:
        return browser.post(f"/log/placements/{stay.id}/asking", follow_redirects=True).text

    assert "Nothing waits" in asked()
    browser.post(
        "/log/new", data={"done_on": "2026-11-20", **WHERE, "form_key": "e", "teacher_id": 0}
    )
    assert "Your supervisor has a notice." in asked()
    assert "asked today already" in asked()
    [notice] = db.session.query(Notice).filter_by(kind="log-asked").all()
    assert (notice.person_id, notice.facts["number"]) == (mei.id, 1)


def test_the_list_is_found_sorted_and_taken_along(browse, office, row, statements, stay, alice):
    browser = browse(office)
    assert "Alice" in browser.get("/log/appeals?state=opinion&search=alice&sort=-asked").text
    assert "No appeals" in browser.get("/log/appeals?state=granted").text
    book = browser.get("/log/appeals/export/xlsx").data
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
    assert (rows[1][0], rows[1][6]) == ("Alice", 2)
    few = statements(lambda: browse(office).get("/log/appeals"))
    for number in range(15):
        add(
            Appeal(
                resident_id=stay.resident_id,
                placement_id=stay.id,
                category="disease",
                item=f"D{number}",
                asked=1,
                reason="why",
                asked_at=LONG_AGO,
                asked_by_id=alice.id,
            )
        )
    assert statements(lambda: browse(office).get("/log/appeals")) == few
