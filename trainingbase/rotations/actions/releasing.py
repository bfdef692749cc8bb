"""Taking one resident out of the plan in force from a day on, and putting them back.

That somebody leaves, or rests, is a fact: no rule of planning can refuse it.  What is put back
must find its places free.  The caller commits.
"""

from collections.abc import Sequence
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.faculty.queries import hold_members, limits, teachers
from trainingbase.faculty.rules import Stay, Teacher, why_not
from trainingbase.people.models import Person
from trainingbase.rotations.actions.editing import write_change
from trainingbase.rotations.actions.placing import (
    FOLLOWERS,
    Placed,
    cancel,
    news,
)
from trainingbase.rotations.actions.telling import tell
from trainingbase.rotations.models import Placement, Plan, PlanChange
from trainingbase.rotations.queries.judging import judge, judge_rows
from trainingbase.rotations.queries.published import as_live, load_from
from trainingbase.rotations.queries.releasing import (
    Loss,
    live_of,
    loss_of,
    placements_by_id,
    planned_rows,
)
from trainingbase.rotations.queries.worsening import worse
from trainingbase.rotations.rules.reconciling import Changes
from trainingbase.rotations.rules.rows import Row, to_json
from trainingbase.rotations.rules.supervising import Roster


class MovedOn(Exception):
    """What was released cannot be put back: the plan has changed, or the places are taken."""


def release(
    resident_id: int, *, from_on: date, until_on: date | None = None, by: Person, at: datetime
) -> Loss:
    """End what the resident is doing on `from_on`, and cancel what begins later (before
    `until_on`); the resident and the supervisors concerned are told."""
    loss = loss_of(resident_id, from_on, until_on)
    if loss.plan is not None:
        hold(loss.plan, "version", "in_force")
        _amend(loss.plan, loss.removed, loss.added, by=by, at=at)
    placed = Placed(Changes(), Roster(), {resident_id})
    gone = [one for one in loss.placements if one.starts_on >= from_on]
    for one in gone:
        [live] = as_live([one])
        placed.changes.dropped.append(live)
        placed.tell_supervisor(one.supervisor_id, news("gone", live.row))
    for one in loss.placements:
        if one.starts_on < from_on:
            _end(placed, one, from_on, at)
    cancel(gone, at=at)
    _follow(placed, at)
    if loss.plan is not None:
        tell(loss.plan, placed, at=at)
    return loss


def restore(
    resident_id: int,
    *,
    plan_id: int | None,
    removed: Sequence[Row],
    added: Sequence[Row],
    ends: dict[int, date],
    by: Person,
    at: datetime,
) -> None:
    """Take a release back: `removed` and `added` are as they were then, `ends` the former
    exclusive ends of the placements by id.  Who has left teaching or has as many residents as
    they may by now is taken off: the placement waits for another supervisor.
    Raises `MovedOn`; nothing was changed then."""
    placements = placements_by_id(list(ends))
    plan = db.session.get(Plan, plan_id) if plan_id is not None else None
    _must_have_room(resident_id, placements, ends)
    if plan is not None:
        hold(plan, "version", "in_force")
        _must_fit(plan, resident_id, removed, added)
        _amend(plan, added, removed, by=by, at=at)
    hold_members()
    everybody, today = teachers(), at.astimezone(LOCAL).date()
    placed = Placed(Changes(), Roster(), {resident_id})
    for key, one in sorted(placements.items()):
        if not _still_supervises(everybody, one, ends[key], today):
            one.supervisor_id = None
        _put_back(placed, one, ends[key], at)
    _follow(placed, at)
    if plan is not None:
        tell(plan, placed, at=at)


