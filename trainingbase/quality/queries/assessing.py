"""Assessments asked, done and late; scores; how long it takes."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.assessments.models import Answer, Instrument, Item, Request, Submission
from trainingbase.assessments.queries import figures
from trainingbase.db import db
from trainingbase.incentives.queries.doings import hours_taken
from trainingbase.quality.queries.scope import Scope
from trainingbase.quality.rules import Asked, Scored, median
from trainingbase.rotations.models import Placement

MINI_CEX = "mini_cex"


def asked_by_department(scope: Scope, *, today: date) -> dict[int, Asked]:
    """Requests asked in the period; cancelled ones do not count."""
    found: dict[int, Asked] = defaultdict(Asked)
    for row in figures.asked(
        scope.starts_on, scope.ends_on, today=today, cohort_id=scope.cohort_id or None
    ):
        if scope.department_id in (0, row.department_id):
            found[row.department_id] += Asked(
                in_time=row.in_time,
                done_late=row.done - row.in_time,
                late=row.late,
                expired=row.expired,
                waiting=row.waiting,
            )
    return dict(found)


def observed_in(scope: Scope) -> list:
    """Conditions on submissions joined with their placements."""
    return [
        *scope.of_placements(),
        Submission.observed_on >= scope.starts_on,
        Submission.observed_on < scope.ends_on,
    ]


def scores(scope: Scope) -> list[Scored]:
    """The Mini-CEX's ratings by item; what was not observed does not count."""
    rows = db.session.execute(
        select(
            Item.code,
            func.min(Item.name),
            func.min(Item.name_en),
            func.max(Item.highest),
            Answer.number,
            func.count(),
        )
        .select_from(Answer)
        .join(Answer.item)
        .join(Item.instrument)
        .join(Answer.submission)
        .join(Submission.placement)
        .where(
            Instrument.code == MINI_CEX,
            Item.kind == "rating",
            Answer.number.is_not(None),
            *observed_in(scope),
        )
        .group_by(Item.code, Answer.number)
        .order_by(Item.code, Answer.number)
    )
    items: dict[str, tuple] = {}
    counts: dict[str, dict[Decimal, int]] = defaultdict(dict)
    for code, name, name_en, highest, number, count in rows:
        items[code] = (code, name, name_en, highest)
        counts[code][number] = count
    return [Scored(*about, counts=counts[code]) for code, about in items.items()]


def judgements(scope: Scope) -> list[figures.Judgement]:
    """The Mini-CEXs observed in the period."""
    return figures.judgements(MINI_CEX, *observed_in(scope))


def waiting_rows(scope: Scope) -> list[tuple[int, Decimal]]:
    """(department_id, hours from being asked to submitting) of each answered request."""
    rows = db.session.execute(
        select(
            Placement.department_id, Request.asked_on, Request.created_at, Submission.submitted_at
        )
        .join(Submission, Submission.request_id == Request.id)
        .join(Placement, Placement.id == Request.placement_id)
        .where(
            *scope.of_placements(),
            Request.asked_on >= scope.starts_on,
            Request.asked_on < scope.ends_on,
        )
    )
    return [(place, hours) for place, *row in rows if (hours := hours_taken(*row)) is not None]


def median_hours(scope: Scope) -> tuple[Decimal | None, int]:
    """From being asked to submitting, and of how many forms."""
    taken = [hours for _place, hours in waiting_rows(scope)]
    return median(taken), len(taken)
