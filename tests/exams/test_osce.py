"""An OSCE from the draft to the released result: what must hold, and what is attacked."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.exams.conftest import ANSWERS, NOW, TODAY, mark_all
from trainingbase.assessments.models import Immutable
from trainingbase.db import db
from trainingbase.exams.actions import appeals, marking, planning, running, scoring, sessions
from trainingbase.exams.models import MarkingClosed, NotYet, OsceMark
from trainingbase.exams.queries import board, conflicts, marks, osce, scores, standards


def mark_form(**more):
    given = {"history": "30", "exam": "25", "close": "15", "harm": "0", "rating": "3", **more}
    return {"form_key": "one", **given}


def slot_at(session, person):
    """The first candidate of this person's room."""
    room = next(one for one in osce.examiners_of(session) if one.person_id == person.id)
    return room, marks.slots_of_room(room)[0]


def freeze_all(session, by, value=60):
    chosen = {
        one.id: scoring.Chosen("fixed", Decimal(value))
        for one in session.stations
        if one.dropped_because is None
    }
    scoring.freeze(session, chosen, why="the committee of today", by=by, at=NOW)


def release(session, by):
    return scoring.release(
        session, version=session.version, today=TODAY, appeal_days=5, by=by, at=NOW
    )


@pytest.fixture
def closed(opened, office):
    mark_all(opened)
    running.close_marking(opened, by=office, at=NOW)
    return opened


def test_the_timetable_gives_everybody_every_station_once(day, office):
    rounds = planning.plan(day, by=office, at=NOW)
    slots = osce.slots_of(day)
    assert len(slots) == 5 * 3
    assert rounds == 4  # three stations and a rest, at most three candidates in a circuit
    assert sorted(one.number for one in osce.candidates_of(day)) == [
        "A01", "A02", "A03", "B01", "B02",
    ]  # fmt: skip
    planning.plan(day, by=office, at=NOW)
    assert len(osce.slots_of(day)) == 15


def test_an_announced_timetable_is_taken_back_before_it_changes(day, sheet, office):
    planning.plan(day, by=office, at=NOW)
    planning.announce(day, by=office, at=NOW)
    with pytest.raises(NotYet):
        planning.plan(day, by=office, at=NOW)
    with pytest.raises(NotYet):
        sessions.remove_station(day.stations[0], by=office, at=NOW)
    planning.take_back(day, by=office, at=NOW)
    sessions.remove_station(day.stations[0], by=office, at=NOW)
    assert osce.slots_of(day) == []


def test_nobody_examines_in_two_rooms(day, faculty, office):
    with pytest.raises(sessions.ElsewhereAlready):
        sessions.add_examiner(day.stations[1], 1, faculty[0], by=office, at=NOW)


def test_marking_opens_only_with_an_examiner_in_every_room(day, office):
    planning.plan(day, by=office, at=NOW)
    planning.announce(day, by=office, at=NOW)
    sessions.set_absent(osce.examiners_of(day)[0], "ill", by=office, at=NOW)
    with pytest.raises(NotYet) as refused:
        running.open_marking(day, by=office, at=NOW)
    assert refused.value.why == "examiners"


def test_who_supervised_a_candidate_is_flagged(day, placed, alice_resident, mei_member, county):
    from datetime import date

    assert conflicts.conflicts_of(day) == []
    placed(alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member)
    alice_resident.tutor_id = mei_member.person_id
    db.session.commit()
    assert [one.why for one in conflicts.conflicts_of(day)] == ["supervisor", "tutor"]


def test_an_examiner_marks_the_next_candidate_once(opened, faculty, browse):
    room, slot = slot_at(opened, faculty[0])
    browser = browse(faculty[0])
    page = browser.get(f"/exams/marking/{room.id}").get_data(as_text=True)
    assert f"/exams/marking/slots/{slot.id}" in page
    assert browser.get(f"/exams/marking/slots/{slot.id}").status_code == 200
    for key in ("one", "one", "two"):  # sent twice, and from another device
        sent = browser.post(f"/exams/marking/slots/{slot.id}", data=mark_form(form_key=key))
        assert sent.status_code == 302
    kept = db.session.scalars(select(OsceMark)).one()
    assert (kept.score, kept.rating, kept.vetoed) == (Decimal(70), 3, False)
    again = browser.get(f"/exams/marking/slots/{slot.id}").get_data(as_text=True)
    assert "form_key" in again and 'name="history"' not in again


def test_a_blank_or_impossible_sheet_is_refused_at_its_field(opened, faculty, browse):
    _room, slot = slot_at(opened, faculty[0])
    browser, address = browse(faculty[0]), f"/exams/marking/slots/{slot.id}"
    for wrong in ({"history": ""}, {"history": "41"}, {"rating": ""}, {"rating": "9"},
                  {"exam": "1e9"}, {"close": "NaN"}):  # fmt: skip
        page = browser.post(address, data=mark_form(**wrong))
        assert page.status_code == 422, wrong
    assert db.session.scalar(select(func.count()).select_from(OsceMark)) == 0