def _still_supervises(
    everybody: dict[int, Teacher], one: Placement, ends_on: date, today: date
) -> bool:
    """Of what is still to come; a title or a certificate that was let pass then is let pass now."""
    if one.supervisor_id is None or ends_on <= today:
        return True
    stay = Stay(one.id, one.department_id, max(one.starts_on, today), ends_on)
    others = load_from(today, Placement.id != one.id).get(one.supervisor_id, ())
    found = why_not(everybody[one.supervisor_id], stay, others, limits())
    return not any(against.code in ("full", "inactive") for against in found)


def may_restore(
    resident_id: int, *, plan_id: int | None, removed: Sequence[Row], added: Sequence[Row],
    ends: dict[int, date],
) -> bool:  # fmt: skip
    """Whether `restore` would find its room now, as far as the timetable itself goes."""
    plan = db.session.get(Plan, plan_id) if plan_id is not None else None
    try:
        _must_have_room(resident_id, placements_by_id(list(ends)), ends)
        if plan is not None:
            _must_be_as_left(plan, resident_id, removed, added)
    except MovedOn:
        return False
    return True


def _amend(
    plan: Plan, removed: Sequence[Row], added: Sequence[Row], *, by: Person, at: datetime
) -> None:
    if not removed and not added:
        return
    write_change(plan, removed, added)
    plan.version += 1
    change = {"removed": to_json(removed), "added": to_json(added)}
    db.session.add(PlanChange(plan_id=plan.id, at=at, by_id=by.id, **change))
    record("amend-plan", plan, by=by, at=at, **change)


def _end(placed: Placed, one: Placement, ends_on: date, at: datetime) -> None:
    one.ends_on = ends_on
    _changed(one, at)
    [live] = as_live([one])
    placed.changes.moved_end.append((one.id, live.row))
    placed.tell_supervisor(one.supervisor_id, news("end", live.row))


def _put_back(placed: Placed, one: Placement, ends_on: date, at: datetime) -> None:
    was_cancelled, one.cancelled_at, one.ends_on = one.cancelled_at is not None, None, ends_on
    _changed(one, at)
    [live] = as_live([one])
    if was_cancelled:
        placed.changes.added.append(live.row)
    else:
        placed.changes.moved_end.append((one.id, live.row))
    placed.tell_supervisor(one.supervisor_id, news("new" if was_cancelled else "end", live.row))


def _changed(one: Placement, at: datetime) -> None:
    one.changed_at = at
    one.sequence += 1
    one.version += 1


def _follow(placed: Placed, at: datetime) -> None:
    """Cancelled placements are followed by `cancel` itself."""
    ids = {placement_id for placement_id, _row in placed.changes.moved_end}
    for follow in FOLLOWERS:
        follow(ids, at)
    db.session.flush()


def _must_have_room(
    resident_id: int, placements: dict[int, Placement], ends: dict[int, date]
) -> None:
    """Nothing else of theirs stands in that time, and the placements are as they were left."""
    others = [one for one in live_of(resident_id) if one.id not in ends]
    for key, one in placements.items():
        starts_on, ends_on = one.starts_on, ends[key]
        if any(other.starts_on < ends_on and other.ends_on > starts_on for other in others):
            raise MovedOn
    if placements.keys() != ends.keys():
        raise MovedOn


def _must_be_as_left(
    plan: Plan, resident_id: int, removed: Sequence[Row], added: Sequence[Row]
) -> None:
    if not plan.in_force:
        raise MovedOn
    rows = planned_rows(plan, resident_id)
    if not set(added) <= set(rows):
        raise MovedOn
    left = [row for row in rows if row not in set(added)]
    if any(row.overlaps(one.starts_on, one.ends_on) for row in left for one in removed):
        raise MovedOn


def _must_fit(plan: Plan, resident_id: int, removed: Sequence[Row], added: Sequence[Row]) -> None:
    _must_be_as_left(plan, resident_id, removed, added)
    before = judge(plan)
    gone = set(added)
    rows = [row for row in before.rows if row not in gone] + list(removed)
    after = judge_rows(before.facts, rows)
    if any(one.rule == "places" for one in worse(before, after, after.problem)):
        raise MovedOn
