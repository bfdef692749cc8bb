import io
import re
from datetime import date

import openpyxl
import pytest

from tests.cast import LONG_AGO, add, resident
from trainingbase.db import db
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.completion import completion_of, completions
from trainingbase.notices.models import Notice
from trainingbase.people.models import Grant
from trainingbase.roles import Role
from trainingbase.training.models import Activity

WORK = {
    "done_on": "2026-11-20",
    "category": "disease",
    "item": "COPD",
    "level": "",
    "number": "",
    "note": "",
}


def log(browser, key="one", **more):
    return browser.post("/log/new", data=WORK | {"form_key": key} | more)


def logged() -> list[Entry]:
    return db.session.query(Entry).order_by(Entry.id).all()


def confirm(browser, *entries, do="confirm", **more):
    ids = [entry.id for entry in entries]
    return browser.post(
        "/log/decision", data={"entries": ids, "do": do} | more, follow_redirects=True
    )


def figure(resident_row) -> tuple[int, int, int]:
    whole = completion_of(resident_row.id)
    return whole.counted, whole.target, whole.waiting


def test_work_counts_once_it_is_confirmed(browse, alice, mei, stay, alice_resident):
    assert figure(alice_resident) == (0, 7, 0)
    assert log(browse(alice)).status_code == 302
    assert figure(alice_resident) == (0, 7, 1)
    page = browse(mei).get("/log/to-confirm").text
    assert "COPD" in page
    confirm(browse(mei), *logged())
    assert figure(alice_resident) == (1, 7, 0)


def test_two_taps_log_a_frequent_piece_of_work(browse, alice, stay):
    browser = browse(alice)
    page = browser.get("/log/").text
    assert "One more today: COPD" in page
    key = re.search(r'name="form_key" value="([^"]+)"', page).group(1)
    tap = {"form_key": key, "placement": stay.id, "category": "disease", "item": "COPD"}
    browser.post("/log/tap", data=tap)
    answer = browser.post("/log/tap", data=tap, follow_redirects=True)
    [entry] = logged()
    assert entry.done_on == date(2026, 11, 22)
    assert "Take it back" in answer.text
    browser.post(f"/log/{entry.id}/withdrawal")
    assert entry.state == "withdrawn"


def test_sent_twice_it_is_one(browse, alice, stay):
    browser = browse(alice)
    log(browser)
    log(browser)
    assert len(logged()) == 1


