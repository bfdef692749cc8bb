"""A correction is no second entry: no case, no day and no work counts twice by its way."""

from datetime import date

from tests.cast import LONG_AGO
from tests.logbook.test_log import WORK, confirm, figure, log, logged
from trainingbase.db import db
from trainingbase.logbook.queries.completion import completion_of


def fix(browser, entry, key, **more):
    return browser.post(f"/log/{entry.id}/correction", data=WORK | {"form_key": key} | more)


def test_the_case_of_a_correction_is_not_claimed_again(browse, alice, mei, stay):
    browser = browse(alice)
    log(browser, "a", number="ZY1")
    confirm(browse(mei), *logged())
    fix(browser, logged()[0], "b", number="ZY2")
    confirm(browse(mei), logged()[1])
    again = log(browser, "c", number="ZY2")
    assert again.status_code == 422
    assert "with the same number before" in again.text
    assert len(logged()) == 2


def test_a_returned_correction_is_corrected_and_the_work_counts_once(
    browse, alice, mei, stay, alice_resident
):
    browser, supervisor = browse(alice), browse(mei)
    log(browser, "a", number="ZY1")
    confirm(supervisor, *logged())
    fix(browser, logged()[0], "b", number="ZY1", note="wrong")
    confirm(supervisor, logged()[1], do="return", reason="Not so.")
    assert fix(browser, logged()[1], "c", number="ZY1", note="right").status_code == 302
    first, returned, second = logged()
    assert second.corrects_id == first.id
    confirm(supervisor, second)
    assert (first.state, returned.state, second.state) == ("replaced", "replaced", "confirmed")
    assert figure(alice_resident) == (1, 7, 0)
    assert completion_of(alice_resident.id).counted == 1


def test_a_correction_makes_no_second_count_of_a_day(browse, alice, stay):
    browser = browse(alice)
    tap = {"placement": stay.id, "category": "workload", "item": "门诊接诊", "count": 10}
    browser.post("/log/tap", data=tap | {"form_key": "a"})
    first = logged()[0]
    first.done_on = date(2026, 11, 20)
    first.decide(True, by=alice, at=LONG_AGO)
    db.session.commit()
    browser.post("/log/tap", data=tap | {"form_key": "b"})
    second = logged()[1]
    second.decide(False, by=alice, at=LONG_AGO, reason="How many?")
    db.session.commit()
    counted = {"done_on": "2026-11-20", "count": "10", "teacher_id": "0"}
    refused = browser.post(f"/log/{second.id}/correction", data=counted | {"form_key": "c"})
    assert refused.status_code == 422
    browser.post("/log/tap", data=tap | {"form_key": "d"})
    sent = counted | {"done_on": "2026-11-22", "form_key": "e"}
    assert browser.post(f"/log/{second.id}/correction", data=sent).status_code == 302
    states = [one.state for one in logged()]
    assert states == ["confirmed", "returned", "withdrawn", "waiting"]
