"""Drafts that do not come from the solver: copies and imported grids; and throwing drafts away."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.rotations.actions.solution import write_rows
from trainingbase.rotations.models import AlreadyPublished, Plan, PlanNote
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.notes import notes_of
from trainingbase.rotations.queries.problem import rows_of_plan
from trainingbase.rotations.rules.rows import Row

Stays = Sequence[tuple[date, date, int, int]]
"""First day, exclusive last day, department id, standard department id."""


def keep_grid(
    *,
    title: str,
    months: Mapping[int, Stays],
    notes: Iterable[tuple[int, str, date, date]] = (),
    cohort_ids: Sequence[int],
    by: Person | None,
    at: datetime,
    request_key: str | None = None,
    commit: bool = True,
) -> Plan:
    """Keep an imported grid as a draft; `months` are each resident's stays, `notes` what it
    shows besides (the examination).  Whoever is not in it keeps the placements in force.
    """
    known = plans.plan_by_key(request_key)
    if known is not None:
        return known
    rows = [
        Row(key, s, e, where, what) for key, those in months.items() for s, e, where, what in those
    ]
    notes = list(notes)
    days = [(r.starts_on, r.ends_on) for r in rows] + [(s, e) for _, _, s, e in notes]
    if not days:
        raise ValueError("a grid without a single stay is no plan")
    plan = Plan(
        title=title,
        origin="import",
        starts_on=first_of_month(min(day for day, _ in days)),
        ends_on=months_later(max(end for _, end in days) - timedelta(days=1), 1),
        seconds=0,
        requested_at=at,
        requested_by_id=by.id if by else None,
        request_key=request_key or None,
        cohorts=list(plans.cohorts_by_id(cohort_ids)),
        started_at=at,
        solved_at=at,
    )
    db.session.add(plan)
    db.session.flush()
    write_rows(plan, rows)
    db.session.add_all(
        PlanNote(plan_id=plan.id, resident_id=key, text=text, starts_on=s, ends_on=e)
        for key, text, s, e in notes
    )
    record("import-plan", plan, by=by, at=at, title=title, rows=len(rows))
    if commit:
        db.session.commit()
    return plan


def copy_plan(
    plan: Plan, *, title: str, by: Person, at: datetime, request_key: str | None = None
) -> Plan:
    """A draft with the same rows, to be changed by hand or published again."""
    known = plans.plan_by_key(request_key)
    if known is not None:
        return known
    copy = Plan(
        title=title,
        origin="copy",
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        based_on=plan,
        seconds=0,
        requested_at=at,
        requested_by_id=by.id,
        request_key=request_key or None,
        cohorts=list(plan.cohorts),
        wish_round=plan.wish_round,
        solved_at=at,
        status=plan.status,
    )
    db.session.add(copy)
    db.session.flush()
    write_rows(copy, [row for row in rows_of_plan(plan) if row.resident > 0])
    db.session.add_all(
        PlanNote(
            plan_id=copy.id,
            resident_id=one.resident_id,
            text=one.text,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
        )
        for one in notes_of(plan.id)
    )
    record("copy-plan", copy, by=by, at=at, title=title, copy_of=plan.id)
    db.session.commit()
    return copy


def discard_plan(plan: Plan, *, by: Person, at: datetime) -> None:
    """Put a draft away; `restore_plan` brings it back.  Raises `AlreadyPublished`."""
    if plan.published_at is not None:
        raise AlreadyPublished(plan.title)
    plan.discarded_at = plan.discarded_at or at
    plan.version += 1
    record("discard-plan", plan, by=by, at=at, title=plan.title)
    db.session.commit()


def restore_plan(plan: Plan, *, by: Person, at: datetime) -> None:
    plan.discarded_at = None
    plan.version += 1
    record("restore-plan", plan, by=by, at=at, title=plan.title)
    db.session.commit()
