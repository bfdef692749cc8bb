from decimal import Decimal

from trainingbase.db import db
from trainingbase.thresholds import words
from trainingbase.thresholds.models import Threshold
from trainingbase.thresholds.queries import value_of, values, whole
from trainingbase.thresholds.rules import PARTS, part_of


def test_the_office_sets_a_number(browse, office):
    page = browse(office).post("/thresholds/notice_days", data={"value": "45", "version": "1"})
    assert page.status_code == 302
    assert value_of("notice_days") == 45


def test_two_editors_do_not_overwrite_each_other(browse, office):
    browser = browse(office)
    browser.post("/thresholds/notice_days", data={"value": "45", "version": "1"})
    late = browser.post("/thresholds/notice_days", data={"value": "60", "version": "1"})
    assert late.status_code == 409
    assert "45" in late.text
    assert 'value="60"' in late.text
    assert value_of("notice_days") == 45


def test_words_are_not_numbers(browse, office):
    page = browse(office).post("/thresholds/notice_days", data={"value": "many", "version": "1"})
    assert page.status_code == 200
    assert 'value="many"' in page.text
    assert 'aria-invalid="true"' in page.text


def test_an_unknown_number_is_not_found(browse, office):
    assert browse(office).get("/thresholds/nothing").status_code == 404


def test_the_second_editor_compares_and_chooses(browse, office):
    browser = browse(office)
    browser.post("/thresholds/notice_days", data={"value": "45", "version": "1"})
    late = browser.post("/thresholds/notice_days", data={"value": "60", "version": "1"})
    assert "yours: 60" in late.text
    assert "now: 45" in late.text
    assert 'name="version" type="hidden" value="2"' in late.text
    browser.post("/thresholds/notice_days", data={"value": "60", "version": "2"})
    assert value_of("notice_days") == 60


def test_what_a_number_was_before_stays_readable(browse, office):
    browser = browse(office)
    browser.post("/thresholds/notice_days", data={"value": "45", "version": "1"})
    page = browser.get("/thresholds/notice_days").text
    assert '<td data-label="Before">30</td>' in page
    assert '<td data-label="After">45</td>' in page


def test_numbers_stand_in_parts_and_are_found_by_name_key_or_source(browse, office):
    browser = browse(office)
    closed = browser.get("/thresholds/").text
    assert 'id="part-mailing"' in closed and 'id="part-mailing" open' not in closed
    found = browser.get("/thresholds/?search=mail_hour").text
    assert 'id="part-mailing" open' in found and "part-leave" not in found
    for search in ("%", "_", "'", "x" * 5000, "\x00", "没有"):
        page = browser.get("/thresholds/", query_string={"search": search})
        assert page.status_code in (200, 400)
    assert "called so" in browser.get("/thresholds/?search=zzz").text


def test_every_part_has_a_name_and_every_official_number_a_part():
    assert set(words.PARTS) == set(PARTS)
    assert part_of("leaving_due_days") == "leaving" and part_of("leave_late_days") == "leave"
    assert part_of("certificates_target") == "targets" and part_of("what_nobody_knows") == "other"


def test_some_numbers_have_a_floor_and_say_why(browse, office):
    path, browser = "/thresholds/small_cell_people", browse(office)
    assert "Not below 5." in browser.get(path).text
    for low in ("1", "4.9", "0"):
        page = browser.post(path, data={"value": low, "version": "1"})
        assert page.status_code == 200 and "Enter at least 5." in page.text
    assert browser.post(path, data={"value": "7", "version": "1"}).status_code == 302
    assert whole("small_cell_people") == 7


def test_what_was_set_below_a_floor_counts_as_the_floor(office):
    db.session.get(Threshold, "small_cell_people").value = Decimal(1)
    db.session.commit()
    assert whole("small_cell_people") == values()["small_cell_people"] == 5
