"""What the plan demands of residents, and what became of it: the one answer that the picture, the
committee's packet and the office's table of who lacks what are made of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from trainingbase.assessments.models import ErrandLink, GuestLink, Instrument, Request, Submission
from trainingbase.assessments.queries.errands import Progress, progress_of
from trainingbase.assessments.queries.plans import (
    Plans,
    away_of,
    forms_planned,
    plan_in,
    plans_of,
)
from trainingbase.assessments.rules.demands import (
    NUMBERS,
    Item,
    Line,
    Period,
    fill,
    is_due,
    lines_of,
)
from trainingbase.assessments.rules.occasions import Occasion, of_placement, of_training
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.instruments.queries import ABOUT_RESIDENTS
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import values


@dataclass(frozen=True)
class Demands:
    """`lines` of one resident, by form and time; `forms` and `places` are the names of both."""

    lines: Sequence[Line]
    forms: Mapping[str, Any]
    places: Mapping[int, Row]

    def totals(self) -> dict[str, dict[str, int]]:
        """By form, in the order of codes: `rules.demands.NUMBERS`."""
        found: dict[str, dict[str, int]] = {}
        for line in sorted(self.lines, key=lambda one: one.code):
            numbers = found.setdefault(line.code, dict.fromkeys(NUMBERS, 0))
            for name in NUMBERS:
                numbers[name] += getattr(line, name)
        return found


def demands_of(resident_ids: Collection[int], *, today: date) -> dict[int, Demands]:
    """By resident, in as many statements however many they are."""
    ids = sorted(set(resident_ids))
    residents = db.session.execute(
        select(Resident.id, Resident.programme_id, Resident.starts_on, Resident.ends_on).where(
            Resident.id.in_(ids)
        )
    ).all()
    placements = _placements(ids, today)
    forms = forms_planned()
    plans = plans_of({one.programme_id for one in residents}, forms)
    away, items, names = away_of(ids), _items(ids, today), _names(forms)
    limits = {key: int(value) for key, value in values().items()}
    places = {one.id: one for some in placements.values() for one in some}
    return {
        one.id: Demands(
            fill(
                lines_of(
                    _occasions(one, placements[one.id], plans, forms, away[one.id], limits),
                    today=today,
                ),
                items[one.id],
            ),
            names,
            places,
        )
        for one in residents
    }


def _occasions(
    resident: Row,
    placements: Iterable[Row],
    plans: Plans,
    forms: Mapping[str, Instrument],
    away: Sequence[Period],
    limits: Mapping[str, int],
) -> list[tuple[Occasion, int | None]]:
    """A placement that is done again demands nothing: the new one does."""
    month_days = limits["monthly_request_days"]
    found: list[tuple[Occasion, int | None]] = []
    for one in placements:
        if one.repeats_at is not None:
            continue
        plan = plan_in(plans, resident.programme_id, one.standard_department_id)
        made = of_placement(
            plan,
            one.starts_on,
            one.ends_on,
            exit_days=limits["exit_asked_before_days"],
            month_days=month_days,
        )
        found += [(each, one.id) for each in made]
    plan = plans.get((resident.programme_id, None), [])
    found += [(one, None) for one in of_training(plan, resident.starts_on, resident.ends_on)]
    return [
        (each, place)
        for each, place in found
        if each.instrument in forms and is_due(each, away, month_days=month_days, placed=place)
    ]


def _placements(resident_ids: Sequence[int], today: date) -> dict[int, list[Row]]:
    rows = db.session.execute(
        select(
            Placement.id,
            Placement.resident_id,
            Placement.standard_department_id,
            Placement.starts_on,
            Placement.ends_on,
            Placement.repeats_at,
            Department.name,
            Department.name_en,
        )
        .join(Placement.department)
        .where(
            Placement.resident_id.in_(resident_ids),
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
        )
        .order_by(Placement.starts_on, Placement.id)
    )
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.resident_id].append(row)
    return found


def _names(forms: Mapping[str, Any]) -> dict[str, Any]:
    """By code, those that are out of use as well; the newest version says the name."""
    rows = db.session.execute(
        select(
            Instrument.code, Instrument.name, Instrument.name_en, Instrument.assessor,
            Instrument.is_confidential,
        ).order_by(Instrument.is_in_use, Instrument.id)
    )  # fmt: skip
    return {one.code: one for one in rows} | {
        code: form for code, form in forms.items() if form is not None
    }


def _items(resident_ids: Sequence[int], today: date) -> dict[int, list[tuple[str, Item]]]:
    """By resident: every request about them that was not cancelled or declined, and every form
    given unasked."""
    about = Instrument.subject.in_(ABOUT_RESIDENTS)
    asked = db.session.execute(
        select(
            Request.id,
            Request.resident_id,
            Request.placement_id,
            Request.asked_on,
            Request.due_on,
            Request.expires_on,
            Request.answered_at,
            Instrument.code,
        )
        .join(Request.instrument)
        .join(Request.placement)
        .where(
            Request.resident_id.in_(resident_ids),
            Request.cancelled_at.is_(None),
            Placement.cancelled_at.is_(None),
            about,
        )
    ).all()
    guests = progress_of(Request.resident_id.in_(resident_ids), today=today)
    found: dict[int, list[tuple[str, Item]]] = defaultdict(list)
    for row in asked:
        found[row.resident_id].append((row.code, _asked(row, guests.get(row.id), today)))
    unasked = db.session.execute(
        select(
            Submission.id,
            Submission.resident_id,
            Submission.placement_id,
            Submission.observed_on,
            Instrument.code,
        )
        .join(Submission.instrument)
        .outerjoin(GuestLink, GuestLink.submission_id == Submission.id)
        .outerjoin(ErrandLink, ErrandLink.link_id == GuestLink.id)
        .where(
            Submission.resident_id.in_(resident_ids),
            Submission.observed_on <= today,
            Submission.request_id.is_(None),
            ErrandLink.link_id.is_(None),
            about,
        )
    )
    for row in unasked:
        item = Item(row.placement_id, row.observed_on, 1, 0, "done", False, submission_id=row.id)
        found[row.resident_id].append((row.code, item))
    return found


def _asked(row: Row, guests: Progress | None, today: date) -> Item:
    done = int(row.answered_at is not None) if guests is None else guests.came
    rest = 1 - done if guests is None else max(0, guests.wanted - guests.came)
    state = "late" if today >= row.due_on else "open"
    if today >= row.expires_on:
        state = "expired"
    return Item(
        row.placement_id, row.asked_on, done, rest, state if rest else "done", True,
        request_id=row.id,
    )  # fmt: skip