def test_an_examiner_of_another_room_finds_no_page(opened, faculty, alice, browse):
    room, slot = slot_at(opened, faculty[0])
    other = browse(faculty[1])
    for address in (f"/exams/marking/{room.id}", f"/exams/marking/slots/{slot.id}"):
        assert other.get(address).status_code == 404, address
    for tail in ("", "/draft", "/amendments"):
        sent = other.post(f"/exams/marking/slots/{slot.id}{tail}", data=mark_form())
        assert sent.status_code == 404, tail
    assert browse(alice).get(f"/exams/marking/slots/{slot.id}").status_code == 403


def test_who_is_marked_absent_marks_no_more(opened, faculty, office, browse):
    room, slot = slot_at(opened, faculty[0])
    sessions.set_absent(room, "left early", by=office, at=NOW)
    browser = browse(faculty[0])
    assert browser.post(f"/exams/marking/slots/{slot.id}", data=mark_form()).status_code == 404
    assert browser.get("/exams/marking").status_code == 200


def test_nothing_is_marked_before_opening_or_after_closing(day, faculty, office, browse):
    planning.plan(day, by=office, at=NOW)
    planning.announce(day, by=office, at=NOW)
    _room, slot = slot_at(day, faculty[0])
    browser, address = browse(faculty[0]), f"/exams/marking/slots/{slot.id}"
    assert browser.post(address, data=mark_form()).status_code == 404
    running.open_marking(day, by=office, at=NOW)
    for one in osce.candidates_of(day):
        running.set_absent(one, "snow", by=office, at=NOW)
    running.close_marking(day, by=office, at=NOW)
    page = browser.post(address, data=mark_form())
    assert page.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(OsceMark)) == 0
    assert browser.post(f"{address}/draft", data=mark_form()).json == {"kept": False}


def test_a_mark_stays_and_an_amendment_counts_beside_it(opened, faculty, office, browse):
    _room, slot = slot_at(opened, faculty[0])
    made = marking.submit(
        slot, answers=ANSWERS, rating=3, comment=None, form_key="k", by=faculty[0], at=NOW
    )
    made.rating = 5
    with pytest.raises(Immutable):
        db.session.commit()
    db.session.rollback()
    browser = browse(faculty[0])
    sent = browser.post(
        f"/exams/marking/slots/{slot.id}/amendments",
        data={"score": "80", "rating": "4", "why": "One item forgotten", "form_key": "z"},
    )
    assert sent.status_code == 302
    mark = marks.own_mark(slot, faculty[0])
    assert (mark.score, scores.as_marked(mark).score) == (Decimal(70), Decimal(80))
    mark_all(opened)
    running.close_marking(opened, by=office, at=NOW)
    with pytest.raises(MarkingClosed):
        marking.amend(
            mark, score=Decimal(9), rating=1, why="x", form_key="late", by=faculty[0], at=NOW
        )


def test_what_is_typed_is_there_on_another_device(opened, faculty, browse):
    _room, slot = slot_at(opened, faculty[0])
    address = f"/exams/marking/slots/{slot.id}"
    assert browse(faculty[0]).post(f"{address}/draft", data={"history": "17"}).json == {
        "kept": True
    }
    page = browse(faculty[0]).get(address).get_data(as_text=True)
    assert 'value="17"' in page
    shown = board.board(opened, at=NOW)
    assert [room.now for room in shown.rooms if room.now] == [slot.candidate.number]


def test_a_second_examiner_counts_half(opened, faculty, county, office):
    from tests.cast import faculty_member

    room, slot = slot_at(opened, faculty[0])
    extra = faculty_member("Lin", county.surgery, "4001").person
    sessions.add_examiner(room.station, room.circuit, extra, by=office, at=NOW)
    for who, points in ((faculty[0], 30), (extra, 20)):
        marking.submit(
            slot, answers={**ANSWERS, "history": points}, rating=3, comment=None,
            form_key=f"k{points}", by=who, at=NOW,
        )  # fmt: skip
    found = {one.candidate.id: one.result for one in scores.results(opened)}
    station = next(
        one for one in found[slot.candidate_id].stations if one.station == room.station_id
    )
    assert station.score == Decimal(65)


def test_a_station_is_run_again_after_the_last_round(opened, office):
    mark_all(opened)
    station, last = opened.stations[0], osce.last_round(opened)
    assert planning.run_again(station, "fire alarm", by=office, at=NOW) == 5
    new = [one for one in osce.slots_of(opened) if one.station_id == station.id]
    assert len(new) == 5 and all(one.round > last for one in new)
    assert len({(one.circuit, one.round) for one in new}) == 5
    assert all(one.result.total is None for one in scores.results(opened))
    mark_all(opened)
    assert all(one.result.total is not None for one in scores.results(opened))


def test_who_comes_late_catches_up(opened, office):
    late = osce.candidates_of(opened)[0]
    last = osce.last_round(opened)
    assert planning.catch_up(late, "missed the bus", by=office, at=NOW) == 3
    own = [one for one in osce.slots_of(opened) if one.candidate_id == late.id]
    assert len({one.round for one in own}) == 3 and min(one.round for one in own) > last
    mark_all(opened)
    running.close_marking(opened, by=office, at=NOW)


