"""Lists: the same number of statements for few and for many, filters, downloads, who sees what."""

from decimal import Decimal

import pytest

from tests.cast import put, resident
from tests.exams.conftest import NOW, TODAY, mark_all
from trainingbase.db import db
from trainingbase.exams.actions import planning, province, running, sessions, sittings
from trainingbase.exams.models import ExamCandidate, Osce
from trainingbase.exams.queries import figures, osce


def test_the_lists_take_the_same_statements_for_few_and_for_many(
    sitting, day, office, county, kinds, browse, statements
):
    browser = browse(office)
    addresses = ("/exams/", f"/exams/{sitting.id}", "/exams/osce", "/exams/appeals")
    before = {one: statements(lambda one=one: browser.get(one)) for one in addresses}
    for number in range(30):
        put(
            Osce(
                title=f"Another {number}", held_on=TODAY, begins_at=NOW, made_at=NOW,
                form_key=f"o{number}",
            )
        )  # fmt: skip
        sittings.make(kinds["annual"], {"held_on": TODAY}, form_key=f"s{number}", by=office, at=NOW)
    for number in range(20):
        one = resident(f"R{number}", county, f"1101012000020{number:05d}")
        put(ExamCandidate(sitting_id=sitting.id, resident_id=one.id, added_because="by_hand"))
    db.session.commit()
    assert {one: statements(lambda one=one: browser.get(one)) for one in addresses} == before


def test_the_board_takes_few_statements(opened, office, browse, statements):
    browser, address = browse(office), f"/exams/osce/{opened.id}/progress/board"
    before = statements(lambda: browser.get(address))
    mark_all(opened)
    assert statements(lambda: browser.get(address)) == before <= 16


def test_filters_and_downloads(sitting, day, office, browse):
    browser = browse(office)
    page = browser.get(f"/exams/{sitting.id}?search=Ali").get_data(as_text=True)
    assert "Alice" in page and "Bob" not in page.split('id="candidates"')[1].split("<details")[0]
    for address in (
        "/exams/?state=open&year=2026",
        "/exams/osce?state=draft&search=OSCE",
        "/exams/appeals?state=waiting",
        "/exams/?sort=-day&page=999&kind=abc",
    ):
        assert browser.get(address).status_code == 200, address
    for address in (
        "/exams/export", f"/exams/{sitting.id}/export", "/exams/osce/export",
        "/exams/appeals/export", "/exams/figures/export",
        f"/exams/osce/{day.id}/timetable/export", f"/exams/osce/{day.id}/results/export",
    ):  # fmt: skip
        for kind, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
            found = browser.get(f"{address}/{kind}")
            assert found.status_code == 200 and found.data.startswith(start), (address, kind)
        assert browser.get(f"{address}/exe").status_code == 404


def test_the_auditor_reads_and_the_leader_sees_figures_only(sitting, day, auditor, leader, browse):
    reader, leading = browse(auditor), browse(leader)
    for address in ("/exams/", f"/exams/{sitting.id}", f"/exams/osce/{day.id}", "/exams/appeals"):
        assert reader.get(address).status_code == 200, address
        assert leading.get(address).status_code == 403, address
    assert leading.get("/exams/figures").status_code == 200
    for address in (f"/exams/{sitting.id}/release", f"/exams/osce/{day.id}/timetable"):
        assert reader.post(address).status_code == 403, address


def test_a_rate_stands_beside_the_province_with_its_interval(office, alice_resident, browse):
    from trainingbase.assessments.models import ExamResult

    for year, passed in ((2025, True), (2026, False)):
        put(
            ExamResult(
                resident_id=alice_resident.id, kind="licence", year=year, is_first_attempt=True,
                attended=True, passed=passed,
            )
        )  # fmt: skip
    db.session.commit()
    browser = browse(office)
    wrong = {"kind": "licence", "year": 2025, "measure": "theory", "value": "84", "source": "x"}
    assert browser.post("/exams/figures/province", data=wrong).status_code == 422
    for value in ("84.2", "85"):
        sent = browser.post(
            "/exams/figures/province",
            data={**wrong, "measure": "licence", "value": value, "source": "Circular 3"},
        )
        assert sent.status_code == 302
    new, old = figures.rates()
    assert (old.rate, old.of, round(old.low, 1), old.province) == (100.0, 1, 20.7, 85.0)
    assert old.against == "within"
    assert new.province is None
    page = browser.get("/exams/figures").get_data(as_text=True)
    assert "Circular 3" in page and "85 %" in page


