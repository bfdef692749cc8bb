"""Statements and application CPU of the pages people open daily, at a few sizes of one base.

    python benchmarks/portal/pages.py --entries 1 6 60 --database sqlite postgresql

Each base is made by `trainingbase seed`; `--entries` is how many entries of the log a resident
makes a month, so that every list has full pages at every size. CPU is `time.process_time` of the
whole request, the test client's own half millisecond included, best of `--rounds`: what other
programs do meanwhile does not count. On SQLite the database works in the same process, so its
work counts too; on PostgreSQL it does not. PostgreSQL is started from where the tests find it.
"""

import argparse
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from datetime import date

from sqlalchemy import event, func, select

from tests.databases import PostgresServer, SqliteServer
from trainingbase import clock
from trainingbase.accounts.models import Account, SignIn
from trainingbase.accounts.rules import secret_hash
from trainingbase.app import create_app
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.logbook.actions import keeping
from trainingbase.logbook.models import Entry
from trainingbase.people.models import Grant
from trainingbase.quality import actions as quality
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.seed import making
from trainingbase.start import start_with

SERVERS = {"sqlite": SqliteServer, "postgresql": PostgresServer}
GOAL = 4.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, nargs="+", default=[1, 6, 60])
    parser.add_argument("--residents", type=int, default=300)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--database", nargs="+", choices=list(SERVERS), default=list(SERVERS))
    parser.add_argument("--sqlite-file", help="measure this seeded base instead")
    asked = parser.parse_args()
    os.environ["TRAININGBASE_TODAY"] = os.environ.get("TRAININGBASE_TODAY", "2026-11-22")
    os.environ.setdefault("TRAININGBASE_HOME", tempfile.mkdtemp())
    if asked.sqlite_file:
        report("sqlite", f"sqlite:///{asked.sqlite_file}", asked, None)
        return
    for kind in asked.database:
        server = SERVERS[kind]()
        try:
            for entries in asked.entries:
                report(kind, server.create(), asked, entries)
        finally:
            server.stop()


def report(kind: str, url: str, asked, entries: int | None) -> None:
    app = create_app(DATABASE_URL=url, SECRET_KEY=secrets.token_hex(), TESTING=True)
    begun = time.monotonic()
    with app.app_context():
        if entries is not None:
            db.create_all()
            start_with()
            size = making.Size(asked.residents, asked.years, entries)
            making.make(size, today=clock.today(), at=clock.now(), beside=False, say=lambda _: None)
        number = db.session.scalar(select(func.count()).select_from(Entry))
        worked = time.process_time()
        kept = quality.count_anew(today=clock.today(), at=clock.now())
        print(f"{kept:,} monthly figures counted in {time.process_time() - worked:.1f} s of CPU")
        worked = time.process_time()
        kept = keeping.keep_changed(at=clock.now())
        print(
            f"completion of {kept:,} residents kept in {time.process_time() - worked:.1f} s of CPU"
        )
        pages = addresses()
    made = time.monotonic() - begun
    print(f"\n{kind}, {number:,} entries" + (f" (made in {made:.0f} s)" if entries else ""))
    print(f"  {'':34}{'statements':>11}{'CPU ms':>9}{'wall ms':>9}{'KB':>6}")
    for name, (person, address) in pages.items():
        said, cpu, wall, kilobytes = measure(app, person, address, asked.rounds)
        over = "" if cpu <= GOAL else f"   over {GOAL:.0f} ms"
        print(f"  {name:34}{said:>11}{cpu:>9.1f}{wall:>9.1f}{kilobytes:>6.0f}{over}", flush=True)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def addresses() -> dict[str, tuple[int, str]]:
    """Who opens what."""
    today = date.fromisoformat(os.environ["TRAININGBASE_TODAY"])
    stay = db.session.execute(
        select(Placement.id, Placement.resident_id, Placement.department_id, Resident.person_id)
        .join(Resident, Resident.id == Placement.resident_id)
        .where(Placement.starts_on <= today, Placement.ends_on > today)
        .order_by(Placement.id)
    ).first()
    most = db.session.execute(
        select(FacultyMember.person_id)
        .join(Placement, Placement.supervisor_id == FacultyMember.id)
        .join(Entry, Entry.placement_id == Placement.id)
        .where(Entry.confirmed.is_(None))
        .group_by(FacultyMember.person_id)
        .order_by(func.count().desc())
    ).scalar()
    secretary = db.session.scalar(
        select(Grant.person_id).where(Grant.department_id == stay.department_id)
    )
    office = db.session.scalar(select(Grant.person_id).where(Grant.role == Role.OFFICE))
    month = f"{today:%Y-%m}"
    return {
        "resident: my log": (stay.person_id, "/log/"),
        "resident: one rotation": (stay.person_id, f"/log/placements/{stay.id}"),
        "resident: all that is asked": (stay.person_id, "/log/mine/completion"),
        "supervisor: to confirm": (most, "/log/to-confirm"),
        "secretary: month of attendance": (
            secretary,
            f"/attendance/month?month={month}&department={stay.department_id}",
        ),
        "secretary: day of attendance": (secretary, "/attendance/"),
        "office: completion table": (office, "/log/completion"),
        "office: completion, by percent": (office, "/log/completion?sort=percent"),
        "office: appeals": (office, "/log/appeals"),
        "office: state of the base": (office, "/quality/"),
        "office: all indicators": (office, "/quality/indicators"),
        "office: charts of an indicator": (office, "/quality/indicators/placements-done"),
    }


def measure(app, person: int, address: str, rounds: int) -> tuple[int, float, float, float]:
    """Statements, best CPU and best wall in milliseconds, and the size of the page."""
    client = signed_in(app, person)
    said: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        said.append(statement)

    with app.app_context():
        engine = db.engine
    page = client.get(address)
    if page.status_code != 200:
        raise SystemExit(f"{address}: {page.status_code}")
    event.listen(engine, "before_cursor_execute", note)
    client.get(address)
    event.remove(engine, "before_cursor_execute", note)
    cpu, wall = [], []
    for _round in range(rounds):
        worked, begun = time.process_time(), time.perf_counter()
        client.get(address)
        cpu.append(time.process_time() - worked)
        wall.append(time.perf_counter() - begun)
    asked = [one for one in said if not one.startswith(("BEGIN", "PRAGMA", "ROLLBACK"))]
    return len(asked), min(cpu) * 1000, min(wall) * 1000, len(page.data) / 1024


def signed_in(app, person: int):
    """A browser of this person, who gets an account nobody can enter by a password."""
    secret, now = secrets.token_urlsafe(), clock.real_now()
    with app.app_context():
        if db.session.scalar(select(Account.id).where(Account.person_id == person)) is None:
            db.session.add(
                Account(
                    person_id=person,
                    login=f"benchmark{person}",
                    password_hash="",
                    password_set_at=now,
                    must_change=False,
                )
            )
        db.session.add(
            SignIn(
                person_id=person,
                secret_hash=secret_hash(secret),
                started_at=now,
                seen_at=now,
                device="benchmark",
            )
        )
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["secret"] = secret
    return client


if __name__ == "__main__":
    main()
