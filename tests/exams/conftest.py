"""What the tests of examinations start from: two of the office, five residents, a sheet with
points, and an OSCE of three stations on two circuits."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.cast import add, faculty_member, person, put, resident
from trainingbase.db import db
from trainingbase.exams.actions import marking, planning, running, sessions, sittings
from trainingbase.exams.models import ExamKind
from trainingbase.exams.queries import marks, osce
from trainingbase.exams.queries import sittings as sitting_queries
from trainingbase.exams.start import put_kinds
from trainingbase.instruments.models import Instrument, Item
from trainingbase.roles import Role

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kinds(county):
    put_kinds()
    db.session.commit()
    return {one.code: one for one in sitting_queries.kinds()}


@pytest.fixture
def second(county):
    """The other one of the office."""
    return person("Zhou", Role.OFFICE)


@pytest.fixture
def residents(county, alice_resident, bob_resident):
    more = [
        resident(name, county, f"11010120000101{number}")
        for name, number in (("Carol", "0041"), ("Dan", "005X"), ("Eve", "0068"))
    ]
    return [alice_resident, bob_resident, *more]


@pytest.fixture
def sitting(residents, kinds, office):
    """The annual test, which all five must sit."""
    answers = {
        "title": None, "held_on": TODAY, "place": "Hall 1", "pass_theory": Decimal(60),
        "pass_skills": Decimal(60),
    }  # fmt: skip
    return sittings.make(kinds["annual"], answers, form_key="sitting", by=office, at=NOW)


def scored(theory, skills):
    return {"attended": True, "theory": Decimal(theory), "skills": Decimal(skills), "passed": None}


@pytest.fixture
def sheet(county) -> Instrument:
    form = put(
        Instrument(
            code="base.station", version="1", name="考站评分表", name_en="Station sheet",
            assessor="examiner", subject="resident", source="Base", confidence="S", origin="base",
            is_once=False, veto="fail", is_in_use=True, published_at=NOW,
        )
    )  # fmt: skip
    for position, (code, name, points) in enumerate(
        (("history", "History", 40), ("exam", "Examination", 40), ("close", "Closing", 20))
    ):
        db.session.add(
            Item(
                instrument=form, position=position, code=code, name=name, name_en=name,
                kind="score", points=Decimal(points), lowest=Decimal(0), highest=Decimal(points),
                is_required=True,
            )
        )  # fmt: skip
    db.session.add(
        Item(
            instrument=form, position=9, code="harm", name="Harm", name_en="Dangerous act",
            kind="boolean", is_veto=True,
        )
    )  # fmt: skip
    db.session.commit()
    return form


@pytest.fixture
def faculty(county, mei_member):
    """Six who teach, Mei first."""
    names = ("Fang", "Gu", "Hu", "Jin", "Kang")
    return [
        mei_member.person,
        *(faculty_member(name, county.surgery, f"3{n:03d}").person for n, name in enumerate(names)),
    ]


def station(sheet, name, **more):
    return {
        "name": name, "name_en": name, "instrument_id": sheet.id, "minutes": 8,
        "weight": Decimal(1), "must_pass": False, "task": "Take a history.", "briefing": None,
        **more,
    }  # fmt: skip


@pytest.fixture
def day(residents, sheet, faculty, office):
    """A draft: three stations, two circuits, six rooms with an examiner each, five candidates."""
    one = sessions.make(
        {
            "title": "OSCE 2026", "held_on": TODAY, "begins_at": NOW, "place": "Skills centre",
            "circuits": 2, "rests": 1, "change_minutes": 2, "pause_minutes": 0,
            "least_stations": 2, "sitting_id": None,
        },
        form_key="osce", by=office, at=NOW,
    )  # fmt: skip
    for name in ("Chest pain", "ECG", "Suture"):
        sessions.add_station(one, station(sheet, name), by=office, at=NOW)
    rooms = [(each, circuit) for circuit in range(2) for each in one.stations]
    for (each, circuit), who in zip(rooms, faculty, strict=True):
        sessions.add_examiner(each, circuit, who, by=office, at=NOW)
    sessions.put_candidates(one, [each.id for each in residents], by=office, at=NOW)
    return one


@pytest.fixture
def opened(day, office):
    planning.plan(day, by=office, at=NOW)
    planning.announce(day, by=office, at=NOW)
    running.open_marking(day, by=office, at=NOW)
    return day


ANSWERS = {"history": 30, "exam": 25, "close": 15, "harm": False}


def mark_all(session, scores=None):
    """Everybody everywhere, by the examiner of the room: `scores` by (candidate, station) as
    points of 100 and an overall rating."""
    rooms = {(one.station_id, one.circuit): one for one in osce.examiners_of(session)}
    done = marks.marked_slots(session)
    for number, slot in enumerate(osce.slots_of(session)):
        if slot.id in done or slot.candidate.absent_because is not None:
            continue
        points, rating = (scores or spread)(slot)
        given = {"history": min(points, 40), "exam": max(0, min(points - 40, 40))}
        given["close"] = max(0, points - 80)
        marking.submit(
            slot, answers={**given, "harm": False}, rating=rating, comment=None,
            form_key=f"m-{slot.id}-{number}", by=rooms[slot.station_id, slot.circuit].person,
            at=NOW,
        )  # fmt: skip


def spread(slot):
    """Better candidates score more; the rating follows."""
    points = 45 + 9 * (slot.candidate_id % 5) + slot.station_id % 3
    return points, 1 + min(4, (points - 40) // 10)


__all__ = ["ANSWERS", "NOW", "TODAY", "ExamKind", "add", "mark_all", "scored", "station"]
