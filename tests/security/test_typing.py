"""What careless and ill-meaning people type into addresses and forms is never an error of ours."""

from datetime import date

import pytest
from wtforms import StringField, TextAreaField

from tests.assessments.conftest import RATINGS, form_data
from tests.cast import LONG_AGO, add
from trainingbase.assessments.models import Submission
from trainingbase.db import db
from trainingbase.downloads import as_file
from trainingbase.form import QueryForm
from trainingbase.intake.models import Applicant, Intake
from trainingbase.programmes.models import Programme

LISTS = (
    "/accounts", "/rotations/plans", "/rotations/grid", "/residents", "/leaves", "/faculty/",
    "/assessments/all", "/assessments/requests", "/assessments/requests/new",
    "/assessments/examinations", "/training/activities", "/imports/", "/incentives/",
    "/incentives/funding", "/quality/", "/quality/rows/places-used", "/audit/", "/notices/",
)  # fmt: skip
ODD = (str(2**70), str(-(2**70)), "9" * 5000, "%00", "x'\"><script>")
FILTERS = (
    "page", "sort", "search", "cohort", "institution", "department", "state", "year", "month",
    "kind", "first", "last", "certificate", "holds", "instrument", "kept",
)  # fmt: skip


@pytest.mark.parametrize("address", LISTS)
def test_an_odd_address_is_no_error(browse, office, address):
    browser = browse(office)
    for odd in ODD:
        page = browser.get(address + "?" + "&".join(f"{name}={odd}" for name in FILTERS))
        assert page.status_code == 200, (address, odd)
        assert "><script>" not in page.text


@pytest.mark.parametrize("number", ["0", str(2**31), str(2**70)])
@pytest.mark.parametrize(
    "address",
    ["/residents/", "/rotations/plans/", "/imports/", "/incentives/", "/accounts/", "/faculty/"],
)
def test_a_number_nobody_has_is_not_found(browse, office, address, number):
    assert browse(office).get(address + number).status_code == 404


@pytest.mark.parametrize("odd", ["%00", "%F0%9F%98%80", "é", "..%2f", "x" * 3000])
def test_a_name_nobody_gave_is_not_found(browse, office, mei, alice_resident, placed, county,
                                         mei_member, odd):  # fmt: skip
    placement = placed(
        alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member
    )
    for address in ("/thresholds/", "/quality/rows/", "/quality/indicators/", "/residents/export/"):
        assert browse(office).get(address + odd).status_code == 404, address
    teacher = browse(mei)
    assert teacher.get(f"/assessments/placements/{placement.id}/{odd}").status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "///evil",
        "https://evil.example", "javascript:alert(1)", "//[", "/a\r\nSet-Cookie: x=y", " //evil",
        "/\x00/evil", "",
    ],
)  # fmt: skip
def test_signing_in_leads_to_no_other_place(browse, alice, elsewhere):
    browser = browse(alice)
    page = browser.get("/sign-in", query_string={"next": elsewhere})
    assert (page.status_code, page.headers["Location"]) == (302, "/")
    page = browser.post("/language", data={"language": "en", "next": elsewhere})
    assert (page.status_code, page.headers["Location"]) == (302, "/")


def test_signing_in_leads_back_with_what_was_searched(browse, alice):
    page = browse(alice).get("/sign-in", query_string={"next": "/residents?search=王&page=2"})
    assert page.headers["Location"].startswith("/residents?search=")


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2026-02-30", "１９９９", "\x00", "明天"]
)
def test_an_impossible_day_is_refused_at_its_field(
    browse, office, mei, alice_resident, county, mei_member, placed, day
):
    placement = placed(
        alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member
    )
    asked = {"instrument": "mini_cex", "assessor": mei.id, "due_on": day}
    page = browse(office).post(f"/assessments/placements/{placement.id}/requests/new", data=asked)
    assert page.status_code == 422
    sent = form_data(RATINGS, observed_on=day)
    page = browse(mei).post(f"/assessments/placements/{placement.id}/mini_cex", data=sent)
    assert page.status_code == 422


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999999"])
def test_a_number_that_is_none_is_refused_at_its_field(browse, office, value):
    page = browse(office).post("/thresholds/notice_days", data={"value": value, "version": "1"})
    assert page.status_code == 200
    assert "notice_days" in page.text or "0 to 10000" in page.text


def test_another_persons_form_key_neither_shows_theirs_nor_hinders_mine(
    browse, mei, chen, alice_resident, county, mei_member, placed
):
    with_mei = placed(
        alice_resident, county.medicine, date(2026, 10, 1), date(2026, 11, 15), mei_member
    )
    with_chen = placed(alice_resident, county.surgery, date(2026, 11, 15), date(2026, 12, 1))
    theirs = form_data(RATINGS, observed_on="2026-11-10", form_key="the same key")
    assert browse(mei).post(
        f"/assessments/placements/{with_mei.id}/mini_cex", data=theirs
    ).status_code == 302  # fmt: skip
    mine = form_data(RATINGS, observed_on="2026-11-20", form_key="the same key")
    for _twice in range(2):
        page = browse(chen).post(f"/assessments/placements/{with_chen.id}/mini_cex", data=mine)
        assert page.status_code == 302
    kept = db.session.query(Submission).order_by(Submission.id).all()
    assert [one.assessor_id for one in kept] == [mei.id, chen.id]
    assert page.headers["Location"].endswith(f"/{kept[1].id}")


