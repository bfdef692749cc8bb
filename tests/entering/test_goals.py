"""What awaits a resident: seen by them before the first day, and by whoever looks after them."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest

from tests.cast import add
from tests.entering.conftest import AT, DECEMBER, FEBRUARY, NOVEMBER, answers, set_day
from trainingbase.audit.models import Entry as AuditEntry
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.entering.models import InductionReading
from trainingbase.entering.queries.desk import row_for
from trainingbase.entering.queries.goals import goals_of
from trainingbase.entering.queries.items import items_in_use
from trainingbase.programmes.models import Minimum, PlannedAssessment
from trainingbase.training.models import Activity

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def goals_page(one):
    return f"/entering/placements/{one.id}"


@pytest.fixture
def written(browse, secretary, county):
    """Medicine says where to meet, and has a paper."""
    browser = browse(secretary)
    home = f"/entering/departments/{county.medicine.id}"
    data = {
        "version": "0",
        "place": "Building 3, floor 5",
        "meets_at": "07:50",
        "contact": "Zhao",
        "telephone": "1234",
        "about": "带好胸牌",
        "about_en": "Bring your badge",
    }
    assert browser.post(f"{home}/edit", data=data).status_code == 302
    paper = {"form_key": "k1", "title": "Duties", "file": (BytesIO(PDF), "duties.pdf")}
    assert browser.post(f"{home}/papers", data=paper).status_code == 302
    return home


def test_the_resident_sees_where_when_whom_and_what_before_the_first_day(
    browse, alice, written, coming, county, monkeypatch
):
    set_day(monkeypatch, "2026-11-20")
    coming.department.institution.address = "1 Long Street"
    minimum = {"programme": county.programme, "standard_department": coming.standard_department}
    add(Minimum(category="disease", item="Hypertension", count=12, **minimum))
    add(Minimum(category="procedure", item="Suture", count=3, **minimum))
    planned = {"instrument": "mini_cex", "timing": "placement", "times": 2}
    add(PlannedAssessment(programme=county.programme, **planned))
    add(Activity(held_on=date(2026, 12, 8), starts_at="14:30", kind="小讲课", topic="Sepsis",
                 hours=Decimal(1), department=county.medicine))  # fmt: skip
    browser = browse(alice)
    assert goals_page(coming) in browser.get("/").text
    assert goals_page(coming) in browser.get("/entering/mine").text
    page = browser.get(goals_page(coming)).text
    for said in (
        "Building 3, floor 5", "07:50", "Zhao", "1234", "1 Long Street", "Mei", "Bring your badge",
        "Duties", "Hypertension", "12", "Suture", "Mini-CEX", "Sepsis", "Mini-lecture",
        "1 Dec 2026", "Rooms, people and daily routine",
    ):  # fmt: skip
        assert said in page, said


def test_working_days_leave_out_weekends_holidays_and_say_the_leave(
    secretary, coming, alice_resident
):
    from trainingbase.sites.models import DayOff

    add(DayOff(day_on=date(2027, 1, 1), is_working=False, name="New Year"))
    add(
        Leave(
            resident=alice_resident, kind="personal", starts_on=date(2026, 11, 28),
            ends_on=date(2026, 12, 3), granted=True, decided_at=AT,
        )
    )  # fmt: skip
    goals = goals_of(row_for(secretary, coming.id, today=DECEMBER), today=DECEMBER)
    assert (goals.working_days, goals.away_days) == (23 + 21 - 1, 2)
    assert goals.row.standing.expected_on == date(2026, 12, 3)


def test_reading_is_acknowledged_once_and_only_by_the_resident(
    browse, alice, bob, secretary, coming
):
    browser = browse(alice)
    assert "I have read this" in browser.get(goals_page(coming)).text
    for _time in range(2):
        assert browser.post(f"{goals_page(coming)}/reading").status_code == 302
    assert db.session.query(InductionReading).count() == 1
    assert db.session.query(AuditEntry).filter_by(act="read-induction").count() == 1
    assert "Read on" in browser.get(goals_page(coming)).text
    assert browse(bob).post(f"{goals_page(coming)}/reading").status_code == 404
    assert browse(secretary).post(f"{goals_page(coming)}/reading").status_code == 403


def test_what_was_gone_through_and_with_whom_is_seen_by_the_resident(
    browse, alice, secretary, coming, mei_member, mei
):
    items = [one.id for one in items_in_use()[:2]]
    sent = answers(coming, mei_member, inducted_on="2026-12-01", inducted_by=mei.id, items=items)
    browse(secretary).post(f"{goals_page(coming)}/arrival", data=sent)
    page = browse(alice).get(goals_page(coming)).text
    assert "Held on 1 Dec 2026" in page and "Mei" in page
    assert page.count("<small>gone through</small>") == 2


def test_goals_are_seen_by_whoever_sees_the_placement_only(
    browse, alice, bob, mei, chen, secretary, coordinator, office, auditor, coming
):
    for person in (alice, mei, secretary, office, auditor):
        assert browse(person).get(goals_page(coming)).status_code == 200
    for person in (bob, chen, coordinator):
        assert browse(person).get(goals_page(coming)).status_code == 404


def test_papers_are_read_by_whoever_comes_there(
    browse, alice, bob, chen, secretary, written, coming, placed, bob_resident, county
):
    page = browse(alice).get(goals_page(coming)).text
    address = page.split("/entering/papers/")[1].split('"')[0]
    answer = browse(alice).get(f"/entering/papers/{address}")
    assert answer.status_code == 200 and answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert browse(bob).get(f"/entering/papers/{address}").status_code == 404
    assert browse(chen).get(f"/entering/papers/{address}").status_code == 404
    browse(secretary).post(f"/entering/papers/{address}/removal")
    assert browse(alice).get(f"/entering/papers/{address}").status_code == 404
    assert "Duties" not in browse(alice).get(goals_page(coming)).text
    browse(secretary).post(f"/entering/papers/{address}/return")
    assert browse(alice).get(f"/entering/papers/{address}").status_code == 200


def test_faculty_see_who_comes_to_them_this_month_and_the_next(
    browse, mei, chen, coming, placed, bob_resident, county, mei_member
):
    placed(bob_resident, county.medicine, NOVEMBER, DECEMBER, mei_member)
    page = browse(mei).get("/entering/coming").text
    assert "Alice" in page and "Bob" not in page
    assert "Nobody comes to you" in browse(chen).get("/entering/coming").text
    assert "Alice" in browse(mei).get("/entering/coming/export/csv").text
    assert goals_page(coming) in page


def test_the_list_of_a_resident_without_placements_says_so(browse, bob):
    assert "No rotations yet" in browse(bob).get("/entering/mine").text


def test_a_link_to_leaving_is_there_once_its_page_is(app, browse, alice, coming):
    has = any(rule.rule == "/leaving/<int:placement_id>" for rule in app.url_map.iter_rules())
    page = browse(alice).get(goals_page(coming)).text
    assert (f'href="/leaving/{coming.id}"' in page) == has


def test_the_page_asks_a_fixed_number_of_statements(
    browse, alice, coming, placed, alice_resident, county, statements
):
    browser = browse(alice)
    few = statements(lambda: browser.get(goals_page(coming)))
    standard = coming.standard_department
    for number in range(40):
        db.session.add(
            Minimum(
                programme=county.programme, standard_department=standard, category="disease",
                item=f"Disease {number}", count=2,
            )
        )  # fmt: skip
        db.session.add(
            Activity(
                held_on=date(2026, 12, 1 + number % 28), kind="小讲课", topic=f"Talk {number}",
                hours=Decimal(1), department=county.medicine,
            )
        )  # fmt: skip
    placed(alice_resident, county.surgery, FEBRUARY, FEBRUARY.replace(month=3))
    db.session.commit()
    assert statements(lambda: browser.get(goals_page(coming))) == few
    assert datetime.now(LOCAL)
