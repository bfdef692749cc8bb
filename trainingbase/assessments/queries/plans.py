"""What the programmes plan to be asked, and what was asked and given of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select

from trainingbase.assessments.models import ErrandLink, GuestLink, Instrument, Request, Submission
from trainingbase.assessments.rules.askees import GUESTS, PEER, WHO, filled_by
from trainingbase.assessments.rules.demands import Period
from trainingbase.assessments.rules.occasions import Occasion, Planned
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.enrolment.suspension import Suspension
from trainingbase.instruments.queries import instruments_in_use
from trainingbase.programmes.models import PlannedAssessment

UNLESS_PLANNED = (Planned("mini_cex", "placement", 1), Planned("exit_assessment", "leaving", 1))
"""What a version asks for that plans nothing at all."""

Plans = Mapping[tuple[int, int | None], list[Planned]]


class Given(NamedTuple):
    """A form that was asked for, or was given unasked."""

    placement_id: int
    on: date
    was_asked: bool


def forms_planned() -> dict[str, Instrument]:
    """By code the forms about residents that a plan may ask for, whoever fills them in."""
    return {one.code: one for one in instruments_in_use(*WHO)}


def plans_of(programme_ids: Collection[int], forms: Mapping[str, Instrument]) -> Plans:
    """By programme and standard department (None: in every one); a programme that plans nothing
    has the usual plan.  Guests are asked together: one errand for all of a time."""
    rows = db.session.scalars(
        select(PlannedAssessment)
        .where(PlannedAssessment.programme_id.in_(programme_ids))
        .order_by(PlannedAssessment.id)
    )
    plans: dict[tuple[int, int | None], list[Planned]] = defaultdict(list)
    planned = set()
    for row in rows:
        form = forms.get(row.instrument)
        if form is not None and WHO[form.assessor] == GUESTS:
            plan = Planned(row.instrument, row.timing, 1, guests=row.times)
        else:
            plan = Planned(row.instrument, row.timing, row.times)
        plans[row.programme_id, row.standard_department_id].append(plan)
        planned.add(row.programme_id)
    for programme in set(programme_ids) - planned:
        plans[programme, None] = list(UNLESS_PLANNED)
    return dict(plans)


def plan_in(plans: Plans, programme_id: int, standard_id: int | None) -> list[Planned]:
    """What a placement in this standard department is asked for."""
    here = plans.get((programme_id, standard_id), []) if standard_id is not None else []
    return [*plans.get((programme_id, None), []), *here]


def given_of(
    resident_ids: Collection[int], codes: Iterable[str]
) -> dict[tuple[int, str], list[Given]]:
    """By resident and form: each request, and each form given unasked; every version of a form
    counts.  What a fellow resident declined is asked of another, and what a guest answered belongs
    to the errand."""
    given: dict[tuple[int, str], list[Given]] = defaultdict(list)
    codes = list(codes)
    asked = (
        select(Request.resident_id, Instrument.code, Request.placement_id, Request.asked_on)
        .join(Request.instrument)
        .where(
            Request.resident_id.in_(resident_ids),
            Instrument.code.in_(codes),
            or_(Request.declined_at.is_(None), Instrument.assessor.not_in(filled_by(PEER))),
        )
    )
    sent = (
        select(
            Submission.resident_id, Instrument.code, Submission.placement_id, Submission.observed_on
        )
        .join(Submission.instrument)
        .outerjoin(GuestLink, GuestLink.submission_id == Submission.id)
        .outerjoin(ErrandLink, ErrandLink.link_id == GuestLink.id)
        .where(
            Submission.resident_id.in_(resident_ids),
            Instrument.code.in_(codes),
            Submission.request_id.is_(None),
            ErrandLink.link_id.is_(None),
        )
    )
    for rows, was_asked in ((asked, True), (sent, False)):
        for resident, code, placement, day in db.session.execute(rows):
            given[resident, code].append(Given(placement, day, was_asked))
    return given


def still_wanted(
    occasion: Occasion, given: Iterable[Given], placement_id: int | None = None
) -> tuple[bool, int]:
    """Whether it is still to be asked for, and of how many guests (0: of somebody of the house).
    The whole placement counts as one time."""
    there = [one for one in given if _is_of(one, occasion, placement_id)]
    if not occasion.guests:
        return len(there) < occasion.nth, 0
    left = occasion.guests - sum(not one.was_asked for one in there)
    return left > 0 and sum(one.was_asked for one in there) < occasion.nth, left


def _is_of(one: Given, occasion: Occasion, placement_id: int | None) -> bool:
    if placement_id is not None and not occasion.slot[:1].isdigit():
        return one.placement_id == placement_id
    return occasion.starts_on <= one.on < occasion.ends_on


def away_of(resident_ids: Collection[int]) -> dict[int, list[Period]]:
    """By resident: granted leave and suspensions, as [first day, exclusive last day]."""
    found: dict[int, list[Period]] = defaultdict(list)
    leaves = select(
        Leave.resident_id, Leave.starts_on, func.coalesce(Leave.returned_on, Leave.ends_on)
    ).where(Leave.resident_id.in_(resident_ids), Leave.granted.is_(True))
    rests = select(
        Suspension.resident_id,
        Suspension.starts_on,
        func.coalesce(Suspension.returned_on, Suspension.ends_on),
    ).where(Suspension.resident_id.in_(resident_ids), Suspension.cancelled_at.is_(None))
    for rows in (leaves, rests):
        for resident_id, starts_on, ends_on in db.session.execute(rows):
            found[resident_id].append((starts_on, ends_on))
    return found
