"""What fictional residents do in the community and count by the day, and their appeals."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import insert, select

from trainingbase import clock
from trainingbase.db import db
from trainingbase.logbook.actions import appealing
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.completion import placement_completions
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

SETTLED = timedelta(days=4)


def _pressure(chance: Random) -> dict:
    high = chance.randrange(118, 172, 2)
    grade = "controlled" if high < 140 else "grade1" if high < 160 else "grade2"
    low = chance.randrange(66, 104, 2)
    return {"systolic": str(high), "diastolic": str(low), "grade": grade, "ecg": "normal"}


KINDS: dict[str, Callable[[Random], dict]] = {
    "高血压随访": _pressure,
    "2型糖尿病随访": lambda c: {
        "glucose": f"{c.uniform(5.1, 11.9):.1f}", "hba1c": f"{c.uniform(5.8, 9.4):.1f}",
        "dorsalis": "both",
    },
    "家庭随访": lambda c: {"members": str(c.randrange(1, 5)), "content": "chronic"},
    "老年保健": lambda c: {"service": c.choice(("checkup", "assessment", "guidance"))},
    "儿童保健": lambda c: {"service": "checkup", "age_months": str(c.randrange(1, 72))},
    "健康教育": lambda c: {"form": "lecture", "audience": str(c.randrange(12, 60))},
}  # fmt: skip


def play(*, today: date, say: Callable[[str], None]) -> None:
    """At primary sites community work and visits; elsewhere beds."""
    stays = db.session.scalars(
        select(Placement).where(Placement.cancelled_at.is_(None), Placement.starts_on <= today)
    ).all()
    rows = [row for stay in stays for row in _rows(stay, today)]
    if rows:
        db.session.execute(insert(Entry), rows)
    db.session.commit()
    say(f"  Residents logged {len(rows)} pieces of community work and daily counts.")


def _rows(stay: Placement, today: date) -> Iterator[dict]:
    chance = Random(stay.id + 7)  # noqa: S311 (a play, not a secret)
    first = max(stay.starts_on, today - timedelta(days=35))
    days = [first + timedelta(days=n) for n in range((min(stay.ends_on, today) - first).days)]
    for day in (one for one in days if one.weekday() < 5):
        if stay.standard_department.is_primary_care:
            yield _row(stay, today, day, "workload", "门诊接诊", chance.randrange(8, 32))
            if chance.random() < 0.5:
                item = chance.choice(list(KINDS))
                yield _row(stay, today, day, "community", item, 1, KINDS[item](chance))
        elif chance.random() < 0.3:
            yield _row(stay, today, day, "workload", "管床数", chance.randrange(2, 9))


def _row(
    stay: Placement, today: date, day: date, category: str, item: str, count: int, details=None
) -> dict:
    supervisor = stay.supervisor.person_id if stay.supervisor else None
    settled = supervisor is not None and day < today - SETTLED
    entered = datetime.combine(day, time(18), clock.LOCAL)
    return {
        "resident_id": stay.resident_id,
        "placement_id": stay.id,
        "category": category,
        "item": item,
        "count": count,
        "details": details,
        "done_on": day,
        "entered_at": entered,
        "entry_key": f"demo-{stay.id}-{category}-{item}-{day}",
        "confirmed": True if settled else None,
        "decided_at": entered + timedelta(days=1) if settled else None,
        "decided_by_id": supervisor if settled else None,
        "version": 1,
    }


def appeal(*, office: Person, today: date, at: datetime, say: Callable[[str], None]) -> None:
    """Three residents who are somewhere now: one waits, one was judged, one was granted."""
    stays = db.session.scalars(
        select(Placement)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today,
            Placement.supervisor_id.is_not(None),
        )
        .order_by(Placement.id)
    ).all()
    found = placement_completions([stay.id for stay in stays])
    made = 0
    for stay in stays:
        line = next((one for one in found[stay.id].lines if _lacks(one)), None)
        if line is None:
            continue
        row = appealing.appeal(
            stay,
            category=line.category,
            item=line.item,
            asked=min(2, line.missing),
            reason="本科室近期无此类病例",
            key=f"demo-appeal-{stay.id}",
            path="/log/appeals",
            by=stay.resident.person,
            at=at,
        )
        if made > 0:
            _judge(row, stay, at)
        if made > 1:
            _grant(row, office, at)
        made += 1
        if made > 2:
            break
    say(f"  {made} residents appealed against what cannot be done where they are.")


def _lacks(line) -> bool:
    return line.category in ("disease", "procedure") and line.missing > 0


def _judge(row, stay: Placement, at: datetime) -> None:
    appealing.give_opinion(
        row,
        agrees=True,
        opinion="情况属实",
        version=row.version,
        by=stay.supervisor.person,
        at=at + timedelta(minutes=5),
    )


def _grant(row, office: Person, at: datetime) -> None:
    appealing.decide(
        row,
        granted=True,
        eased=1,
        elsewhere_id=None,
        answer="同意减免一例，其余请在急诊科轮转时补齐",
        version=row.version,
        path=f"/log/appeals/{row.id}",
        by=office,
        at=at + timedelta(minutes=15),
    )
