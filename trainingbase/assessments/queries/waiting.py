"""What the plan of the programmes asks for, and what of it waits for its day or its turn."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import Instrument, PlannedRequest, Request, RequestStep
from trainingbase.assessments.queries.plans import (
    away_of,
    forms_planned,
    given_of,
    plan_in,
    plans_of,
    still_wanted,
)
from trainingbase.assessments.rules.demands import is_due
from trainingbase.assessments.rules.occasions import Occasion, of_placement, of_training
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.thresholds.queries import values

MISSED = timedelta(days=31)
"""What the year wanted longer ago is not asked for: the portal was off, or the plan is new."""


@dataclass(frozen=True)
class Wanted:
    """A form that the plan asks for and that nobody has given or been asked for yet; `guests` is
    how many guests are still wanted, 0 where one person of the house answers."""

    instrument: Instrument
    placement: Placement
    slot: str
    on: date
    due_on: date | None
    guests: int = 0

    @property
    def key(self) -> tuple[int, str, str]:
        return self.placement.resident_id, self.instrument.code, self.slot


def wanted(*, today: date, until: date) -> list[Wanted]:
    """What is wanted by `until`, in a fixed number of statements.  Placements that ended lately
    are still asked about their leaving, since the portal may have been off."""
    numbers = {key: int(value) for key, value in values().items()}
    lately = timedelta(days=numbers["exit_asked_before_days"])
    placements = _placements(today - lately, until)
    forms = forms_planned()
    plans = plans_of({one.resident.programme_id for one in placements}, forms)
    residents = {one.resident_id for one in placements}
    given, away = given_of(residents, forms), away_of(residents)
    month_days = numbers["monthly_request_days"]
    found: list[Wanted] = []
    for one in placements:
        for occasion in of_placement(
            plan_in(plans, one.resident.programme_id, one.standard_department_id),
            one.starts_on,
            one.ends_on,
            exit_days=numbers["exit_asked_before_days"],
            month_days=month_days,
        ):
            over = one.ends_on <= today and not occasion.slot.startswith("leaving")
            over = over or not is_due(
                occasion, away[one.resident_id], month_days=month_days, placed=one.id
            )
            if occasion.instrument in forms and occasion.on <= until and not over:
                wants, guests = still_wanted(
                    occasion, given[one.resident_id, occasion.instrument], one.id
                )
                if wants:
                    slot = f"{one.id} {occasion.slot}"
                    found.append(_wanted(forms, one, occasion, slot, guests))
    return found + _of_years(placements, plans, forms, given, today=today, until=until)


def _wanted(forms, placement: Placement, occasion: Occasion, slot: str, guests: int) -> Wanted:
    form = forms[occasion.instrument]
    return Wanted(form, placement, slot, occasion.on, occasion.due_on, guests)


def _of_years(placements, plans, forms, given, *, today: date, until: date) -> list[Wanted]:
    """What years of training ask for is asked where the resident is on that day, or where they go
    next."""
    of_resident = defaultdict(list)
    for one in placements:
        of_resident[one.resident_id].append(one)
    found = []
    for resident_id, mine in of_resident.items():
        resident = mine[0].resident
        plan = plans.get((resident.programme_id, None), ())
        for occasion in of_training(plan, resident.starts_on, resident.ends_on):
            if occasion.instrument not in forms or not today - MISSED <= occasion.on <= until:
                continue
            at = max(occasion.on, today)
            there = [one for one in sorted(mine, key=_begins) if one.ends_on > at]
            wants, guests = still_wanted(occasion, given[resident_id, occasion.instrument])
            if there and wants:
                on = max(occasion.on, there[0].starts_on)
                form = forms[occasion.instrument]
                found.append(Wanted(form, there[0], occasion.slot, on, None, guests))
    return found


def _begins(placement: Placement) -> date:
    return placement.starts_on


def _placements(since: date, until: date) -> Sequence[Placement]:
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= until,
            Placement.ends_on > since,
        )
        .options(*WITH_NAMES)
        .order_by(Placement.id)
    ).all()


def planned_of(resident_ids: Iterable[int]) -> dict[tuple[int, str, str], PlannedRequest]:
    """What waits and what was sent, by `Wanted.key`."""
    rows = db.session.scalars(
        select(PlannedRequest).where(PlannedRequest.resident_id.in_(list(resident_ids)))
    )
    return {(one.resident_id, one.code, one.slot): one for one in rows}


def still_waiting(*, hold: bool = False, teacher_id: int = 0) -> Sequence[PlannedRequest]:
    """Not sent yet, of placements that are not cancelled, or those of one supervisor; with `hold`
    nobody else sends them until the commit."""
    rows = (
        select(PlannedRequest)
        .join(PlannedRequest.placement)
        .where(PlannedRequest.sent_at.is_(None), Placement.cancelled_at.is_(None))
        .options(
            contains_eager(PlannedRequest.placement).options(*WITH_NAMES),
            joinedload(PlannedRequest.instrument),
        )
        .order_by(PlannedRequest.wanted_on, PlannedRequest.id)
    )
    if teacher_id:
        mine = select(FacultyMember.id).where(FacultyMember.person_id == teacher_id)
        rows = rows.where(Placement.supervisor_id.in_(mine))
    if hold:
        rows = rows.with_for_update(of=PlannedRequest).execution_options(populate_existing=True)
    return db.session.scalars(rows).all()


def waits_no_more() -> Sequence[PlannedRequest]:
    """Of placements that were cancelled before their turn came."""
    return db.session.scalars(
        select(PlannedRequest)
        .join(PlannedRequest.placement)
        .where(PlannedRequest.sent_at.is_(None), Placement.cancelled_at.is_not(None))
    ).all()


def taken_on(day: date) -> dict[int, int]:
    """How many requests each person was given on this day: asked, or handed over to them."""
    asked = (
        select(Request.assessor_id.label("person"), Request.id.label("request"))
        .where(Request.asked_on == day)
        .union(
            select(RequestStep.to_id, RequestStep.request_id).where(
                RequestStep.on == day, RequestStep.to_id.is_not(None)
            )
        )
        .subquery()
    )
    rows = select(asked.c.person, func.count()).group_by(asked.c.person)
    return dict(db.session.execute(rows).all())


def asked_on(day: date, placements: Collection[int]) -> set[tuple[int, int, int]]:
    """(form, placement, assessor) of requests asked on this day about these placements."""
    rows = db.session.execute(
        select(Request.instrument_id, Request.placement_id, Request.assessor_id).where(
            Request.asked_on == day, Request.placement_id.in_(placements)
        )
    )
    return {tuple(row) for row in rows}
