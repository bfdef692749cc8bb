"""What awaits a resident in a placement, and what is asked of them there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from trainingbase.assessments.models import Instrument, Request
from trainingbase.assessments.queries.instruments import by_code
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.entering.models import Arrival, Induction, InductionItem, InductionPaper
from trainingbase.entering.queries.arrivals import record_of
from trainingbase.entering.queries.desk import Row
from trainingbase.entering.queries.inductions import induction_of, papers_of, reading_of
from trainingbase.entering.queries.items import items_in_use
from trainingbase.entering.queries.standings import leaves_of
from trainingbase.logbook.queries.completion import placement_completions
from trainingbase.logbook.rules.completion import Completion
from trainingbase.programmes.models import PlannedAssessment
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.sites.queries.calendars import base_calendar as calendar
from trainingbase.training.models import Activity

SHOWN = 6
"""Activities ahead that a page shows."""


@dataclass(frozen=True)
class Form:
    """A form of the plan, or one that was asked for: `request` is what became of it."""

    instrument: Instrument
    timing: str | None
    times: int
    request: Request | None


@dataclass(frozen=True)
class Goals:
    """`working_days` are those of the period, `away_days` those of them on granted leave."""

    row: Row
    record: Arrival | None
    induction: Induction | None
    papers: Sequence[InductionPaper]
    items: Sequence[InductionItem]
    read_at: object
    working_days: int
    away_days: int
    completion: Completion
    forms: Sequence[Form]
    activities: Sequence[Activity]


def goals_of(row: Row, *, today: date) -> Goals:
    """Of a placement the viewer may see, in a fixed number of statements."""
    one = row.placement
    record, reading = record_of(one.id), reading_of(one.id)
    items = list(items_in_use())
    if record is not None:
        items += [item for item in record.items if item not in items]
    working, away = _days(one)
    return Goals(
        row=row,
        record=record,
        induction=induction_of(one.department_id),
        papers=papers_of(one.department_id),
        items=items,
        read_at=reading.read_at if reading is not None else None,
        working_days=working,
        away_days=away,
        completion=placement_completions([one.id])[one.id],
        forms=forms_of(one),
        activities=_activities(one, today),
    )


def _days(one: Placement) -> tuple[int, int]:
    days = calendar()
    away = sum(
        days.days(
            max(leave.starts_on, one.starts_on), min(leave.until_on, one.ends_on), working=True
        )
        for leave in leaves_of([one.resident_id]).get(one.resident_id, ())
        if leave.granted
    )
    return days.days(one.starts_on, one.ends_on, working=True), away


def forms_of(one: Placement) -> list[Form]:
    """Those the programme plans in a placement, then those that were asked for beside."""
    instruments = by_code()
    requests = db.session.scalars(
        select(Request)
        .where(Request.placement_id == one.id, Request.cancelled_at.is_(None))
        .order_by(Request.id.desc())
    ).all()
    latest = {request.instrument_id: request for request in reversed(requests)}
    found = []
    for planned in db.session.scalars(
        select(PlannedAssessment)
        .where(
            PlannedAssessment.programme_id == one.resident.programme_id,
            PlannedAssessment.timing.in_(("placement", "monthly", "leaving")),
            or_(
                PlannedAssessment.standard_department_id.is_(None),
                PlannedAssessment.standard_department_id == one.standard_department_id,
            ),
        )
        .order_by(PlannedAssessment.id)
    ):
        instrument = instruments.get(planned.instrument)
        if instrument is not None:
            request = latest.pop(instrument.id, None)
            found.append(Form(instrument, planned.timing, planned.times, request))
    known = {one.id: one for one in instruments.values()}
    return found + [
        Form(known[key], None, 1, request) for key, request in latest.items() if key in known
    ]


def _activities(one: Placement, today: date) -> Sequence[Activity]:
    """The next in the department, within the placement."""
    return db.session.scalars(
        select(Activity)
        .where(
            Activity.department_id == one.department_id,
            Activity.cancelled_at.is_(None),
            Activity.held_on >= max(today, one.starts_on),
            Activity.held_on < one.ends_on,
        )
        .order_by(Activity.held_on, Activity.starts_at, Activity.id)
        .limit(SHOWN)
    ).all()


def stays_of(resident: Resident) -> Sequence[Placement]:
    """All of a resident, in order of time."""
    return db.session.scalars(
        select(Placement)
        .where(Placement.resident_id == resident.id, Placement.cancelled_at.is_(None))
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on)
    ).all()
