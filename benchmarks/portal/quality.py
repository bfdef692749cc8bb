"""Server time of the pages of training quality and of forms, at 1×, 10× and 100× of the data.

    python benchmarks/portal/quality.py one.sqlite ten.sqlite hundred.sqlite

Each base is made before, by `trainingbase seed --years 5 --entries 10 --residents 30` (300, 3000):
a hundred thousand, a million and ten million items of forms.  The pages are asked of all bases in
turn, so that the machine's moods reach all alike.  Wall is what passes in the server until the page
is there, CPU is `time.process_time` (on SQLite the database works in the same process): both in
milliseconds at p50/p95.  × is how many times the CPU of the first base a page takes.  Work of the
background is done once.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TRAININGBASE_TODAY", "2026-11-22")
os.environ.setdefault("TRAININGBASE_HOME", tempfile.mkdtemp())

import secrets
from datetime import timedelta

from flask import Flask
from sqlalchemy import event, func, select

from benchmarks.portal.pages import signed_in
from trainingbase import clock
from trainingbase.app import create_app
from trainingbase.assessments.models import Answer, Request, Submission
from trainingbase.attendance.models import Mark
from trainingbase.cli.database import migrate_up
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.judging.queries.content import content_of
from trainingbase.people.models import Grant, Person
from trainingbase.quality import actions
from trainingbase.reports import making
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement

YEARS = "first=2021-12&last=2026-11"
MONTH = "first=2026-05&last=2026-05"


@dataclass
class Base:
    """A portal over one database."""

    app: Flask
    name: str
    pages: dict[str, tuple[int, str]] = field(default_factory=dict)
    clients: dict[int, object] = field(default_factory=dict)

    def open(self, page: str) -> tuple[float, float]:
        """Seconds of wall and of CPU."""
        person, address = self.pages[page]
        if person not in self.clients:
            self.clients[person] = signed_in(self.app, person)
        worked, begun = time.process_time(), time.perf_counter()
        answer = self.clients[person].get(address)
        taken = time.perf_counter() - begun, time.process_time() - worked
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        return taken

    def statements(self, page: str) -> int:
        said: list[str] = []

        def note(_connection, _cursor, statement, *_more):
            said.append(statement)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        self.open(page)
        event.remove(engine, "before_cursor_execute", note)
        return sum(not one.startswith(("BEGIN", "PRAGMA", "ROLLBACK")) for one in said)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bases", nargs="+", help="Files of SQLite, or URLs.")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", default="", help="Pages whose name has this in it.")
    parser.add_argument("--pages-only", action="store_true", help="No work of the background.")
    asked = parser.parse_args()
    bases = [base_of(one) for one in asked.bases]
    print(f"{'':40}" + "".join(f"{one.name:>38}" for one in bases))
    work(FIRST, bases, asked)
    for name in bases[0].pages:
        if asked.only in name:
            compare(name, bases, asked.rounds)
    work(THEN, bases, asked)
    print(f"  most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def work(tasks: dict, bases: list["Base"], asked) -> None:
    for name, task in tasks.items():
        if asked.only in name and not asked.pages_only:
            row(name, [background(one, task) for one in bases])


def base_of(where: str) -> Base:
    url = where if "://" in where else f"sqlite:///{Path(where).resolve()}"
    app = create_app(DATABASE_URL=url, SECRET_KEY=secrets.token_hex(), TESTING=True)
    with app.app_context():
        migrate_up()
        forms = db.session.scalar(select(func.count()).select_from(Submission))
        items = db.session.scalar(select(func.count(Answer.submission_id)))
        made = Base(app, f"{items:,} items, {forms:,} forms", addresses())
        db.session.remove()
    return made


def addresses() -> dict[str, tuple[int, str]]:
    """Who opens what."""
    today = clock.today()
    holders = dict(db.session.execute(select(Grant.role, func.min(Grant.person_id))
                                      .where(Grant.role.in_([Role.OFFICE, Role.LEADER]))
                                      .group_by(Grant.role)).all())  # fmt: skip
    office, leader = holders[Role.OFFICE], holders.get(Role.LEADER) or _leader()
    teacher = db.session.execute(
        select(Request.assessor_id)
        .where(Request.answered_at.is_(None), Request.expires_on > today)
        .group_by(Request.assessor_id)
        .order_by(func.count().desc(), Request.assessor_id)
    ).scalar()
    stay = db.session.execute(
        select(Placement.resident_id, Placement.department_id, Resident.person_id)
        .join(Resident, Resident.id == Placement.resident_id)
        .where(Placement.starts_on <= today, Placement.ends_on > today)
        .order_by(Placement.id)
    ).first()
    rows, latency = "/quality/rows/assessments-in-time", "/assessments/latency"
    ever = "since=2021-12-01"
    return {
        "leader: state of the base": (leader, "/quality/"),
        "leader: state, five years": (leader, f"/quality/?{YEARS}"),
        "leader: all indicators": (leader, "/quality/indicators"),
        "leader: an indicator's charts": (leader, "/quality/indicators/assessments-in-time"),
        "leader: rows": (leader, rows),
        "office: state of the base": (office, "/quality/"),
        "office: all indicators": (office, "/quality/indicators"),
        "office: an indicator's charts": (office, "/quality/indicators/assessments-in-time"),
        "office: charts of scores": (office, "/quality/indicators/competency-scores"),
        "office: rows of a month": (office, f"{rows}?{MONTH}&department={stay.department_id}"),
        "office: rows of five years": (office, f"{rows}?{YEARS}"),
        "office: rows of five years, deep": (office, f"{rows}?{YEARS}&page=100"),
        "office: rows of scores": (office, "/quality/rows/competency-scores"),
        "office: all forms": (office, "/assessments/all"),
        "office: all requests": (office, "/assessments/requests"),
        "office: latency, three months": (office, latency),
        "office: latency ever, by site": (office, f"{latency}?{ever}&by=institution"),
        "office: latency ever, by department": (office, f"{latency}?{ever}&by=department"),
        "office: latency ever, by teacher": (office, f"{latency}?{ever}&by=assessor"),
        "teacher: inbox": (teacher, "/assessments/"),
        "resident: own feedback": (stay.person_id, "/assessments/feedback"),
        "resident: own picture": (stay.person_id, "/judging/picture"),
        "office: a resident's picture": (office, f"/judging/residents/{stay.resident_id}"),
    }


def _leader() -> int:
    grant = Grant(role=Role.LEADER, granted_at=clock.now())
    leader = Person(name="院领导（虚构）", grants=[grant])
    db.session.add(leader)
    db.session.commit()
    return leader.id


def count_anew() -> str:
    return f"{actions.count_anew(today=clock.today(), at=clock.now()):,} sums"


def nothing_changed() -> str:
    return f"{actions.count_changed(today=clock.today(), at=clock.now())} months"


def after_an_act() -> str:
    mark = db.session.scalars(select(Mark).order_by(Mark.id.desc()).limit(1)).one()
    mark.morning = "absence" if mark.morning == "present" else "present"
    db.session.commit()
    return nothing_changed()


def after_a_day() -> str:
    tomorrow = clock.today() + timedelta(days=1)
    months = actions.count_changed(today=tomorrow, at=clock.now())
    actions.count_changed(today=clock.today(), at=clock.now())
    return f"{months} months, there and back"


def verify() -> str:
    return f"{len(actions.verify(at=clock.now()))} differ"


def packet() -> str:
    resident = db.session.scalar(select(func.min(Resident.id)))
    return f"{len(content_of(resident, today=clock.today())['forms'])} forms"


def report() -> str:
    month = clock.today().replace(day=1) - timedelta(days=30)
    made = making.make(making.MONTH, month.replace(day=1), "zh", by=None, at=clock.now())
    return f"edition {made.edition}"


FIRST = {
    "count all months anew": count_anew,
    "count where nothing changed": nothing_changed,
    "count after a mark was changed": after_an_act,
    "packet of a committee": packet,
    "monthly report": report,
}
THEN = {
    "count after a day has passed": after_a_day,
    "verify all months": verify,
}


def background(base: Base, work) -> tuple[str, float]:
    with base.app.test_request_context():
        worked, begun = time.process_time(), time.perf_counter()
        said = work()
        cpu, wall = time.process_time() - worked, time.perf_counter() - begun
        db.session.remove()
    return f"{cpu:.2f} s CPU, {wall:.1f} s ({said})", cpu


def compare(name: str, bases: list[Base], rounds: int) -> None:
    taken: list[list[tuple[float, float]]] = [[] for _base in bases]
    said = [one.statements(name) for one in bases]
    for _round in range(rounds):
        for number, one in enumerate(bases):
            taken[number].append(one.open(name))
    cells = []
    for number, times in enumerate(taken):
        wall, cpu = (sorted(one[which] * 1000 for one in times) for which in (0, 1))
        text = f"{said[number]:>3} st, CPU {at(cpu, 0.5):.0f}/{at(cpu, 0.95):.0f}"
        cells.append((f"{text}, wall {at(wall, 0.5):.0f}/{at(wall, 0.95):.0f}", at(cpu, 0.5)))
    row(name, cells)


def at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def row(name: str, cells: list[tuple[str, float]]) -> None:
    ratios = " ".join(f"{cpu / cells[0][1]:.1f}×" for _text, cpu in cells[1:])
    print(
        f"{name:40}" + "".join(f"{text:>38}" for text, _cpu in cells) + f"   {ratios}", flush=True
    )


if __name__ == "__main__":
    main()