def test_who_sees_no_names_sees_no_figure_of_one(alice_resident, leader, auditor, browse):
    from trainingbase.assessments.models import ExamResult

    put(
        ExamResult(
            resident_id=alice_resident.id, kind="annual", year=2026, is_first_attempt=True,
            theory=Decimal("61.25"), skills=Decimal("62.75"),
        )
    )  # fmt: skip
    db.session.commit()
    addresses = ("/exams/figures", "/exams/figures/export/csv", "/assessments/examinations")
    told = "".join(browse(leader).get(address).text for address in addresses)
    assert "61.2" not in told and "62.7" not in told and "No group of fewer than 5" in told
    assert all("61.2" in browse(auditor).get(address).text for address in addresses[::2])


@pytest.mark.parametrize("measure", ["theory", "skills"])
def test_every_kind_has_its_measures(measure):
    assert measure in province.MEASURES["graduation"] and measure in province.MEASURES["annual"]


def test_a_sitting_takes_the_workbook_of_the_county(sitting, office, browse):
    import io

    lines = [
        "测试年度,姓名,理论成绩,技能成绩,是否参加",
        "2026,Alice,71,82,是", "2026,Bob,,,否", "2026,Nobody,70,70,是", "2025,Eve,70,70,是",
    ]  # fmt: skip
    browser = browse(office)

    def bring():
        content = io.BytesIO("\n".join(lines).encode())
        return browser.post(
            f"/exams/{sitting.id}/workbook", data={"workbook": (content, "annual.csv")}
        )

    page = bring()
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "New or changed: 2." in text and "Rows not taken: 2." in text
    assert "Already so: 2." in bring().get_data(as_text=True)
    broken = browser.post(
        f"/exams/{sitting.id}/workbook", data={"workbook": (io.BytesIO(b"\x00\x01"), "x.xlsx")}
    )
    assert broken.status_code == 422


def test_odd_addresses_and_odd_numbers_are_answered(sitting, day, office, browse):
    browser = browse(office)
    for tail in ("candidates/999999", "candidates/1/figures", "entry/7/free"):
        assert browser.get(f"/exams/{sitting.id}/{tail}").status_code in (302, 404, 405)
    for data in (
        {"kind": "999", "held_on": "2026-11-22"},
        {"kind": "1", "held_on": "0001-01-01"},
        {"kind": "1", "held_on": "2026-11-22", "pass_theory": "1e99"},
        {"kind": "1", "held_on": "x" * 5000},
    ):
        assert browser.post("/exams/new", data=data).status_code == 422, data
    for data in (
        {"title": " ", "held_on": "2026-11-22", "begins": "08:00"},
        {"title": "x", "held_on": "2026-11-22", "begins": "08:00", "circuits": "99"},
        {"title": "x", "held_on": "2026-11-22", "begins": "26:00"},
    ):
        assert browser.post("/exams/osce/new", data=data).status_code == 422, data
    room = browser.post(
        f"/exams/osce/{day.id}/examiners", data={"person": "1", "room": f"{10**9}-0"}
    )
    assert room.status_code == 422


def test_whoever_is_added_late_is_planned_only_in_a_draft(day, office, browse, county):
    planning.plan(day, by=office, at=NOW)
    planning.announce(day, by=office, at=NOW)
    late = resident("Late", county, "110101200003010025")
    browser = browse(office)
    browser.post(f"/exams/osce/{day.id}/candidates", data={"residents": [late.id]})
    assert len(osce.candidates_of(day)) == 5
    planning.take_back(day, by=office, at=NOW)
    browser.post(f"/exams/osce/{day.id}/candidates", data={"residents": [late.id]})
    assert len(osce.candidates_of(day)) == 6
    assert not osce.has_timetable(day)


def test_stale_changes_are_refused(day, sitting, office, browse):
    browser = browse(office)
    data = {"held_on": "2026-12-01", "version": sitting.version}
    assert browser.post(f"/exams/{sitting.id}/change", data=data).status_code == 302
    assert browser.post(f"/exams/{sitting.id}/change", data={**data, "held_on": "2026-12-02"}
                        ).status_code == 409  # fmt: skip
    one = day.stations[0]
    data = {"name": "ECG", "instrument": one.instrument_id, "minutes": "9", "weight": "1",
            "version": one.version}  # fmt: skip
    address = f"/exams/osce/{day.id}/stations/{one.id}"
    assert browser.post(address, data=data).status_code == 302
    assert browser.post(address, data={**data, "minutes": "7"}).status_code == 409


def test_two_people_open_a_session_once(day, office):
    planning.plan(day, by=office, at=NOW)
    planning.announce(day, by=office, at=NOW)
    running.open_marking(day, by=office, at=NOW)
    opened_at = day.opened_at
    running.open_marking(day, by=office, at=NOW.replace(hour=9))
    assert day.opened_at == opened_at
    assert sessions.make({"title": "twice"}, form_key="osce", by=office, at=NOW).id == day.id
