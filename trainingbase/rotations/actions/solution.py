"""What the worker writes while it solves a plan.  None of it has a person behind it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete, or_, update

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.rotations.models import Plan, PlannedPlacement, PlanNote, Progress
from trainingbase.rotations.rules.rows import Row, to_json
from trainingbase.rotations.rules.supposing import imagined

SILENCE = timedelta(seconds=60)
"""After so long without a sign of life a worker counts as dead."""


def begin_solving(plan_id: int, *, at: datetime) -> bool:
    """Take the plan for this worker; False when it is solved, or another worker is at it."""
    dead = or_(Plan.alive_at.is_(None), Plan.alive_at < at - SILENCE)
    waiting = (Plan.id == plan_id) & Plan.solved_at.is_(None) & Plan.discarded_at.is_(None)
    taken = db.session.scalars(
        update(Plan).where(waiting, dead).values(started_at=at, alive_at=at).returning(Plan.id)
    ).all()
    db.session.execute(delete(Progress).where(Progress.plan_id == plan_id))
    db.session.commit()
    return bool(taken)


def note_progress(
    plan_id: int,
    *,
    at: datetime,
    seconds: float,
    unplaced: int | None,
    cost: float | None,
    bound: float | None,
) -> bool:
    """Sign of life; True when the worker should stop: asked to, or the plan was discarded."""
    db.session.execute(update(Plan).where(Plan.id == plan_id).values(alive_at=at))
    db.session.add(
        Progress(
            plan_id=plan_id,
            at=at,
            seconds=_exact(seconds),
            unplaced=unplaced,
            cost=_exact(cost),
            bound=_exact(bound),
        )
    )
    plan = db.session.get_one(Plan, plan_id, populate_existing=True)
    stop = plan.stop_asked_at is not None or plan.discarded_at is not None
    db.session.commit()
    return stop


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(round(number, 2)))


def keep_solution(
    plan: Plan,
    rows: Iterable[Row],
    notes: Iterable[PlanNote] = (),
    *,
    status: str,
    cost: dict,
    bound: float | None,
    because: Sequence[dict],
    bottlenecks: Sequence[tuple[int, int, float]] = (),
    at: datetime,
) -> None:
    """`rows` are all rows of the plan, those of residents who were not planned anew included."""
    rows = list(rows)
    unreal = imagined(rows)
    write_rows(plan, [row for row in rows if row not in unreal])
    plan.imagined = to_json(unreal) or None
    db.session.add_all(notes)
    plan.status, plan.cost, plan.bound = status, cost, _exact(bound)
    plan.because = list(because) or None
    plan.bottlenecks = [list(one) for one in bottlenecks] or None
    plan.solved_at = at
    record("solve-plan", plan, by=None, at=at, status=status, total=cost.get("total"))
    _tell(plan, "plan-solved" if status in ("optimal", "feasible") else "plan-not-solved", at)
    db.session.commit()


def write_rows(plan: Plan, rows: Iterable[Row]) -> None:
    db.session.execute(delete(PlannedPlacement).where(PlannedPlacement.plan_id == plan.id))
    db.session.execute(delete(PlanNote).where(PlanNote.plan_id == plan.id))
    db.session.add_all(
        PlannedPlacement(
            plan_id=plan.id,
            resident_id=row.resident,
            department_id=row.department,
            standard_department_id=row.standard,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in sorted(rows)
    )


def keep_failure(plan_id: int, because: Sequence[dict], *, status: str, at: datetime) -> None:
    """The worker found nothing it can keep; what it was doing in the database is forgotten."""
    db.session.rollback()
    plan = db.session.get_one(Plan, plan_id)
    plan.status, plan.because, plan.solved_at = status, list(because), at
    record("fail-plan", plan, by=None, at=at, status=status)
    _tell(plan, "plan-not-solved", at)
    db.session.commit()


def _tell(plan: Plan, kind: str, at: datetime) -> None:
    if plan.requested_by_id is not None:
        leave(
            kind,
            to_ids=[plan.requested_by_id],
            at=at,
            path=f"/rotations/plans/{plan.id}",
            title=plan.title,
        )
