"""The placements people act on, made to say what the plan in force says.  The caller commits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement

from trainingbase.db import db
from trainingbase.faculty.queries import hold_members, limits, teachers
from trainingbase.faculty.rules import Stay
from trainingbase.rotations.models import Placement, Plan
from trainingbase.rotations.queries import published
from trainingbase.rotations.rules.reconciling import Changes, reconcile
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.rules.supervising import Roster, assign

FOLLOWERS: list[Callable[[set[int], datetime], None]] = []
"""Told the ids of placements that were cancelled or changed, before the commit."""


@dataclass(frozen=True)
class News:
    """What changes for somebody: `what` is new, gone or end (another last day)."""

    what: str
    resident: int
    department: int
    starts_on: date
    ends_on: date


@dataclass
class Placed:
    """What was done; the placements of `roster` are named by their ids, `of_supervisors` by those
    of the faculty members, `had` are the residents who had a timetable before."""

    changes: Changes
    roster: Roster
    had: set[int]
    of_supervisors: dict[int, list[News]] = field(default_factory=dict)

    @property
    def of_residents(self) -> dict[int, list[News]]:
        found: dict[int, list[News]] = {}
        for what, rows in (
            ("gone", [one.row for one in self.changes.dropped]),
            ("end", [row for _id, row in self.changes.moved_end]),
            ("new", self.changes.added),
        ):
            for row in rows:
                found.setdefault(row.resident, []).append(news(what, row))
        return found

    def tell_supervisor(self, member_id: int | None, one: News) -> None:
        if member_id is not None:
            self.of_supervisors.setdefault(member_id, []).append(one)


def news(what: str, row: Row) -> News:
    return News(what, row.resident, row.department, row.starts_on, row.ends_on)


def place(
    plan: Plan, rows: Iterable[Row], concerned: ColumnElement[bool], *, today: date, at: datetime
) -> Placed:
    """`concerned` says whose placements may change to what `rows` say."""
    hold_members()  # before any placement: nobody is given a resident while these are shared out
    theirs = published.live_since(plan.starts_on, concerned)
    changes = reconcile(published.as_live(theirs), rows, today=today)
    placed = Placed(changes, Roster(), {one.resident_id for one in theirs})
    _apply(plan, placed, {one.id: one for one in theirs}, at=at)
    _supervise(plan, placed, today=today, at=at)
    return placed


def cancel(placements: Iterable[Placement], *, at: datetime) -> None:
    placements = list(placements)
    for placement in placements:
        placement.cancelled_at = at
        _changed(placement, at)
    _follow({one.id for one in placements}, at)


def _changed(placement: Placement, at: datetime) -> None:
    placement.changed_at = at
    placement.sequence += 1
    placement.version += 1


def _follow(placement_ids: set[int], at: datetime) -> None:
    for follow in FOLLOWERS:
        follow(placement_ids, at)


def _apply(plan: Plan, placed: Placed, live: dict[int, Placement], *, at: datetime) -> None:
    changes = placed.changes
    dropped = [live[gone.id] for gone in changes.dropped]
    for gone in changes.dropped:
        placed.tell_supervisor(live[gone.id].supervisor_id, news("gone", gone.row))
    for placement_id, row in changes.moved_end:
        placement = live[placement_id]
        placement.ends_on = row.ends_on
        _changed(placement, at)
        placed.tell_supervisor(placement.supervisor_id, news("end", row))
    for placement_id, _row in (*changes.kept, *changes.moved_end):
        live[placement_id].plan_id = plan.id
    cancel(dropped, at=at)
    _follow({placement_id for placement_id, _row in changes.moved_end}, at)
    db.session.flush()  # what is cancelled makes room for what begins on the same day
    db.session.add_all(_placement(plan, row, at) for row in changes.added)
    db.session.flush()


def _placement(plan: Plan, row: Row, at: datetime) -> Placement:
    return Placement(
        plan_id=plan.id,
        resident_id=row.resident,
        department_id=row.department,
        standard_department_id=row.standard,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        published_at=at,
        changed_at=at,
    )


def _supervise(plan: Plan, placed: Placed, *, today: date, at: datetime) -> None:
    """Give every placement a supervisor; those who have one keep them while they teach there."""
    placements = {one.id: one for one in published.live_since(plan.starts_on)}
    spans, stays = {}, []
    for one in placements.values():
        over = one.ends_on <= today
        if over and one.supervisor_id is not None:
            spans.setdefault(one.supervisor_id, []).append((one.starts_on, one.ends_on))
            continue
        starts_on = one.starts_on if over else max(one.starts_on, today)
        who = (one.supervisor_id, one.resident_id)
        stays.append(Stay(one.id, one.department_id, starts_on, one.ends_on, *who))
    known = published.who_supervised({one.resident_id for one in placements.values()})
    placed.roster = assign(stays, teachers(), limits(), spans=spans, known=known)
    for placement_id, supervisor_id in placed.roster.supervisors.items():
        placement = placements[placement_id]
        if placement.supervisor_id == supervisor_id:
            continue
        [live] = published.as_live([placement])
        placed.tell_supervisor(placement.supervisor_id, news("gone", live.row))
        placed.tell_supervisor(supervisor_id, news("new", live.row))
        if placement.published_at != at:
            placement.sequence += 1
            placement.changed_at = at
        placement.supervisor_id = supervisor_id
