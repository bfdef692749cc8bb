"""Computing a month's run, and the two approvals that lock it."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.incentives.actions import posting
from trainingbase.incentives.models import (
    AlreadyApproved,
    Approval,
    Correction,
    Line,
    Replaced,
    Run,
    Snapshot,
)
from trainingbase.incentives.queries import ledger
from trainingbase.incentives.queries.book import book_of
from trainingbase.incentives.queries.facts import facts_of
from trainingbase.incentives.rules import Draft, computed
from trainingbase.incentives.rules.packing import digest, packed
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role

MINE = "/incentives/mine"
"""Where a payee reads their own lines."""
APPROVERS = (Role.OFFICE, Role.LEADER)
"""Each approves once, by another person; the office first."""


class NotBegun(Exception):
    """A month that lies ahead has no facts."""


class NotOver(Exception):
    """It was computed before its month was over: things may have happened since."""


class ComputedMeanwhile(Exception):
    """Somebody else computed the same month at the same time."""


class SamePerson(Exception):
    """The two approvals are of two people."""


class OfficeFirst(Exception):
    """The leader approves what the office has approved."""


def compute_run(month_on: date, *, by: Person | None, at: datetime) -> Run:
    """Compute a month; what was computed before is kept as replaced, its approval lost.

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
        posting.release(before, at=at)
        db.session.flush()
    facts, book = facts_of(month_on, today=today), book_of(month_on)
    drafts, findings = computed(facts, book)
    lines = [_line(draft) for draft in drafts] + [_settling(one) for one in _unsettled()]
    run = Run(
        month_on=month_on,
        computed_at=at,
        computed_by_id=by.id if by is not None else None,
        findings=[
            {"kind": one.kind, "facts": one.facts, "evidence": [list(row) for row in one.evidence]}
            for one in findings
        ],
        lines=lines,
    )
    db.session.add(run)
    try:
        db.session.flush()
    except IntegrityError as clash:
        db.session.rollback()
        raise ComputedMeanwhile(month_on) from clash
    content = packed(facts, book)
    db.session.add(Snapshot(run_id=run.id, content=content, digest=digest(content)))
    posting.post_budgets(at=at)
    posting.commit_to(run, _by_source(lines), at=at)
    total = sum((line.amount for line in lines), Decimal(0))
    record("compute-run", run, by=by, at=at, month=month_on, lines=len(lines), total=total)
    db.session.commit()
    return run


def _by_source(lines: list[Line]) -> dict[int | None, Decimal]:
    sums: dict[int | None, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.source_id] += line.amount
    return sums


def _line(draft: Draft) -> Line:
    return Line(
        payee_id=draft.payee_id,
        department_id=draft.department_id,
        institution_id=draft.institution_id,
        version_id=draft.version_id,
        rate_id=draft.rate_id,
        source_id=draft.source_id,
        identity=draft.identity,
        rule=draft.rule,
        key=draft.key,
        quantity=draft.quantity,
        unit_amount=draft.unit_amount,
        cap=draft.cap,
        amount=draft.amount,
        facts=draft.facts,
        evidence=[list(row) for row in draft.evidence],
    )


def _unsettled() -> list[Correction]:
    """Corrections that no locked run has paid; the next one that is computed takes them in."""
    return list(
        db.session.scalars(
            select(Correction)
            .where(Correction.settled_run_id.is_(None), Correction.dropped_at.is_(None))
            .order_by(Correction.id)
        )
    )


def _settling(one: Correction) -> Line:
    return Line(
        payee_id=one.payee_id,
        department_id=one.department_id,
        institution_id=one.institution_id,
        source_id=one.source_id,
        corrects_id=one.line_id,
        identity=f"correction:{one.id}",
        rule=ledger.CORRECTION,
        key=str(one.id),
        quantity=Decimal(1),
        unit_amount=one.amount,
        amount=one.amount,
        facts=one.facts | {"reason": one.reason},
        evidence=[],
    )


def approve_run(run: Run, *, by: Person, at: datetime) -> bool:
    """One of the two approvals; whether it was the second, which locks the run and tells those
    paid.

    Raises `AlreadyApproved`, `Replaced`, `NotOver`, `SamePerson` or `OfficeFirst`.
    """
    hold(run)
    if run.is_approved:
        raise AlreadyApproved(run.month_on)
    if not run.is_current:
        raise Replaced(run.month_on)
    if run.was_computed_early:
        raise NotOver(run.month_on)
    given = list(db.session.scalars(select(Approval).where(Approval.run_id == run.id)))
    if by.id in {one.person_id for one in given}:
        raise SamePerson(run.month_on)
    wanted = Role.LEADER if given else Role.OFFICE
    if not by.holds(wanted):
        raise OfficeFirst(run.month_on) if not given else AlreadyApproved(run.month_on)
    if given:
        _lock(run, by=by, at=at)
    db.session.add(Approval(run_id=run.id, person_id=by.id, role=wanted, at=at))
    if not given:
        leaders = [one.id for one in holders_of(Role.LEADER)]
        leave("run-to-approve", to_ids=leaders, at=at, path=f"/incentives/{run.id}",
              month=f"{run.month_on:%Y-%m}")  # fmt: skip
        record("check-run", run, by=by, at=at, month=run.month_on)
    db.session.commit()
    return bool(given)


def _lock(run: Run, *, by: Person, at: datetime) -> None:
    """Settles the corrections it pays: what another run has settled meanwhile is not paid again."""
    lines = ledger.lines_of(run)
    ids = [int(line.key) for line in lines if line.rule == ledger.CORRECTION]
    owed = db.session.scalars(
        select(Correction).where(Correction.id.in_(ids)).with_for_update()
    ).all()
    if any(one.settled_run_id is not None or one.dropped_at is not None for one in owed):
        raise Replaced(run.month_on)
    for one in owed:
        one.settled_run_id = run.id
    posting.spend(run, at=at)
    leave(
        "run-approved",
        to_ids={line.payee_id for line in lines if line.payee_id is not None},
        at=at,
        path=MINE,
        month=run.month_on.strftime("%Y-%m"),
    )
    total = sum((line.amount for line in lines), Decimal(0))
    record("approve-run", run, by=by, at=at, month=run.month_on, total=total)
    run.approve(by=by, at=at)
