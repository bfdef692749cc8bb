"""Panels of judges, kinds, and what the release of an OSCE gives to a sitting."""

import re
from decimal import Decimal

import pytest

from tests.exams.conftest import NOW, TODAY, mark_all, spread
from trainingbase.exams.actions import judging, planning, running, scoring, sessions, sittings
from trainingbase.exams.models import NotYet
from trainingbase.exams.queries import osce, panels, standards
from trainingbase.exams.queries import sittings as sitting_queries
from trainingbase.psychometrics.refusals import CannotSay


@pytest.fixture
def panel(day, faculty, office):
    return judging.ask_about_session(day, [one.id for one in faculty[:3]], by=office, at=NOW)


def hand_in(browser, panel, values, **more):
    lines = [one.id for one in panels.panel_by_id(panel.id).lines]
    data = {f"line_{line}": str(value) for line, value in zip(lines, values, strict=True)}
    return browser.post(f"/exams/panels/{panel.id}", data={**data, "done": "1", **more})


def said(number, page):
    """Whether it stands there by itself; tokens and addresses hold all sorts of digits."""
    return re.search(rf"(?<![\w.-]){number}(?![\w-])", page.split("<main")[1])


def test_judges_see_the_others_once_the_round_is_closed(panel, faculty, office, browse):
    first, second = browse(faculty[0]), browse(faculty[1])
    assert hand_in(first, panel, [61, 50, 70]).status_code == 302
    page = second.get(f"/exams/panels/{panel.id}").get_data(as_text=True)
    assert not said(61, page) and faculty[0].name not in page.split("<main")[1]
    assert browse(faculty[3]).get(f"/exams/panels/{panel.id}").status_code == 404
    desk = browse(office)
    assert not said(61, desk.get(f"/exams/panels/{panel.id}").get_data(as_text=True))
    desk.post(f"/exams/panels/{panel.id}/closing", data={"version": panel.version})
    assert panels.panel_by_id(panel.id).is_open, "not everybody has handed in"
    hand_in(second, panel, [55, 60, 65])
    hand_in(browse(faculty[2]), panel, [64, 55, 75])
    desk.post(f"/exams/panels/{panel.id}/closing", data={"version": panel.version})
    page = second.get(f"/exams/panels/{panel.id}").get_data(as_text=True)
    assert "61" in page and faculty[0].name in page
    judged = standards.judged_by(panels.panel_by_id(panel.id))
    assert judged.percent == pytest.approx((61 + 50 + 70 + 55 + 60 + 65 + 64 + 55 + 75) / 9)
    assert list(judged.means.values()) == pytest.approx([60, 55, 70])
    assert list(judged.deviations.values()) == pytest.approx([4.5826, 5, 5], abs=1e-4)


def test_a_round_handed_in_is_not_changed_and_the_next_begins_with_it(
    panel, faculty, office, browse
):
    for who in faculty[:3]:
        hand_in(browse(who), panel, [60, 60, 60])
    assert hand_in(browse(faculty[0]), panel, [1, 1, 1]).status_code == 200
    judging.close_round(panel, version=panel.version, by=office, at=NOW)
    judging.next_round(panel, version=panel.version, by=office, at=NOW)
    page = browse(faculty[0]).get(f"/exams/panels/{panel.id}").get_data(as_text=True)
    assert page.count('value="60"') == 3 or page.count('value="60.00"') == 3
    assert panels.last_closed(panel) == 1
    with pytest.raises(NotYet):
        judging.next_round(panel, version=panel.version, by=office, at=NOW)


def test_a_blank_estimate_is_refused_at_its_field(panel, faculty, browse):
    page = hand_in(browse(faculty[0]), panel, [60, "", 101])
    assert page.status_code == 422


def test_two_judges_are_too_few(day, faculty, office):
    panel = judging.ask_about_session(day, [one.id for one in faculty[:2]], by=office, at=NOW)
    for seat in panel.judges:
        given = {line.id: Decimal(60) for line in panel.lines}
        judging.estimate(panel, seat, given, round_=1, is_done=True, at=NOW, by=seat.person)
    judging.close_round(panel, version=panel.version, by=office, at=NOW)
    assert isinstance(standards.judged_by(panel), CannotSay)