def test_the_same_case_is_not_claimed_twice(browse, alice, stay, bob, placed, bob_resident, county):
    browser = browse(alice)
    log(browser, "a", number="ZY 2026-1")
    again = log(browser, "b", number="zy20261")
    assert again.status_code == 422
    assert "with the same number before" in again.text
    placed(bob_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    assert log(browse(bob), "c", number="ZY20261").status_code == 302
    log(browser, "d", number="ZY20261", item="ECG", category="procedure")
    assert len(logged()) == 3


def test_a_number_is_nowhere_to_be_read_but_can_be_traced(browse, alice, stay, auditor, mei):
    log(browse(alice), number="ZY20261103")
    assert "ZY20261103" not in str([vars(entry) for entry in logged()])
    browser = browse(auditor)
    assert ">Alice<" in browser.post("/log/trace", data={"number": "zy2026 1103"}).text
    assert "Nobody claimed this number" in browser.post("/log/trace", data={"number": "ZY2"}).text
    assert browse(mei).get("/log/trace").status_code == 403


def test_a_case_two_residents_claim_is_shown_to_the_auditor(
    browse, alice, bob, stay, bob_resident, placed, county, auditor
):
    placed(bob_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    log(browse(alice), "a", number="ZY20261103")
    log(browse(alice), "b", number="ZY777", item="Asthma")
    page = browse(auditor).get("/log/trace").text
    assert "No case is claimed by two residents" in page
    log(browse(bob), "c", number="住院号：ｚｙ 2026-1103")
    page = browse(auditor).get("/log/trace").text
    assert "2 residents" in page
    assert ">Alice<" in page
    assert ">Bob<" in page
    assert "Asthma" not in page
    told = browse(auditor).post("/log/trace", data={"number": "ZY20261103"}).text
    assert "2 residents claim this case." in told


def test_what_was_taken_back_or_replaced_is_claimed_no_more(browse, alice, stay, auditor):
    browser = browse(alice)
    log(browser, "a", number="ZY1")
    browser.post(f"/log/{logged()[0].id}/withdrawal")
    assert "Nobody claimed" in browse(auditor).post("/log/trace", data={"number": "ZY1"}).text


def test_who_a_patient_is_is_refused_at_the_field_and_nothing_typed_is_lost(browse, alice, stay):
    page = log(browse(alice), note="患者张三丰，男，咳嗽")
    assert page.status_code == 422
    assert "“张三丰” could tell who the patient is" in page.text
    assert "患者张三丰，男，咳嗽" in page.text
    assert logged() == []


@pytest.mark.parametrize("day", ["2026-10-31", "2026-11-23", "2027-01-01", "1999-01-01"])
def test_only_days_of_the_stay_that_have_come(browse, alice, stay, day):
    page = log(browse(alice), done_on=day)
    assert page.status_code == 422
    assert "Choose a day of this rotation that has come." in page.text


def test_entries_are_taken_some_days_after_leaving_and_no_longer(
    browse, alice, asked, placed, alice_resident, county
):
    placed(alice_resident, county.medicine, date(2026, 9, 1), date(2026, 11, 15))
    assert "You have no rotation today" in browse(alice).get("/log/new").text
    placed(alice_resident, county.medicine, date(2026, 11, 16), date(2026, 11, 20))
    assert log(browse(alice), done_on="2026-11-19").status_code == 302


def test_what_is_confirmed_stays_and_a_correction_stands_beside_it(
    browse, alice, mei, stay, alice_resident
):
    browser = browse(alice)
    log(browser)
    confirm(browse(mei), *logged())
    [first] = logged()
    browser.post(f"/log/{first.id}/withdrawal")
    assert first.state == "confirmed"
    fixed = WORK | {"form_key": "fix", "item": "ECG", "category": "procedure"}
    browser.post(f"/log/{first.id}/correction", data=fixed)
    browser.post(f"/log/{first.id}/correction", data=fixed | {"form_key": "again"})
    first, beside = logged()
    assert figure(alice_resident) == (1, 7, 0)
    confirm(browse(mei), beside)
    assert (first.item, first.state, beside.state) == ("COPD", "replaced", "confirmed")
    assert figure(alice_resident) == (1, 7, 0)
    [ecg] = [line for line in completion_of(alice_resident.id).lines if line.item == "ECG"]
    assert ecg.done == 1


def test_a_correction_cannot_claim_another_entrys_case(browse, alice, stay):
    browser = browse(alice)
    log(browser, "a", number="ZY1")
    log(browser, "b", number="ZY2")
    _first, second = logged()
    second.decide(False, by=alice, at=LONG_AGO, reason="which?")
    add(second)
    page = browser.post(
        f"/log/{second.id}/correction", data=WORK | {"form_key": "c", "number": "ZY1"}
    )
    assert page.status_code == 422


def test_returned_work_says_why_and_the_resident_is_told_once(browse, alice, mei, stay):
    browser = browse(alice)
    log(browser, "a")
    log(browser, "b", item="Asthma")
    refused = confirm(browse(mei), *logged(), do="return")
    assert "Say why you return it." in refused.text
    confirm(browse(mei), *logged(), do="return", reason="No findings noted")
    assert [entry.state for entry in logged()] == ["returned", "returned"]
    assert db.session.query(Notice).filter_by(kind="log-returned").count() == 1
    assert "No findings noted" in browser.get("/log/").text


def test_nobody_decides_anothers(
    browse, alice, mei, chen, stay, secretary, placed, bob_resident, county, bob
):
    log(browse(alice))
    confirm(browse(chen), *logged())
    confirm(browse(secretary), *logged())
    assert logged()[0].is_waiting
    placed(bob_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    log(browse(bob), "b")
    confirm(browse(secretary), logged()[1])
    assert logged()[1].state == "confirmed"


def test_nobody_confirms_their_own(browse, alice, alice_resident, placed, county):
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    scope = {"role": Role.SECRETARY, "department_id": county.medicine.id}
    add(Grant(person_id=alice.id, granted_at=LONG_AGO, **scope))
    browser = browse(alice)
    log(browser)
    confirm(browser, *logged())
    assert logged()[0].is_waiting


def test_another_residents_entries_are_not_found(browse, alice, bob, stay):
    log(browse(alice))
    [entry] = logged()
    assert browse(bob).post(f"/log/{entry.id}/withdrawal").status_code == 404
    assert browse(bob).get(f"/log/{entry.id}/correction").status_code == 404


def test_attending_counts_without_logging(app, stay, alice_resident, county):
    for day in (date(2026, 11, 3), date(2026, 11, 10), date(2026, 10, 3)):
        add(
            Activity(
                held_on=day,
                kind="教学查房",
                topic="Round",
                department=county.medicine,
                approved_at=LONG_AGO,
                residents=[alice_resident],
            )
        )
    add(
        Activity(
            held_on=date(2026, 11, 11),
            kind="教学查房",
            topic="Not approved",
            residents=[alice_resident],
        )
    )
    [line] = [one for one in completion_of(alice_resident.id).lines if one.category == "activity"]
    assert (line.done, line.counted, line.missing) == (2, 2, 0)


def test_every_screen_shows_the_same_figure(browse, alice, mei, office, stay, alice_resident):
    browser = browse(alice)
    log(browser, "a")
    log(browser, "b", item="ECG", category="procedure")
    confirm(browse(mei), *logged())
    for person, address in (
        (alice, "/log/"),
        (alice, "/log/mine/completion"),
        (mei, f"/log/residents/{alice_resident.id}"),
        (office, f"/log/residents/{alice_resident.id}"),
    ):
        assert "28.5 %" in browse(person).get(address).text, address
    assert (
        '<td data-label="Percent" class="numeric">28.5</td>'
        in browse(office).get("/log/completion").text
    )
    book = browse(office).get("/log/completion/export/xlsx").data
    sheets = openpyxl.load_workbook(io.BytesIO(book))
    assert [row[5] for row in sheets.worksheets[0].iter_rows(values_only=True)][1] == 28.5
    assert sum(row[8] for row in list(sheets.worksheets[1].iter_rows(values_only=True))[1:]) == 2


def test_a_figure_opens_the_rows_under_it(browse, alice, office, stay, alice_resident):
    log(browse(alice), "a")
    log(browse(alice), "b", item="ECG", category="procedure")
    page = browse(office).get(
        f"/log/residents/{alice_resident.id}",
        query_string={
            "department": stay.standard_department_id, "category": "disease", "item": "COPD",
        },
    ).text  # fmt: skip
    rows = page.partition('id="rows"')[2]
    assert "COPD" in rows
    assert "ECG" not in rows


def test_many_lines_are_taken_together_or_not_at_all(browse, alice, stay):
    browser = browse(alice)
    lines = "2026-11-03, Disease, COPD\n2026-11-04, Procedure, ECG, Observed, ZY9"
    bad = browser.post(
        "/log/batch", data={"lines": lines + "\n2027-05-01, Disease, X", "form_key": "k"}
    )
    assert bad.status_code == 422
    assert "Line 3: no rotation of yours takes entries for 2027-05-01." in bad.text
    assert "2027-05-01, Disease, X" in bad.text
    told = browser.post(
        "/log/batch", data={"lines": lines + "\n2026-11-05, Disease, 患者李四", "form_key": "k"}
    )
    assert "Line 3: “李四” could tell" in told.text
    assert logged() == []
    for _time in range(2):
        browser.post("/log/batch", data={"lines": lines, "form_key": "k"})
    assert [entry.item for entry in logged()] == ["COPD", "ECG"]


def test_lists_ask_no_more_for_many_than_for_few(
    browse, office, mei, alice, county, asked, placed, mei_member, stay, statements
):
    def people(number, offset):
        for i in range(number):
            one = resident(f"R{i + offset}", county, f"N{i + offset}")
            where = placed(one, county.medicine, date(2026, 11, 1), date(2027, 1, 1), mei_member)
            add(
                Entry(
                    resident=one,
                    placement=where,
                    category="disease",
                    item="COPD",
                    done_on=date(2026, 11, 3),
                    entered_at=LONG_AGO,
                    entry_key=f"k{i + offset}",
                )
            )

    people(2, 0)
    addresses = [(office, "/log/completion"), (mei, "/log/to-confirm"), (mei, "/log/completion")]
    few = [statements(lambda w=w, a=a: browse(w).get(a)) for w, a in addresses]
    people(30, 100)
    many = [statements(lambda w=w, a=a: browse(w).get(a)) for w, a in addresses]
    assert many == few
    assert max(few) <= 22


def test_whom_nobody_knows_has_nothing(app, county):
    assert completions([]) == {}
