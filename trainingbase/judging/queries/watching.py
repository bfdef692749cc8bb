"""Signals, the rules behind them, and the facts the rules are held against."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from trainingbase.assessments.models import Answer, Instrument, Item, Submission
from trainingbase.attendance.queries.days import days_of
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries.residents import IN_TRAINING
from trainingbase.judging.models import Contest, Signal, WatchRule
from trainingbase.judging.queries.evidence import ABOUT_RESIDENTS
from trainingbase.judging.queries.scope import ALL, seen_by
from trainingbase.judging.rules.watching import Form, Known
from trainingbase.logbook.models import Entry
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement

READABLE = ABOUT_RESIDENTS & Instrument.is_confidential.is_(False)
"""Forms the resident may read one by one: whoever is warned sees why, and can contest it, and
nobody learns from a warning, its end, or a point when something confidential came in."""

WITH_NAMES = (
    joinedload(Signal.resident).joinedload(Resident.person),
    joinedload(Signal.rule),
    joinedload(Signal.contest).joinedload(Contest.answered_by),
)


def rules() -> Sequence[WatchRule]:
    return db.session.scalars(
        select(WatchRule).options(joinedload(WatchRule.decided_by)).order_by(WatchRule.code)
    ).all()


def rule(code: str) -> WatchRule:
    return db.session.scalars(select(WatchRule).where(WatchRule.code == code)).one()


def signals(
    viewer: Person, *, today: date, search: str = "", code: str = "", state: str = ""
) -> Select[tuple[Signal]]:
    """Silent ones for office and auditor alone.  `state` is open, contested, over or silent."""
    rows = (
        select(Signal)
        .join(Signal.resident)
        .join(Resident.person)
        .outerjoin(Contest, Contest.signal_id == Signal.id)
        .where(seen_by(viewer, today))
        .options(*WITH_NAMES)
        .order_by(Signal.over_on.is_not(None), Signal.fired_on.desc(), Signal.id.desc())
    )
    if not viewer.holds(*ALL):
        rows = rows.where(Signal.is_silent.is_(False))
    if search:
        rows = rows.where(called(search))
    if code:
        rows = rows.where(Signal.rule_code == code)
    states = {
        "open": Signal.over_on.is_(None) & Signal.is_silent.is_(False),
        "contested": Contest.signal_id.is_not(None) & Contest.answered_at.is_(None),
        "over": Signal.over_on.is_not(None),
        "silent": Signal.is_silent.is_(True),
    }
    return rows.where(states[state]) if state in states else rows


def signal_for(viewer: Person, signal_id: int, *, today: date) -> Signal:
    return db.session.scalars(
        signals(viewer, today=today)
        .where(Signal.id == signal_id)
        .execution_options(populate_existing=True)
    ).one()


def own_signal(viewer: Person, signal_id: int) -> Signal:
    """The resident's own: a tutor who is a resident too contests nobody else's."""
    return db.session.scalars(
        select(Signal)
        .join(Signal.resident)
        .where(
            Signal.id == signal_id,
            Signal.is_silent.is_(False),
            Resident.person_id == viewer.id,
        )
        .options(*WITH_NAMES)
        .execution_options(populate_existing=True)
    ).one()


def open_signals(resident_id: int) -> Sequence[Signal]:
    return db.session.scalars(
        select(Signal).where(
            Signal.resident_id == resident_id,
            Signal.is_silent.is_(False),
            Signal.over_on.is_(None),
        )
    ).all()


def counted(code: str) -> dict[str, int]:
    """What a rule has said so far: fired, silently, contested, and dismissed."""
    fired, silent, contested, dismissed = db.session.execute(
        select(
            func.count(Signal.id),
            func.count(Signal.id).filter(Signal.is_silent.is_(True)),
            func.count(Contest.signal_id),
            func.count(Contest.signal_id).filter(Contest.upheld.is_(False)),
        )
        .select_from(Signal)
        .outerjoin(Contest, Contest.signal_id == Signal.id)
        .where(Signal.rule_code == code)
    ).one()
    return {"fired": fired, "silent": silent, "contested": contested, "dismissed": dismissed}


def kept_signals(code: str) -> dict[int, list[Signal]]:
    """By resident, the last one last."""
    found: dict[int, list[Signal]] = defaultdict(list)
    for one in db.session.scalars(
        select(Signal)
        .where(Signal.rule_code == code)
        .options(joinedload(Signal.contest))
        .order_by(Signal.id)
    ):
        found[one.resident_id].append(one)
    return found


def known_of(today: date, days: int) -> dict[int, Known]:
    """Of everybody who is placed today, what the rules ask about the last `days`."""
    since = today - timedelta(days=days)
    placed = db.session.execute(
        select(Placement.resident_id, Placement.id, Placement.starts_on, Placement.ends_on)
        .join(Resident, Resident.id == Placement.resident_id)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > since,
            IN_TRAINING,
        )
    ).all()
    now = {one.resident_id: (today - one.starts_on).days for one in placed if one.ends_on > today}
    begun = {
        one: (today - first).days
        for one, first in db.session.execute(
            select(Resident.id, Resident.starts_on).where(
                Resident.id.in_(list(now)), Resident.starts_on.is_not(None)
            )
        )
    }
    logged = dict(
        db.session.execute(
            select(Entry.resident_id, func.max(Entry.done_on))
            .where(Entry.resident_id.in_(list(now)), Entry.withdrawn_at.is_(None))
            .group_by(Entry.resident_id)
        ).all()
    )
    forms = _forms(list(now), since)
    away = _absences([one for one in placed if one.resident_id in now], since, today)
    return {
        one: Known(
            trained_days=begun.get(one, 0),
            logged_on=logged.get(one),
            forms=forms.get(one, ()),
            unexcused=sum((days for _stay, days in away.get(one, ())), Decimal(0)),
            absences=tuple(
                (str(stay), format(d.normalize(), "f")) for stay, d in away.get(one, ())
            ),
        )
        for one in now
    }


def _forms(resident_ids: Sequence[int], since: date) -> dict[int, list[Form]]:
    written = (
        select(Answer.submission_id, func.sum(func.length(Answer.text)).label("signs"))
        .join(Answer.item)
        .where(Item.kind == "text", func.coalesce(Item.scale, "") != "signature")
        .group_by(Answer.submission_id)
        .subquery()
    )
    found: dict[int, list[Form]] = defaultdict(list)
    for key, resident_id, observed_on, signs in db.session.execute(
        select(Submission.id, Submission.resident_id, Submission.observed_on, written.c.signs)
        .join(Submission.instrument)
        .outerjoin(written, written.c.submission_id == Submission.id)
        .where(
            Submission.resident_id.in_(resident_ids),
            Submission.observed_on >= since,
            READABLE,
        )
        .order_by(Submission.id)
    ):
        found[resident_id].append(Form(key, observed_on, int(signs or 0)))
    return found


def _absences(placed: Sequence[Any], since: date, today: date):
    """By resident, each stay with its days away without leave in [since, today)."""
    counted_days = days_of([one.id for one in placed], since, today) if placed else {}
    found: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    for one in placed:
        unexcused = counted_days[one.id].unexcused
        if unexcused:
            found[one.resident_id].append((one.id, unexcused))
    return found


@dataclass(frozen=True)
class Followed:
    """One value of a series: the form it comes from, its day, the value."""

    submission_id: int
    observed_on: date
    value: float


def series_of(series: str, resident_id: int | None = None) -> dict[int, list[Followed]]:
    """By resident, in the order of time: 1 for each unsatisfactory result and 0 for each
    satisfactory one, or the mean rating of each form of a kind."""
    which = [Submission.resident_id == resident_id] if resident_id else []
    found: dict[int, list[Followed]] = defaultdict(list)
    if series == "verdicts":
        rows = db.session.execute(
            select(Submission.resident_id, Submission.id, Submission.observed_on, Submission.passed)
            .join(Submission.instrument)
            .where(Submission.passed.is_not(None), READABLE, *which)
            .order_by(Submission.observed_on, Submission.id)
        )
        for resident, key, day, passed in rows:
            found[resident].append(Followed(key, day, 0.0 if passed else 1.0))
        return found
    rows = db.session.execute(
        select(
            Submission.resident_id,
            Submission.id,
            Submission.observed_on,
            func.sum(Answer.number),
            func.count(),
        )
        .select_from(Answer)
        .join(Answer.item)
        .join(Answer.submission)
        .join(Submission.instrument)
        .where(
            Instrument.code == series,
            READABLE,
            Item.kind == "rating",
            Answer.number.is_not(None),
            *which,
        )
        .group_by(Submission.resident_id, Submission.id, Submission.observed_on)
        .order_by(Submission.observed_on, Submission.id)
    )
    for resident, key, day, total, count in rows:
        found[resident].append(Followed(key, day, float(total) / count))
    return found
