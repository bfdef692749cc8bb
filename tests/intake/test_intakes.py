"""From an intake plan to residents who have reported in."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from PIL import Image

from tests.cast import PASSWORD, add, resident
from tests.intake.conftest import AT, id_number
from trainingbase import clock
from trainingbase.accounts.actions import open_account
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.identities.actions import decide_claim
from trainingbase.intake import actions, queries
from trainingbase.intake.models import Applicant, ApplicantDocument, Arrival, Intake
from trainingbase.intake.rules import code_of
from trainingbase.people.models import Person


def version_in(text):
    return re.search(r'name="version"[^>]*value="(\d+)"', text)[1]


PLAN = {
    "year": 2027, "planned": 2, "starts_on": "2027-09-01", "last_day": "2030-08-31",
    "report_by": "2027-09-01", "written_most": 100, "interview_most": 50,
}  # fmt: skip


def test_an_intake_is_opened_once_for_a_programme_and_year(browse, office, county):
    browser = browse(office)
    data = PLAN | {"programme_id": county.programme.id, "form_key": "k"}
    for _ in range(2):
        browser.post("/intakes/new", data=data)
    page = browser.post("/intakes/new", data=data | {"form_key": "other"})
    assert "has an intake of this year already" in page.text
    [made] = db.session.query(Intake)
    assert (made.report_ends_on, made.ends_on) == (date(2027, 9, 2), date(2030, 9, 1))
    assert db.session.query(Cohort).count() == 1, "a cohort begins with its first resident"


def test_two_people_changing_the_plan_see_the_difference(browse, office, intake):
    browser = browse(office)
    address = f"/intakes/{intake.id}/edit"
    opened = version_in(browser.get(address).text)
    data = PLAN | {"version": opened, "why": "More money"}
    browser.post(address, data=data | {"planned": 5})
    page = browser.post(address, data=data | {"planned": 4})
    assert page.status_code == 409
    assert "yours: 4" in page.text and "now: 5" in page.text
    assert "More money" in browser.get(address).text


def person_data(**more):
    return {"name": "Dora", "id_number": id_number(1), "sex": "", "trainee_type": ""} | more


def test_an_applicant_is_entered_once(browse, office, intake):
    browser = browse(office)
    address = f"/intakes/{intake.id}/applicants/new"
    for _ in range(2):
        browser.post(address, data=person_data(form_key="k"))
    page = browser.post(address, data=person_data(form_key="other"))
    assert page.status_code == 409
    [one] = db.session.query(Applicant)
    assert f"/intakes/applicants/{one.id}" in page.text
    assert one.sex == "女"


@pytest.mark.parametrize("bad", ["110101200001010020", "12345", "2.2E+17", "passport E123"])
def test_a_wrong_number_is_refused_at_its_field(browse, office, intake, bad):
    page = browse(office).post(
        f"/intakes/{intake.id}/applicants/new", data=person_data(id_number=bad)
    )
    assert "wrong ID number" in page.text
    assert db.session.query(Applicant).count() == 0


def test_sex_must_agree_with_the_number(browse, office, intake):
    page = browse(office).post(f"/intakes/{intake.id}/applicants/new", data=person_data(sex="男"))
    assert "a person must decide" in page.text


@pytest.mark.parametrize("name", ["𠮷田", "阿依古丽·买买提", "張國榮", "O'Neil <b>"])
def test_names_are_kept_as_typed(browse, office, intake, name):
    browser = browse(office)
    browser.post(f"/intakes/{intake.id}/applicants/new", data=person_data(name=name))
    [one] = db.session.query(Applicant)
    assert one.name == name
    assert browser.get(f"/intakes/{intake.id}", query_string={"search": name}).status_code == 200
    assert "O'Neil <b>" not in browser.get(f"/intakes/applicants/{one.id}").text


def test_scores_are_within_what_the_intake_says(browse, office, applied):
    one = applied("Dora", 1)
    browser = browse(office)
    address = f"/intakes/applicants/{one.id}/scores"
    page = browser.post(address, data={"version": 1, "written": 80, "interview": 51})
    assert "At most 50" in page.text and one.written is None
    browser.post(address, data={"version": 1, "written": "80.5", "interview": 40})
    assert str(one.total) == "120.50"


def test_a_decision_has_a_reason_and_stays_within_the_plan(browse, office, intake, applied):
    browser = browse(office)
    first, second, third = (applied(name, n) for n, name in enumerate(("D", "E", "F"), 1))

    def decide(one, **data):
        address = f"/intakes/applicants/{one.id}/decision"
        return browser.post(address, data={"version": one.version, **data})

    assert "Give the reason" in decide(first, decision="refused").text
    decide(first, decision="admitted")
    decide(second, decision="admitted")
    page = decide(third, decision="admitted")
    assert page.status_code == 409 and "The plan is full" in page.text
    decide(third, decision="reserve", reason="third")
    decide(first, decision="withdrawn", reason="Works elsewhere")
    decide(third, decision="admitted")
    assert third.decision == "admitted"
    assert queries.counts([intake.id])[intake.id].admitted == 2
    assert "Works elsewhere" in browser.get(f"/intakes/applicants/{first.id}").text
    assert "100" in browser.get("/intakes/").text


def test_documents_are_known_by_their_content(browse, office, auditor, leader, applied):
    one = applied("Dora", 1)
    browser = browse(office)
    content = io.BytesIO()
    Image.new("RGB", (30, 30)).save(content, "PNG")

    def send(name, bytes_):
        return browser.post(
            f"/intakes/applicants/{one.id}/documents",
            data={"kind": "diploma", "files": (io.BytesIO(bytes_), name)},
            content_type="multipart/form-data",
        )

    assert send("x.png", b"<html>").status_code == 422
    for _ in range(2):
        send("毕业证.png", content.getvalue())
    [kept] = db.session.query(ApplicantDocument)
    answer = browser.get(f"/intakes/documents/{kept.id}")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert browse(auditor).get(f"/intakes/documents/{kept.id}").status_code == 200
    assert browse(leader).get(f"/intakes/documents/{kept.id}").status_code == 403


def test_an_applicant_becomes_a_resident_by_one_act(browse, office, intake, applied):
    one = applied("Dora", 1, phone="13900000001", school="North")
    browser = browse(office)
    address = f"/intakes/applicants/{one.id}/enrolment"
    assert "Only who was admitted" in browser.post(address, follow_redirects=True).text
    actions.decide(one, "admitted", reason=None, version=one.version, by=office, at=AT)
    browser.post(address)
    again = browser.post(address, follow_redirects=True)
    assert "nothing was done twice" in again.text
    [made] = db.session.query(Resident)
    assert (made.name, made.school, made.person.phone) == ("Dora", "North", "13900000001")
    assert (made.starts_on, made.ends_on) == (intake.starts_on, intake.ends_on)
    assert made.cohort.year == 2027 and made.cohort.name == "2027级"
    assert one.resident is made
    for changing in ("scores", "decision"):
        data = {"version": one.version, "decision": "refused", "reason": "x"}
        browser.post(f"/intakes/applicants/{one.id}/{changing}", data=data)
    assert one.decision == "admitted"
    assert db.session.query(Person).filter_by(name="Dora").count() == 1


def test_a_known_number_is_linked_to_that_person(browse, office, county, applied):
    someone = resident("Dora", county, id_number(1))
    one = applied("Dora", 1, decision="admitted")
    page = browse(office).post(f"/intakes/applicants/{one.id}/enrolment", follow_redirects=True)
    assert "is a resident already" in page.text
    assert one.resident is someone
    assert db.session.query(Resident).count() == 1


def test_who_was_here_before_is_not_enrolled_anew(browse, office, county, applied):
    someone = resident("Dora", county, id_number(1), withdrawn_on=date(2026, 10, 1))
    one = applied("Dora", 1, decision="admitted")
    page = browse(office).post(f"/intakes/applicants/{one.id}/enrolment", follow_redirects=True)
    assert "was a resident here before" in page.text
    assert one.resident_id is None and someone.withdrawn_on


def test_somebody_who_looks_known_is_decided_on_first(browse, office, county, applied):
    someone = resident("Dora", county, id_number(1))
    one = applied("Dora", 2, decision="admitted")
    browser = browse(office)
    address = f"/intakes/applicants/{one.id}"
    page = browser.post(f"{address}/enrolment", follow_redirects=True)
    assert "Is it one person?" in page.text and someone.id_number in page.text
    assert "Choose one" in browser.post(f"{address}/who", data={"why": "?"}).text
    browser.post(f"{address}/who", data={"said": "different", "why": "Two ID cards seen"})
    browser.post(f"{address}/enrolment")
    assert db.session.query(Resident).count() == 2
    assert "Two ID cards seen" in browser.get("/identities/decisions").text
    other = applied("Dora", 3, decision="admitted")
    decide_claim(someone.person, other.id_number, is_same=True, why="x", by=office, at=AT)
    two = db.session.query(Resident).filter(Resident.id != someone.id).one()
    decide_claim(two.person, other.id_number, is_same=False, why="x", by=office, at=AT)
    browser.post(f"/intakes/applicants/{other.id}/enrolment")
    assert other.resident is someone


def test_two_people_with_one_number_are_decided_on(browse, office, county, applied):
    someone = resident("Edna", county, id_number(1))
    one = applied("Dora", 1, decision="admitted")
    browser = browse(office)
    address = f"/intakes/applicants/{one.id}"
    page = browser.post(f"{address}/enrolment", follow_redirects=True)
    assert "Is it one person?" in page.text and "Edna" in page.text
    browser.post(f"{address}/who", data={"said": "different", "why": "Two women"})
    page = browser.post(f"{address}/enrolment", follow_redirects=True)
    assert "put one of the numbers right" in page.text
    assert one.resident_id is None
    decide_claim(someone.person, one.id_number, is_same=True, why="Renamed", by=office, at=AT)
    browser.post(f"{address}/enrolment")
    assert one.resident is someone


def test_a_teacher_who_applies_stays_one_person(browse, office, mei, applied):
    one = applied("Mei", 1, decision="admitted")
    browser = browse(office)
    browser.post(f"/intakes/applicants/{one.id}/enrolment")
    assert one.resident_id is None
    browser.post(f"/intakes/applicants/{one.id}/who", data={"said": "same", "why": "Seen"})
    browser.post(f"/intakes/applicants/{one.id}/enrolment")
    assert one.resident.person_id == mei.id


def test_one_person_entered_twice_with_two_numbers_is_said(browse, office, applied):
    applied("Dora", 1)
    twice = applied("Dora", 2)
    assert "Entered twice?" in browse(office).get(f"/intakes/applicants/{twice.id}").text


@pytest.fixture
def newcomer(office, applied, county):
    """A new resident with an account, who should report in."""
    one = applied("Dora", 1, decision="admitted")
    made, _was = actions.enrol_applicant(one, by=office, at=AT, path="/my-record")
    made.person.language = "en"
    open_account(made.person, login="dora", by=office, at=AT, password=PASSWORD)
    return made


def the_code(browser, intake):
    page = browser.get(f"/intakes/{intake.id}/code")
    return re.search(r'href="[^"]*(/intakes/\d+/report/\w+)"', page.text)[1]


def test_a_resident_reports_in_by_the_code(browse, office, intake, newcomer, alice):
    clerk, phone = browse(office), browse(newcomer.person)
    address = the_code(clerk, intake)
    picture = clerk.get(address.replace("report", "code") + ".svg")
    assert picture.data.startswith(b"<?xml") and b"<svg" in picture.data
    phone.head(address)
    assert "Report in" in phone.get(address).text
    assert db.session.query(Arrival).count() == 0, "looking at it notes nothing"
    for _ in range(2):
        assert "You have reported in" in phone.post(address).text
    [arrival] = db.session.query(Arrival)
    assert (arrival.how, arrival.resident_id) == ("code", newcomer.id)
    assert browse(alice).post(address).status_code == 404
    assert clerk.get(address).status_code == 403


def test_an_old_code_does_not_count(browse, intake, newcomer, portal):
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    code = code_of(portal.config["SECRET_KEY"], intake.id, 3).at(long_ago)
    answer = browse(newcomer.person).post(f"/intakes/{intake.id}/report/{code}")
    assert answer.status_code == 410 and "no longer shown" in answer.text
    for bad in ("é", "x" * 500):
        assert browse(newcomer.person).post(f"/intakes/{intake.id}/report/{bad}").status_code == 410


def test_a_code_lives_until_the_next_but_one():
    from datetime import timedelta

    now = clock.real_now()
    code = code_of("s", 1, 3).at(now)
    assert code_of("s", 1, 3).is_shown(code, now + timedelta(minutes=3))
    assert not code_of("s", 1, 3).is_shown(code, now + timedelta(minutes=6))
    assert not code_of("s", 2, 3).is_shown(code, now)


def test_the_office_notes_who_is_here_and_sees_who_is_not(
    browse, office, intake, newcomer, alice_resident, monkeypatch
):
    browser = browse(office)
    address = f"/intakes/{intake.id}/arrivals"
    assert "Not yet here" in browser.get(address).text
    monkeypatch.setenv("TRAININGBASE_TODAY", "2027-09-02")
    assert "Not reported by the date" in browser.get(f"{address}?state=missing").text
    browser.post(f"{address}/{newcomer.id}")
    assert "noted before" in browser.post(f"{address}/{newcomer.id}", follow_redirects=True).text
    assert "Dora" not in browser.get(f"{address}?state=missing").text
    assert browser.post(f"{address}/{alice_resident.id}").status_code == 404
    browser.post(f"{address}/{newcomer.id}/taking-back")
    assert db.session.query(Arrival).count() == 0
    assert "Dora" in browser.get(f"{address}/export/csv").data.decode("utf-8-sig")


def test_the_admission_list_is_ranked_and_masked(browse, office, auditor, intake, applied):
    low = applied("Low", 1, decision="admitted", written=60, interview=30)
    high = applied("High", 2, decision="admitted", written=90, interview=40)
    applied("Out", 3, decision="refused")
    text = browse(office).get(f"/intakes/{intake.id}/admission").text
    assert text.index("High") < text.index("Low") and "Out" not in text
    assert high.id_number not in text
    for viewer, seen in ((office, True), (auditor, False)):
        csv = browse(viewer).get(f"/intakes/{intake.id}/admission/csv").data.decode("utf-8-sig")
        assert (low.id_number in csv) is seen


@pytest.mark.parametrize("page", ["", "/admission", "/arrivals"])
def test_these_lists_ask_no_more_for_many_than_for_few(browse, office, intake, statements, page):
    browser = browse(office)

    def more(serial):
        one = Applicant(
            intake=intake, name=f"R{serial}", id_number=f"N{serial}", sex="女", applied_at=AT,
            decision="admitted", decided_at=AT, decided_by_id=office.id, enrolled_at=AT,
            resident=resident(f"R{serial}", _County(intake), f"N{serial}"),
        )  # fmt: skip
        add(one)
        add(
            Arrival(
                resident=one.resident, intake_id=intake.id, reported_at=AT, how="office",
                entered_by_id=office.id,
            )
        )  # fmt: skip

    address = f"/intakes/{intake.id}{page}"
    more(1)
    few = statements(lambda: browser.get(address))
    for serial in range(2, 30):
        more(serial)
    assert statements(lambda: browser.get(address)) == few
    assert few <= 14


class _County:
    """What `resident` asks for."""

    def __init__(self, intake):
        self.programme = intake.programme
        self.cohort = db.session.query(Cohort).first()


def test_the_list_of_intakes_asks_no_more_for_many(browse, office, county, statements):
    browser = browse(office)

    def more(year):
        add(
            Intake(
                year=year, programme=county.programme, planned=3, starts_on=date(2027, 9, 1),
                ends_on=date(2030, 9, 1), report_ends_on=date(2027, 9, 2), written_most=100,
                interview_most=100, opened_at=AT, opened_by_id=office.id,
            )
        )  # fmt: skip

    more(2000)
    few = statements(lambda: browser.get("/intakes/"))
    for year in range(2001, 2024):
        more(year)
    assert statements(lambda: browser.get("/intakes/")) == few
    for kind in ("csv", "xlsx"):
        assert browser.get(f"/intakes/export/{kind}").status_code == 200