def test_it_closes_only_when_everybody_present_is_marked(opened, office):
    with pytest.raises(NotYet) as refused:
        running.close_marking(opened, by=office, at=NOW)
    assert refused.value.why == "unmarked"


def test_cuts_are_frozen_before_the_release_and_hold(closed, office):
    with pytest.raises(NotYet):
        release(closed, office)
    freeze_all(closed, office)
    with pytest.raises(NotYet) as refused:
        running.reopen(closed, "one more", by=office, at=NOW)
    assert refused.value.why == "frozen"
    freeze_all(closed, office, 65)
    assert {one.value for one in osce.cuts_of(closed)} == {Decimal(65)}
    assert len(osce.all_cuts(closed)) == 6
    assert release(closed, office) == 5
    for one in scores.results(closed):
        assert one.candidate.result["total"] == str(one.result.total)
        assert one.result.passed == (one.result.total >= 65 and one.result.passed_stations >= 2)


def test_a_method_with_too_little_refuses(closed):
    found = standards.of_session(closed, None)
    for one in found.values():
        assert one.said["angoff"].refused.reason == "few_judges"
        assert one.said["group"].refused.reason == "few_borderline"
        assert one.said["regression"].refused.reason == "few_candidates"


def test_a_candidate_reads_nothing_before_the_release_by_any_way(
    closed, office, alice, alice_resident, bob_resident, browse
):
    freeze_all(closed, office)
    browser = browse(alice)
    own = next(one for one in osce.candidates_of(closed) if one.resident_id == alice_resident.id)
    bobs = next(one for one in osce.candidates_of(closed) if one.resident_id == bob_resident.id)
    total = next(one.result.total for one in scores.results(closed) if one.candidate.id == own.id)
    page = browser.get(f"/exams/mine/osce/{own.id}")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert f"{total:.2f}".rstrip("0").rstrip(".") not in text and "Pass mark" not in text
    assert browser.get(f"/exams/mine/osce/{bobs.id}").status_code == 404
    assert browser.get(f"/exams/mine/osce/{bobs.id}/slip").status_code == 404
    sent = browser.post(f"/exams/mine/osce/{own.id}/appeal", data={"text": "?"})
    assert sent.status_code == 302
    forbidden = ("", "/results", "/results/export/csv", f"/results/{own.id}", "/standard",
                 "/progress", "/timetable/export/csv", "/papers/slips")  # fmt: skip
    for tail in forbidden:
        assert browser.get(f"/exams/osce/{closed.id}{tail}").status_code == 403, tail
    release(closed, office)
    assert "Pass mark" in browser.get(f"/exams/mine/osce/{own.id}").get_data(as_text=True)


def test_an_upheld_appeal_corrects_the_score_beside_the_original(
    closed, office, alice, alice_resident, browse
):
    freeze_all(closed, office)
    release(closed, office)
    own = next(one for one in osce.candidates_of(closed) if one.resident_id == alice_resident.id)
    before = scores.result_of_one(own)
    made = appeals.appeal(own, text="The ECG", form_key="k", today=TODAY, by=alice, at=NOW)
    browser, station = browse(office), before.stations[1]
    assert browser.get(f"/exams/appeals/{made.id}").status_code == 200
    data = {f"score_{one.station}": str(one.score) for one in before.stations}
    data |= {f"score_{station.station}": "99", "decision": "upheld", "why": "Points were missed",
             "version": made.version}  # fmt: skip
    assert browser.post(f"/exams/appeals/{made.id}", data=data).status_code == 302
    after = scores.result_of_one(own)
    assert (after.stations[1].score, after.stations[1].was) == (Decimal(99), station.score)
    assert own.result["total"] == str(before.total) != str(after.total)
    browser.post(f"/exams/appeals/{made.id}", data={**data, "decision": "refused"})
    assert made.decision == "upheld"


def test_a_station_left_out_counts_for_nobody(opened, office):
    mark_all(opened)
    running.drop_station(opened.stations[2], "wrong sheet", by=office, at=NOW)
    assert all(len(one.result.stations) == 2 for one in scores.results(opened))
    running.drop_station(opened.stations[1], "and this", by=office, at=NOW)
    with pytest.raises(NotYet):
        running.drop_station(opened.stations[0], "all", by=office, at=NOW)


@pytest.mark.parametrize("tail", ["", "/timetable", "/progress", "/progress/board", "/standard",
                                  "/results", "/results/export/xlsx", "/timetable/export/csv",
                                  "/release", "/change"])  # fmt: skip
def test_every_page_of_the_office_opens(closed, office, browse, tail):
    status = browse(office).get(f"/exams/osce/{closed.id}{tail}").status_code
    assert status == 200


def test_the_papers_are_printed(day, office, browse):
    planning.plan(day, by=office, at=NOW)
    browser = browse(office)
    for what in ("timetable", "slips", "sheets"):
        page = browser.get(f"/exams/osce/{day.id}/papers/{what}")
        assert page.status_code == 200 and page.data.startswith(b"%PDF"), what
    assert browser.get(f"/exams/osce/{day.id}/papers/nothing").status_code == 404
