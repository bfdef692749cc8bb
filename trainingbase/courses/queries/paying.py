"""What a change of course means for what a resident is paid.  Nothing is changed here."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from trainingbase.courses.queries.supposing import Supposed
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.incentives.models import Line, Run
from trainingbase.incentives.queries.book import book_of
from trainingbase.incentives.queries.facts import facts_of
from trainingbase.incentives.rules import Facts, Stay, Trainee, computed
from trainingbase.incentives.rules.months import months_within
from trainingbase.months import first_of_month, months_from

RULES = ("stipend", "allowance")
"""What residents themselves are paid by."""


def months_between(starts_on: date, ends_on: date) -> Decimal:
    """Months of stipend in that time, as runs count them."""
    months = months_from(starts_on, ends_on)
    return sum((months_within(starts_on, ends_on, one) for one in months), Decimal(0))


def corrections(resident: Resident, supposed: Supposed, *, today: date) -> list[dict]:
    """Lines of runs that would no longer be right, oldest month first: what was reckoned, what
    would be due, and whether the month is approved (then it needs a correcting line)."""
    runs = db.session.scalars(
        select(Run)
        .where(Run.replaced_at.is_(None), Run.month_on >= first_of_month(supposed.from_on))
        .order_by(Run.month_on)
    ).all()
    if not runs:
        return []
    return [line for run in runs for line in _of_run(run, resident, supposed, today)]


def _of_run(run: Run, resident: Resident, supposed: Supposed, today: date) -> list[dict]:
    facts = _supposed(facts_of(run.month_on, today=today), resident, supposed)
    drafts, _findings = computed(facts, book_of(run.month_on))
    due = {
        (one.rule, one.key): one.amount
        for one in drafts
        if one.payee_id == resident.person_id and one.rule in RULES
    }
    paid = {
        (one.rule, one.key): one.amount
        for one in db.session.scalars(
            select(Line).where(
                Line.run_id == run.id,
                Line.payee_id == resident.person_id,
                Line.rule.in_(RULES),
            )
        )
    }
    return [
        {
            "run": run.id,
            "month": run.month_on.isoformat(),
            "rule": rule,
            "approved": run.is_approved,
            "paid": str(paid.get((rule, key), Decimal(0))),
            "due": str(due.get((rule, key), Decimal(0))),
        }
        for rule, key in sorted(paid.keys() | due.keys())
        if paid.get((rule, key), Decimal(0)) != due.get((rule, key), Decimal(0))
    ]


def _supposed(facts: Facts, resident: Resident, supposed: Supposed) -> Facts:
    """The month as it would have been for this one resident."""
    return Facts(
        month_on=facts.month_on,
        known_until=facts.known_until,
        trainees=tuple(_trainee(one, supposed) for one in facts.trainees if one.id == resident.id),
        stays=tuple(
            stay
            for one in facts.stays
            if one.person_id == resident.person_id and (stay := _stay(one, supposed)) is not None
        ),
    )


def _trainee(one: Trainee, supposed: Supposed) -> Trainee:
    if supposed.programme is not None:
        code, name = supposed.programme.code, supposed.programme.name
        one = replace(one, programme_code=code, programme_name=name)
    if supposed.until_on is not None:
        return replace(one, resting=(*one.resting, (supposed.from_on, supposed.until_on)))
    if supposed.leaves:
        end = min(day for day in (one.ends_on, supposed.from_on) if day is not None)
        return replace(one, ends_on=end)
    return one


def _stay(one: Stay, supposed: Supposed) -> Stay | None:
    if not supposed.releases or one.ends_on <= supposed.from_on:
        return one
    if supposed.until_on is not None and one.starts_on >= supposed.until_on:
        return one
    return replace(one, ends_on=supposed.from_on) if one.starts_on < supposed.from_on else None
