"""Computing a month's run and approving it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.incentives.models import Line, Run
from trainingbase.incentives.queries import ledger
from trainingbase.incentives.rules import Draft
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


class NotBegun(Exception):
    """A month that lies ahead has no facts."""


class NotOver(Exception):
    """It was computed before its month was over: things may have happened since."""


class ComputedMeanwhile(Exception):
    """Somebody else computed the same month at the same time."""


def compute_run(month_on: date, *, by: Person | None, at: datetime) -> Run:
    """Compute a month; what was computed before is kept as replaced.

    Raises `AlreadyApproved`, `NotBegun` or `ComputedMeanwhile`.
    """
    today = at.astimezone(LOCAL).date()
    if month_on > today:
        raise NotBegun(month_on)
    before = db.session.scalar(
        select(Run).where(Run.month_on == month_on, Run.replaced_at.is_(None)).with_for_update()
    )
    if before is not None:
        before.replace(at=at)
        db.session.flush()
    drafts, findings = ledger.computed_month(month_on, today=today)
    run = Run(
        month_on=month_on,
        computed_at=at,
        computed_by_id=by.id if by is not None else None,
        findings=[
            {"kind": one.kind, "facts": one.facts, "evidence": [list(row) for row in one.evidence]}
            for one in findings
        ],
        lines=[_line(draft) for draft in drafts],
    )
    db.session.add(run)
    try:
        db.session.flush()
    except IntegrityError as clash:
        db.session.rollback()
        raise ComputedMeanwhile(month_on) from clash
    total = sum(draft.amount for draft in drafts)
    record("compute-run", run, by=by, at=at, month=month_on, lines=len(drafts), total=total)
    db.session.commit()
    return run


def _line(draft: Draft) -> Line:
    return Line(
        payee_id=draft.payee_id,
        rate_id=draft.price.id,
        source_id=draft.price.source_id,
        rule=draft.rule,
        key=draft.key,
        quantity=draft.quantity,
        unit_amount=draft.price.amount,
        cap=draft.price.cap,
        amount=draft.amount,
        facts=draft.facts,
        evidence=[list(row) for row in draft.evidence],
    )


MINE = "/incentives/mine"
"""Where a payee reads their own lines."""


def approve_run(run: Run, *, by: Person, at: datetime) -> None:
    """Lock a run; its payees are told.  Raises `AlreadyApproved`, `Replaced` or `NotOver`."""
    locked = select(Run).where(Run.id == run.id).with_for_update()
    run = db.session.scalars(locked.execution_options(populate_existing=True)).one()
    if run.was_computed_early:
        raise NotOver(run.month_on)
    run.approve(by=by, at=at)
    lines = ledger.lines_of(run)
    leave(
        "run-approved",
        to_ids={line.payee_id for line in lines},
        at=at,
        path=MINE,
        month=run.month_on.strftime("%Y-%m"),
    )
    total = sum(line.amount for line in lines)
    record("approve-run", run, by=by, at=at, month=run.month_on, total=total)
    db.session.commit()
