"""Two OSCEs of the county: one of last week with its results, one that runs today."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from flask import current_app
from sqlalchemy import select

from trainingbase import clock
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.exams.actions import (
    judging,
    marking,
    outside,
    planning,
    running,
    scoring,
    sessions,
)
from trainingbase.exams.models import Osce, OsceSlot
from trainingbase.exams.queries import osce, panels, standards
from trainingbase.faculty.models import FacultyMember
from trainingbase.instruments import actions as forms
from trainingbase.instruments.models import Instrument
from trainingbase.people.models import Person

STATIONS = (
    ("胸痛病史采集", "History: chest pain", 1),
    ("心肺复苏", "Resuscitation", 2),
    ("心电图判读", "Reading an ECG", 1),
    ("高血压随访与健康教育", "Follow-up of hypertension", 1),
    ("清创缝合", "Wound care and suture", 1),
)
LINES = (
    ("准备与沟通", "Preparation and communication", 20),
    ("要点完整", "Completeness", 40),
    ("操作或思路规范", "Method", 30),
    ("结束与交代", "Closing", 10),
)
TASK = "请在规定时间内完成本站任务。（演示内容，非官方考题）"
CIRCUITS = 2
RUNS_TODAY = 8


def play(
    round_: Sequence[Resident], *, teacher: Person, office: Person, today: date, at: datetime
) -> int:
    """How many marks there are."""
    sheet = _sheet(office, at)
    examiners = _examiners(teacher)
    past = _session("全科住院医师年度OSCE", today - timedelta(days=7), sheet, office, at)
    _fill(past, round_, examiners, office, at)
    number = _mark(past, at=at)
    running.close_marking(past, by=office, at=at)
    _freeze(past, examiners, office, at)
    scoring.release(
        past,
        version=past.version,
        today=today - timedelta(days=1),
        appeal_days=30,
        by=office,
        at=at,
    )
    now = _session("技能强化OSCE", today, sheet, office, at, stations=3)
    _fill(now, round_[:RUNS_TODAY], examiners, office, at)
    number += _mark(now, at=at, rounds=2, but=teacher)
    _put_outside(now, office, at)
    return number


def _put_outside(session: Osce, office: Person, at: datetime) -> None:
    outside.put(
        session.stations[0],
        0,
        name="白雪梅",
        employer="市中心医院（虚构）",
        identity="handed",
        form_key="demo-outside",
        secret=current_app.config["SECRET_KEY"],
        by=office,
        at=at,
    )


def _sheet(office: Person, at: datetime) -> Instrument:
    items = [
        {
            "code": f"S{number}",
            "name": {"zh": zh, "en": en},
            "kind": "score",
            "points": points,
            "required": True,
        }
        for number, (zh, en, points) in enumerate(LINES, start=1)
    ]
    items.append(
        {
            "code": "S9",
            "name": {"zh": "有危及患者安全的操作", "en": "Did something dangerous"},
            "kind": "boolean",
            "veto": True,
        }
    )
    document = {
        "format": "trainingbase/instrument",
        "format_version": 1,
        "identity": "base/osce_station",
        "version": "1",
        "name": {"zh": "OSCE考站评分表（演示）", "en": "OSCE station sheet (demonstration)"},
        "assessor": "examiner",
        "subject": "resident",
        "source": "演示",
        "confidence": "S",
        "once": False,
        "veto": "fail",
        "items": items,
    }
    made = forms.take_in(document, by=office, at=at)
    forms.publish(made, by=office, at=at)
    return made


def _examiners(teacher: Person) -> list[Person]:
    """The teacher of whom there is an account first."""
    rows = db.session.scalars(
        select(FacultyMember.person_id)
        .where(FacultyMember.inactive_on.is_(None), FacultyMember.person_id != teacher.id)
        .order_by(FacultyMember.id)
        .limit(len(STATIONS) * CIRCUITS)
    ).all()
    people = [db.session.get(Person, one) for one in rows]
    return [teacher, *(one for one in people if one is not None)]


def _session(
    title: str, day: date, sheet: Instrument, office: Person, at: datetime, *, stations: int = 5
) -> Osce:
    made = sessions.make(
        {
            "title": title,
            "held_on": day,
            "begins_at": datetime.combine(day, time(8, 30), clock.LOCAL),
            "place": "临床技能中心",
            "circuits": CIRCUITS,
            "rests": 1,
            "change_minutes": 2,
            "pause_minutes": 10,
            "least_stations": max(2, stations - 2),
            "sitting_id": None,
        },
        form_key=f"demo-osce-{day}",
        by=office,
        at=at,
    )
    for name, name_en, weight in STATIONS[:stations]:
        answers = {
            "name": name,
            "name_en": name_en,
            "instrument_id": sheet.id,
            "minutes": 8,
            "weight": Decimal(weight),
            "must_pass": weight > 1,
            "task": TASK,
            "briefing": None,
        }
        sessions.add_station(made, answers, by=office, at=at)
    return made


def _fill(
    session: Osce,
    round_: Sequence[Resident],
    people: Sequence[Person],
    office: Person,
    at: datetime,
) -> None:
    rooms = [(one, circuit) for circuit in range(CIRCUITS) for one in session.stations]
    for (station, circuit), person in zip(rooms, people, strict=False):
        sessions.add_examiner(station, circuit, person, by=office, at=at)
    sessions.put_candidates(session, [one.id for one in round_], by=office, at=at)
    planning.plan(session, by=office, at=at)
    planning.announce(session, by=office, at=at)
    running.open_marking(session, by=office, at=at)
    for candidate in osce.candidates_of(session):
        candidate.arrived_at = at
    db.session.commit()


def _mark(
    session: Osce, *, at: datetime, rounds: int | None = None, but: Person | None = None
) -> int:
    """All of it, or the first `rounds`; `but` has still to begin."""
    rooms = {(one.station_id, one.circuit): one.person for one in osce.examiners_of(session)}
    done = 0
    for slot in osce.slots_of(session):
        person = rooms[slot.station_id, slot.circuit]
        if (rounds is not None and slot.round >= rounds) or person is but:
            continue
        _give(slot, person, at)
        done += 1
    return done


def _give(slot: OsceSlot, person: Person, at: datetime) -> None:
    able = Random(slot.candidate.resident_id).gauss(0.72, 0.1)  # noqa: S311 - no secret
    dice = Random(slot.id)  # noqa: S311
    part = min(0.98, max(0.3, able + dice.gauss(0, 0.07)))
    answers: dict[str, object] = {
        f"S{number}": round(min(points, points * part + dice.gauss(0, 0.5)))
        for number, (_zh, _en, points) in enumerate(LINES, start=1)
    }
    rating = 1 + sum(part + dice.gauss(0, 0.03) >= step for step in (0.52, 0.66, 0.78, 0.9))
    marking.submit(
        slot,
        answers={**answers, "S9": 0},
        rating=rating,
        comment="思路清晰，注意与患者确认理解。" if dice.random() < 0.3 else None,
        form_key=f"demo-mark-{slot.id}",
        by=person,
        at=at,
    )


def _freeze(session: Osce, people: Sequence[Person], office: Person, at: datetime) -> None:
    """Borderline regression where it can say something, else the panel."""
    judges = people[:4]
    panel = judging.ask_about_session(session, [one.id for one in judges], by=office, at=at)
    for seat in panel.judges:
        dice = Random(seat.person_id)  # noqa: S311
        given = {line.id: Decimal(dice.randrange(55, 68)) for line in panel.lines}
        judging.estimate(panel, seat, given, round_=1, is_done=True, at=at, by=seat.person)
    judging.close_round(panel, version=panel.version, by=office, at=at)
    said = standards.of_session(session, panels.of_session(session.id))
    chosen = {}
    for station, one in said.items():
        best = next(
            (code for code in ("regression", "angoff") if one.said[code].cut is not None), "angoff"
        )
        found = one.said[best]
        chosen[station] = scoring.Chosen(best, found.rounded, found.rounded_error, found.candidates)
    scoring.freeze(session, chosen, why="考核领导小组讨论通过（演示）。", by=office, at=at)