def test_the_sample_form_refuses_what_is_no_address(browse, office):
    assert browse(office).post("/design/", data={"address": "nobody"}).status_code == 422


FURTHER = (
    "/network/calendar", "/network/proposals", "/network/postings", "/network/courses/new",
    "/sites/departments", "/supervision/", "/supervision/load", "/leaves/away", "/leaves/ledger",
    "/courses/", "/courses/graduation/confirmation", "/log/completion", "/intakes/", "/credits",
    "/contracts", "/identities/", "/search",
)  # fmt: skip
ASKED = (*FILTERS, "resident", "site", "placement", "endpoint", "_scheme", "_external", "q")


@pytest.mark.parametrize("address", FURTHER)
def test_an_odd_address_of_the_newer_pages_is_no_error(browse, office, address):
    browser = browse(office)
    for odd in (str(2**70), "%00", "9999-12", "0001-01"):
        page = browser.get(address, query_string="&".join(f"{name}={odd}" for name in ASKED))
        assert page.status_code == 200, (address, odd)
    assert browser.get(address + "?" + "a=1&" * 200).status_code == 200


def test_the_figures_and_months_of_a_site_take_odd_years(browse, office, county):
    browser, site = browse(office), county.lead.id
    for page in ("staff", "figures"):
        address = f"/sites/{site}/{page}?year={2**70}&department={2**70}"
        assert browser.get(address).status_code == 200
    for month in ("0001-01", "9999-12", "x"):
        address = f"/network/departments/{county.medicine.id}/months/{month}"
        assert browser.get(address).status_code == 404


def test_graduating_on_the_last_day_of_time_is_refused(browse, office, alice_resident):
    answers = {"resident": [alice_resident.id, 2**70], "last_day": "9999-12-31", "seen": "x"}
    page = browse(office).post("/courses/graduation/confirmation", data=answers)
    assert page.status_code == 200 and alice_resident.finished_on is None


@pytest.mark.parametrize("months", ["NaN", "Infinity", "1e999999", "sNaN"])
def test_months_that_are_no_number_are_refused(browse, alice, office, county, months):
    page = browse(alice).post("/my-record/credits/new", data={"months": months, "evidence": "x"})
    assert page.status_code == 200 and "Choose a file." in page.text
    page = browse(office).post("/programmes/new", data={"code": "X", "months": months})
    assert page.status_code in (200, 422) and db.session.query(Programme).count() == 1


def test_scores_that_are_no_number_are_refused(browse, office, county):
    intake = add(
        Intake(
            year=2027, programme=county.programme, planned=2, starts_on=date(2027, 9, 1),
            ends_on=date(2030, 9, 1), report_ends_on=date(2027, 9, 3), written_most=100,
            interview_most=100, opened_at=LONG_AGO, opened_by_id=office.id,
        )
    )  # fmt: skip
    someone = add(
        Applicant(intake=intake, name="X", id_number="11010519491231002X", sex="女",
                  applied_at=LONG_AGO)
    )  # fmt: skip
    page = browse(office).post(
        f"/intakes/applicants/{someone.id}/scores", data={"written": "NaN", "version": "1"}
    )
    assert page.status_code == 422


@pytest.mark.parametrize("placement", ["x", "", str(2**70), "１"])
def test_a_tap_for_no_placement_is_no_error(browse, alice, placement):
    sent = {"placement": placement, "category": "disease", "item": "COPD", "form_key": "one"}
    assert browse(alice).post("/log/tap", data=sent).status_code == 302


@pytest.mark.parametrize("path", ["//evil.example", "/\t/evil.example", "/\n/evil", "/a\\b"])
def test_a_kept_filter_leads_to_no_other_place(browse, alice, path):
    sent = {"name": "x", "path": path, "query": "a=1"}
    assert browse(alice).post("/filters/", data=sent).headers["Location"] == "/"


@pytest.mark.parametrize("odd", ["²", "٣", "9" * 5000, str(2**70)])
def test_what_only_looks_like_a_number_is_none(browse, office, odd):
    browser = browse(office)
    for address in (
        "/careers/follow-ups?months=",
        "/careers/follow-ups/export/csv?months=",
        "/incentives/what-if?amount=1&what=rate-",
    ):
        assert browser.get(address + odd).status_code == 200, address
    ticked = {"activity": [f"{odd}:1", f"1:{odd}"]}
    assert browser.post("/training/activities/approvals", data=ticked).status_code == 302


def test_a_name_of_two_lines_is_kept_in_one_and_forges_no_header(app):
    class NameForm(QueryForm):
        name = StringField()
        note = TextAreaField()

    typed = "Wang\nSet-Cookie: a=b\tc"
    with app.test_request_context(query_string={"name": typed, "note": typed}):
        form = NameForm()
        assert form.name.data == "Wang Set-Cookie: a=b c" and form.note.data == typed
        told = as_file(b"x", "csv", "王\r\nSet-Cookie: a=b").headers["Content-Disposition"]
    assert told.startswith("attachment; ") and "\n" not in told
