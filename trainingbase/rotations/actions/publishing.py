"""Publishing a plan: from then on its placements are what people act on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.planner.situation import Breach
from trainingbase.rotations.models import AlreadyPublished, NotReady, Placement, Plan
from trainingbase.rotations.queries import plans, published
from trainingbase.rotations.queries.judging import as_kept, judge
from trainingbase.rotations.rules.reconciling import Changes, reconcile
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.rules.supervising import Roster, Stay, assign

MINE = "/rotations/mine"
TODAY = "/"


class Unlawful(Exception):
    """The plan has breaches and nobody gave a reason to publish it all the same."""

    def __init__(self, breaches: Sequence[Breach]):
        super().__init__(breaches)
        self.breaches = breaches


@dataclass(frozen=True)
class Published:
    """What publishing did; the placements of `roster` are named by their ids."""

    changes: Changes
    roster: Roster


def publish_plan(
    plan: Plan,
    *,
    by: Person,
    at: datetime,
    reason: str | None = None,
    version: int | None = None,
) -> Published:
    """Put the plan in force in place of the present one.

    A plan with breaches needs a `reason`.  With a `version`, the plan must be what was looked at.
    Raises `AlreadyPublished`, `NotReady`, `Stale`, `Unlawful`.
    """
    today = at.astimezone(LOCAL).date()
    _hold(plan)
    _must_be_ready(plan)
    if version is not None:
        plan.expect(version)
    judgement = judge(plan)
    if judgement.breaches and not (reason or "").strip():
        db.session.rollback()
        raise Unlawful(judgement.breaches)
    theirs = published.live_since(plan.starts_on, published.concerned_by(judgement))
    had = {one.resident_id for one in theirs}
    changes = reconcile(published.as_live(theirs), judgement.rows, today=today)
    _replace_the_one_in_force(plan, by=by, at=at)
    plan.accepted = [as_kept(one) for one in judgement.breaches] or None
    touched = _apply(plan, changes, {one.id: one for one in theirs}, at=at)
    roster, newly = _supervise(plan, today=today, at=at)
    record(
        "publish-plan",
        plan,
        by=by,
        at=at,
        title=plan.title,
        reason=(reason or "").strip() or None,
        breaches=[_in_short(one) for one in judgement.breaches],
        kept=len(changes.kept),
        changed=len(changes.moved_end),
        added=len(changes.added),
        cancelled=len(changes.dropped),
    )
    _tell_residents(plan, changes.residents, had, at)
    _tell_supervisors(plan, touched | newly, at)
    db.session.commit()
    return Published(changes, roster)


def _hold(plan: Plan) -> None:
    """Nobody else publishes or withdraws it until this transaction ends."""
    db.session.execute(select(Plan.id).where(Plan.id == plan.id).with_for_update())
    db.session.refresh(plan)


def _must_be_ready(plan: Plan) -> None:
    if plan.published_at is not None:
        db.session.rollback()
        raise AlreadyPublished(plan.title)
    ready = plan.solved_at is not None and plan.discarded_at is None and not plan.is_what_if
    if not ready or not plans.row_count(plan):
        db.session.rollback()
        raise NotReady(plan.title)


def _in_short(breach: Breach) -> str:
    people, places = ",".join(breach.residents), ",".join(breach.departments)
    return f"{breach.rule}: residents {people}; departments {places}"


def _replace_the_one_in_force(plan: Plan, *, by: Person, at: datetime) -> None:
    title = plan.title
    previous = plans.plan_in_force()
    try:
        if previous is not None:
            previous.withdraw(by=by, at=at)
            db.session.flush()
        plan.publish(by=by, at=at)
        plan.version += 1
        db.session.flush()
    except IntegrityError as error:  # another plan came into force at the same moment
        db.session.rollback()
        raise AlreadyPublished(title) from error


def _apply(plan: Plan, changes: Changes, live: dict[int, Placement], *, at: datetime) -> set[int]:
    """Write the changes; the faculty members who lose or see changed one of theirs."""
    touched: set[int | None] = set()
    for gone in changes.dropped:
        placement = live[gone.id]
        placement.cancelled_at = placement.changed_at = at
        placement.sequence += 1
        placement.version += 1
        touched.add(placement.supervisor_id)
    for placement_id, row in changes.moved_end:
        placement = live[placement_id]
        placement.ends_on, placement.changed_at = row.ends_on, at
        placement.sequence += 1
        placement.version += 1
        touched.add(placement.supervisor_id)
    for placement_id, _row in (*changes.kept, *changes.moved_end):
        live[placement_id].plan_id = plan.id
    db.session.flush()  # what is cancelled makes room for what begins on the same day
    db.session.add_all(_placement(plan, row, at) for row in changes.added)
    db.session.flush()
    return {one for one in touched if one is not None}


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


def _supervise(plan: Plan, *, today: date, at: datetime) -> tuple[Roster, set[int]]:
    """Give every placement a supervisor; those who have one keep them while they teach there.
    Also the faculty members who gain a placement."""
    placements = {one.id: one for one in published.live_since(plan.starts_on)}
    stays = [
        Stay(one.id, one.department_id, one.starts_on, one.ends_on, one.supervisor_id)
        for one in placements.values()
        if one.supervisor_id is None or one.ends_on > today
    ]
    roster = assign(stays, published.teachers_by_department())
    newly: set[int] = set()
    for placement_id, supervisor_id in roster.supervisors.items():
        placement = placements[placement_id]
        if placement.supervisor_id == supervisor_id:
            continue
        if placement.supervisor_id is not None:
            newly.add(placement.supervisor_id)
        if placement.published_at != at:
            placement.sequence += 1
            placement.changed_at = at
        placement.supervisor_id = supervisor_id
        if supervisor_id is not None:
            newly.add(supervisor_id)
    return roster, newly


def _tell_residents(plan: Plan, resident_ids: set[int], had: set[int], at: datetime) -> None:
    people = published.person_ids_of_residents(resident_ids)
    for kind, wanted in (("plan-published", resident_ids - had), ("placement-changed", had)):
        to_ids = [people[key] for key in wanted if key in people]
        leave(kind, to_ids=to_ids, at=at, path=MINE, title=plan.title)


def _tell_supervisors(plan: Plan, member_ids: Iterable[int], at: datetime) -> None:
    people = published.person_ids_of_faculty(member_ids)
    leave("supervising-changed", to_ids=people.values(), at=at, path=TODAY, title=plan.title)


def withdraw_plan(plan: Plan, *, by: Person, at: datetime) -> int:
    """Take the plan out of force: what has not begun is cancelled; how many placements that was.

    Raises `NotPublished`.
    """
    today = at.astimezone(LOCAL).date()
    _hold(plan)
    plan.withdraw(by=by, at=at)
    plan.version += 1
    coming = [one for one in published.live_since(today) if one.starts_on > today]
    for placement in coming:
        placement.cancelled_at = placement.changed_at = at
        placement.sequence += 1
        placement.version += 1
    residents = {one.resident_id for one in coming}
    teachers = {one.supervisor_id for one in coming if one.supervisor_id is not None}
    record("withdraw-plan", plan, by=by, at=at, title=plan.title, cancelled=len(coming))
    people = published.person_ids_of_residents(residents)
    leave("placements-withdrawn", to_ids=people.values(), at=at, path=MINE, title=plan.title)
    _tell_supervisors(plan, teachers, at)
    db.session.commit()
    return len(coming)
