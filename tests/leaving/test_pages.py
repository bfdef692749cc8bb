"""The pages: who sees what, the same figures for all, and what is typed into them."""

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.cast import PASSWORD, add, faculty_member, person, resident
from tests.leaving.conftest import GRADES, NOW
from trainingbase.assessments.models import Answer, Submission
from trainingbase.db import db
from trainingbase.instruments.models import Instrument
from trainingbase.leaving import actions
from trainingbase.leaving.models import ExitExam, Gate, GroupMember, TeachingGroup
from trainingbase.leaving.queries import deciding, gates, standing_of
from trainingbase.leaving.rules.gate import ITEMS
from trainingbase.roles import Role
from trainingbase.signatures.queries import signatures_of


@pytest.fixture
def url(stay):
    return f"/leaving/{stay.id}"


def cells(page: str) -> str:
    start = page.index("<tbody>")
    return page[start : page.index("</table>", start)]


def test_everybody_who_has_to_do_with_it_sees_the_same_figures(
    url, ready, browse, alice, mei, gao, secretary, office, auditor
):
    ready()
    shown = set()
    for someone in (alice, mei, gao, secretary, office, auditor):
        page = browse(someone).get(url)
        assert page.status_code == 200, someone.name
        words = cells(page.text)
        shown.add("".join(words.split("<")[0::1]).count("80 points"))
        assert "80 points" in words and "75 points" in words
    assert len(shown) == 1


def test_others_find_no_such_page(url, ready, browse, county, bob, chen, coordinator, stay):
    ready()
    other = person("Zhou", Role.SECRETARY, department_id=county.surgery.id)
    for stranger in (bob, chen, coordinator, other):
        for path in ("", "/exit-form/pdf", "/exit-form/xlsx"):
            assert browse(stranger).get(url + path).status_code == 404, (stranger.name, path)
        assert stay.resident.name not in browse(stranger).get("/leaving/?month=").text
    surgery = browse(other)
    assert surgery.post(url + "/handing-over").status_code == 404
    assert browse(chen).get(url + "/exams/theory").status_code == 404
    assert browse(chen).get(url + "/review").status_code == 404


def test_a_whole_leaving_through_the_pages(
    url, group, assessed, lenient, browse, secretary, gao, alice, mei, chen, stay
):
    lenient(theory="veto", skill="veto")
    at_desk, leader, mine = browse(secretary), browse(gao), browse(alice)
    assert (
        "Still missing: Exit assessment"
        in at_desk.post(url + "/handing-over", follow_redirects=True).text
    )
    assessed()
    marks = {"held_on": "2026-11-28", "score": "81.5", "form_key": "one", "version": ""}
    for _twice in range(2):
        assert at_desk.post(url + "/exams/theory", data=marks).status_code == 302
    skill = marks | {
        "form_key": "two", "name": "ECG", "examiner": mei.id, "second": mei.id,
    }  # fmt: skip
    assert "two people" in at_desk.post(url + "/exams/skill", data=skill).text
    at_desk.post(url + "/exams/skill", data=skill | {"second": chen.id})
    assert db.session.scalar(select(func.count(ExitExam.id))) == 2
    assert at_desk.post(url + "/handing-over").status_code == 302
    page = leader.get(url + "/review").text
    seen = page.split('name="seen" type="hidden" value="')[1][:64]
    form = {
        "seen": seen, "version": 1, "verdict": "passed", "feedback": "Well done.",
        "reviewers": gao.id, "password": "guess",
    }  # fmt: skip
    assert "not your password" in leader.post(url + "/review", data=form).text
    assert signatures_of("leaving", deciding.current(stay.id).id) == []
    form["password"] = PASSWORD
    assert leader.post(url + "/review", data=form).status_code == 302
    assert "nothing to sign" in leader.post(url + "/review", data=form, follow_redirects=True).text
    assert "Well done." in mine.get(url + "/signature").text
    sent = {"version": 2, "objects": "y", "password": PASSWORD}
    assert "Say what is wrong" in mine.post(url + "/signature", data=sent).text
    mine.post(url + "/signature", data={"version": 2, "remark": "Thanks", "password": PASSWORD})
    assert "Left on" in mine.get(url).text
    kept = deciding.current(stay.id)
    signed = mine.get(f"{url}/signed/{kept.id}").text
    assert kept.signature.digest[:8] in signed and "Gao" in signed


def test_what_was_never_entered_is_named_and_stops_a_pass(
    url, group, assessed, lenient, browse, office, gao, stay
):
    lenient(attendance="veto")
    assessed()
    actions.prepare(stay, because="The list is lost", by=office, at=NOW)
    leader = browse(gao)
    page = leader.get(url + "/review").text
    sentence = "Not entered yet, and nobody passes without: Attendance."
    assert sentence in page
    sent = {
        "seen": page.split('name="seen" type="hidden" value="')[1][:64], "version": 1,
        "verdict": "passed", "feedback": "Well done.", "reason": "He was there",
        "reviewers": gao.id, "password": PASSWORD,
    }  # fmt: skip
    assert leader.post(url + "/review", data=sent).text.count(sentence) > page.count(sentence)
    assert signatures_of("leaving", deciding.current(stay.id).id) == []