def test_a_panel_sets_the_pass_mark_of_a_paper(sitting, faculty, office, browse):
    desk = browse(office)
    sent = desk.post(
        f"/exams/{sitting.id}/panel/new",
        data={"items": "4", "judges": [one.id for one in faculty[:3]]},
    )
    assert sent.status_code == 302
    panel = panels.of_sitting(sitting.id)
    for who, values in zip(
        faculty, ([50, 60, 70, 80], [60, 60, 70, 70], [55, 65, 75, 65]), strict=False
    ):
        hand_in(browse(who), panel, values)
    desk.post(f"/exams/panels/{panel.id}/closing", data={"version": panel.version})
    desk.post(f"/exams/panels/{panel.id}/use", data={"why": "the panel of today"})
    assert sitting_queries.sitting_by_id(sitting.id).pass_theory == Decimal("65.00")


def test_cuts_come_from_the_chosen_method(opened, faculty, office, browse):
    panel = judging.ask_about_session(opened, [one.id for one in faculty[:3]], by=office, at=NOW)
    for seat in panel.judges:
        given = {line.id: Decimal(62) for line in panel.lines}
        judging.estimate(panel, seat, given, round_=1, is_done=True, at=NOW, by=seat.person)
    judging.close_round(panel, version=panel.version, by=office, at=NOW)
    mark_all(opened, spread)
    running.close_marking(opened, by=office, at=NOW)
    stations = [one.id for one in opened.stations]
    data = {f"method_{one}": "angoff" for one in stations}
    browser, address = browse(office), f"/exams/osce/{opened.id}/standard"
    assert browser.post(address, data=data).status_code == 422, "no reason"
    wrong = {**data, f"method_{stations[0]}": "regression", "why": "x"}
    assert browser.post(address, data=wrong).status_code == 422, "a method that says nothing"
    fixed = {**data, f"method_{stations[0]}": "fixed", "why": "x"}
    assert browser.post(address, data=fixed).status_code == 422, "no number"
    fixed[f"value_{stations[0]}"] = "58.5"
    assert browser.post(address, data=fixed).status_code == 302
    cuts = {one.station_id: (one.method, one.value) for one in osce.cuts_of(opened)}
    assert cuts[stations[0]] == ("fixed", Decimal("58.5"))
    assert cuts[stations[1]] == ("angoff", Decimal(62))


def test_an_osce_gives_its_totals_to_the_sitting(day, kinds, residents, office):
    answers = {
        "title": None, "held_on": TODAY, "place": None, "pass_theory": None,
        "pass_skills": Decimal(60),
    }  # fmt: skip
    skills = sittings.make(kinds["graduation_skills"], answers, form_key="s", by=office, at=NOW)
    sittings.add_one(skills, residents[0].id, by=office, at=NOW)
    given = {"sitting_id": skills.id}
    sessions.change_session(day, given, version=day.version, by=office, at=NOW)
    planning.plan(day, by=office, at=NOW)
    planning.announce(day, by=office, at=NOW)
    running.open_marking(day, by=office, at=NOW)
    mark_all(day)
    running.close_marking(day, by=office, at=NOW)
    chosen = {one.id: scoring.Chosen("fixed", Decimal(50)) for one in day.stations}
    scoring.freeze(day, chosen, why="x", by=office, at=NOW)
    scoring.release(day, version=day.version, today=TODAY, appeal_days=5, by=office, at=NOW)
    candidate = sitting_queries.all_candidates(skills)[0]
    own = next(one for one in osce.candidates_of(day) if one.resident_id == residents[0].id)
    assert (candidate.source, str(candidate.skills)) == ("osce", own.result["total"])
    assert not skills.is_released


def test_kinds_are_data(kinds, office, browse):
    browser = browse(office)
    data = {
        "code": "mock", "name": "模拟考试", "name_en": "Mock test", "result_kind": "annual",
        "has_theory": "y", "is_in_use": "y", "each_year": "y", "source": "Base",
    }  # fmt: skip
    assert browser.post("/exams/kinds/new", data=data).status_code == 302
    assert browser.post("/exams/kinds/new", data=data).status_code == 422
    made = next(one for one in sitting_queries.kinds() if one.code == "mock")
    assert made.parts == ("theory",)
    change = {**data, "version": made.version, "year_from": "3", "year_to": "2"}
    assert browser.post(f"/exams/kinds/{made.id}", data=change).status_code == 422
    change["year_to"] = "3"
    assert browser.post(f"/exams/kinds/{made.id}", data=change).status_code == 302
    assert browser.post(f"/exams/kinds/{made.id}", data=change).status_code == 409
    nothing = {**data, "code": "none", "has_theory": ""}
    del nothing["has_theory"]
    assert browser.post("/exams/kinds/new", data=nothing).status_code == 422
    assert browser.get("/exams/kinds").status_code == 200