def test_figures_that_changed_meanwhile_are_shown_before_signing(url, ready, browse, gao, stay):
    ready()
    form = {
        "seen": "0" * 64, "version": 1, "verdict": "passed", "feedback": "Well done.",
        "password": PASSWORD,
    }  # fmt: skip
    page = browse(gao).post(url + "/review", data=form)
    assert page.status_code == 409 and "changed since you opened" in page.text
    assert deciding.current(stay.id).state == "ready"


def test_the_supervisor_signs_their_part_and_nobody_else(url, browse, mei, stay, gao, group):
    form = {code.replace(".", "_"): str(grade) for code, grade in GRADES.items()}
    browser = browse(mei)
    missing = browser.post(url + "/appraisal", data={**form, "EX3_1": "", "password": PASSWORD})
    assert "Choose a grade" in missing.text
    sent = form | {"EX2_8": "3", "comment": "Kind.", "password": PASSWORD, "version": ""}
    assert browser.post(url + "/appraisal", data=sent).status_code == 302
    assert browser.post(url + "/appraisal", data=sent).status_code == 302
    found = deciding.content_of(stay, standing_of([stay.id])[stay.id])
    assert found["fields"]["EX2.8"] == 3 and found["supervisor"]["comment"] == "Kind."
    stale = browser.post(url + "/appraisal", data=sent | {"EX3_1": "4"})
    assert stale.status_code == 409
    assert browser.post(url + "/appraisal", data=sent | {"EX3_1": "4", "version": 1})
    assert browse(gao).get(url + "/appraisal").status_code == 404


def test_what_was_given_in_the_official_form_is_copied_and_then_signed(
    url, browse, mei, stay, group
):
    form = db.session.scalars(select(Instrument).where(Instrument.code == "exit_jiangsu")).one()
    given = {"EX3.1": 4, "EX3.2": 3, "EX4.5": 1, "EX2.8": 7, "EX1.1": 20}
    add(
        Submission(
            form_key="j", instrument=form, placement=stay, resident=stay.resident, assessor=mei,
            observed_on=date(2026, 11, 28), submitted_at=NOW,
            answers=[Answer(item=one, number=given[one.code])
                     for one in form.items if one.code in given],
        )
    )  # fmt: skip
    page = browse(mei).get(url + "/appraisal").text
    assert "Filled with what you gave" in page
    for name, value in (("EX3_1", 1), ("EX3_2", 2), ("EX4_5", 4)):
        [line] = [
            one for one in page.split("<input") if f'name="{name}"' in one and "checked" in one
        ]
        assert f'value="{value}"' in line
    assert 'value="7"' in page
    sent = {code.replace(".", "_"): str(grade) for code, grade in GRADES.items()}
    browse(mei).post(url + "/appraisal", data=sent | {"password": PASSWORD, "version": ""})
    assert "Filled with what you gave" not in browse(mei).get(url + "/appraisal").text


def test_the_office_sees_what_failed_and_where_to_plan_anew(
    url, ready, reviewed, browse, office, secretary, alice_resident, placed, county, stay
):
    placed(alice_resident, county.surgery, stay.ends_on, stay.ends_on + timedelta(days=31))
    reviewed(ready(skill=40), "failed")
    page = browse(office).get(url).text
    assert "The next rotation stands still" in page
    asked = f"resident={alice_resident.id}&amp;department={stay.department_id}&amp;count=2"
    assert f"kind=repeat&amp;{asked}" in page
    for path in ("/re-examination", "/consequence", "/withdrawal"):
        assert browse(office).get(url + path).status_code == 200
    decided = {"consequence": "repeat", "because": "Skills", "version": 2}
    browse(office).post(url + "/consequence", data=decided)
    assert "The rotation is repeated" in browse(secretary).get(url).text
    page = browse(office).get(url).text
    assert "its months do not count" in page and "/rotations/fit" in page


def test_the_list_shows_this_month_filters_and_is_downloaded(
    ready, browse, secretary, office, stay, placed, bob_resident, county, gao
):
    placed(bob_resident, county.surgery, date(2026, 10, 1), date(2026, 11, 1))
    ready()
    page = browse(secretary).get("/leaving/").text
    assert "Alice" in page and "Bob" not in page and "At the teaching group" in page
    everyone = browse(office)
    assert "Bob" not in everyone.get("/leaving/").text
    late = everyone.get("/leaving/?state=late").text
    assert "Bob" in late and "Alice" not in late
    assert "Alice" in browse(gao).get("/leaving/?state=mine").text
    for sort in ("name", "-ends", "department", "state"):
        assert everyone.get(f"/leaving/?month=&sort={sort}").status_code == 200
    rows = list(csv.reader(io.StringIO(everyone.get("/leaving/export/csv?month=").text)))
    assert {row[0] for row in rows[1:]} == {"Alice", "Bob"}
    assert rows[1][rows[0].index("Days late")] == "27"
    assert everyone.get("/leaving/export/xlsx?month=").status_code == 200


def test_the_list_takes_as_many_statements_for_many_as_for_few(
    county, placed, browse, office, statements, group, mei_member
):
    for number in range(10):
        who = resident(f"R{number}", county, f"11010120000101{number:04d}")
        placed(who, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member)
    browser = browse(office)
    browser.get("/leaving/?month=2026-11")
    few = statements(lambda: browser.get("/leaving/?month=2026-11"))
    for number in range(10, 30):
        who = resident(f"R{number}", county, f"11010120000101{number:04d}")
        for start in range(1, 10):
            placed(who, county.medicine, date(2025, start, 1), date(2025, start + 1, 1), mei_member)
        placed(who, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member)
    assert statements(lambda: browser.get("/leaving/?month=2026-11")) == few
    assert statements(lambda: browser.get("/leaving/?month=")) == few


def test_the_office_changes_the_rules_and_a_second_one_sees_it(browse, office, county, auditor):
    browser = browse(office)
    page = browser.get("/leaving/rules/new").text
    newest = gates.newest_of((None, None)).id
    form = {
        "form_key": "a", "newest": str(newest), "starts_on": "2026-12-01", "daily": "50",
        "theory": "10", "skill": "30", "why": "the meeting",
        "effect_theory": "veto", "least_theory": "70",
    }  # fmt: skip
    assert "effect_theory" in page
    assert "together are 100" in browser.post("/leaving/rules/new", data=form).text
    assert db.session.scalar(select(func.count(Gate.id))) == 1
    form["skill"] = "40"
    past = browser.post("/leaving/rules/new", data=form | {"starts_on": "2026-11-01"})
    assert "keeps its rules" in past.text
    lacking = browser.post("/leaving/rules/new", data=form | {"least_theory": ""})
    assert "Enter a number" in lacking.text
    for odd in ("²", "9" * 5000):
        refused = browser.post("/leaving/rules/new", data=form | {"newest": odd, "form_key": odd})
        assert "Somebody else" in refused.text or "longer than" in refused.text
    assert browser.post("/leaving/rules/new", data=form).status_code == 302
    assert browser.post("/leaving/rules/new", data=form).status_code == 302
    assert db.session.scalar(select(func.count(Gate.id))) == 2
    second = browser.post("/leaving/rules/new", data=form | {"form_key": "b"})
    assert second.status_code == 409 and "Somebody else" in second.text
    assert browse(auditor).get("/leaving/rules").status_code == 200
    assert browse(auditor).get(f"/leaving/rules/{newest}").status_code == 200
    exported = browser.get("/leaving/rules/export/csv").text
    assert all(one in exported for one in ("Theory exam", "Base"))
    assert len(ITEMS) == 17


def test_groups_have_one_leader_at_a_time(browse, office, county, gao_member, han_member):
    browser = browse(office)
    opened = {"of": f"d{county.medicine.id}", "form_key": "1"}
    made = browser.post("/leaving/groups/new", data=opened)
    address = made.headers["Location"]
    leads = {"member": gao_member.id, "duty": "leader", "starts_on": "2026-09-01"}
    assert browser.post(address, data=leads).status_code == 302
    browser.post(address, data=leads)
    other = leads | {"member": han_member.id, "starts_on": "2026-10-01"}
    assert "Gao leads" in browser.post(address, data=other).text
    row = db.session.scalars(select(GroupMember)).one()
    change = f"{address}/members/{row.id}"
    ended = {"duty": "leader", "starts_on": "2026-09-01", "last_day": "2026-09-30", "version": 1}
    assert browser.post(change, data=ended).status_code == 302
    assert browser.post(change, data=ended | {"last_day": ""}).status_code == 409
    assert browser.post(address, data=other).status_code == 302
    assert "Han" in browser.get("/leaving/groups?state=leader").text
    assert "Gao" in browser.get("/leaving/groups/export/csv").text


def test_a_group_of_a_standard_department_reviews_where_there_is_no_other(
    stay, county, browse, mei, assessed, lenient, secretary
):
    lenient()
    assessed()
    fang = faculty_member("Fang", county.surgery, "3001")
    shared = add(TeachingGroup(standard_department_id=county.standards["Medicine"].id))
    add(
        GroupMember(
            group_id=shared.id, faculty_member_id=fang.id, duty="leader",
            starts_on=date(2026, 9, 1),
        )
    )  # fmt: skip
    url = f"/leaving/{stay.id}"
    assert browse(fang.person).get(url).status_code == 200
    add(TeachingGroup(department_id=county.medicine.id))
    assert browse(fang.person).get(url).status_code == 404
