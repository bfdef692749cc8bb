"""Who is asked for what the plan wants: supervisor, secretary, fellow resident, or the resident."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from trainingbase.assessments.models import Instrument, PlannedRequest, Request
from trainingbase.assessments.queries.chasing import secretaries_of
from trainingbase.assessments.rules.askees import GUESTS, PEER, SELF, WHO, Fellow, Sought, choose
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

LATELY = timedelta(days=90)
"""So far back it counts who was asked how often."""


def who_is_asked(row: PlannedRequest) -> str:
    return WHO[row.instrument.assessor]


def askees_of(
    rows: Sequence[PlannedRequest], *, today: date, without: Collection[int] = ()
) -> dict[int, int]:
    """By id of the row the person who is asked; none where there is nobody.  Of fellow residents
    none of `without`.  As many statements for many rows as for one."""
    found: dict[int, int] = {}
    by_who: dict[str, list[PlannedRequest]] = defaultdict(list)
    for row in rows:
        by_who[who_is_asked(row)].append(row)
    secretaries = (
        secretaries_of({row.placement.department_id for row in by_who[GUESTS]})
        if by_who[GUESTS]
        else {}
    )
    for row in rows:
        who, placement = who_is_asked(row), row.placement
        theirs = sorted(secretaries.get(placement.department_id, ()))
        if who == SELF:
            found[row.id] = placement.resident.person_id
        elif who == GUESTS and theirs:
            found[row.id] = theirs[placement.id % len(theirs)]
        elif who != PEER and placement.supervisor is not None:
            found[row.id] = placement.supervisor.person_id
    if by_who[PEER]:
        found |= _peers_of(by_who[PEER], today, without)
    return found


def _peers_of(
    rows: Sequence[PlannedRequest], today: date, without: Collection[int]
) -> dict[int, int]:
    fellows = fellows_of([row.placement for row in rows], today=today)
    asked, before = _asked(rows)
    return choose(
        [Sought(row.id, row.code, row.resident_id, row.placement_id) for row in rows],
        fellows={
            place: [one for one in some if one.person not in without]
            for place, some in fellows.items()
        },
        asked=asked,
        before=before,
        load=_load(today),
    )


def fellows_of(placements: Collection[Placement], *, today: date) -> dict[int, list[Fellow]]:
    """By placement: who else was or is in the department in its time, and still trains here."""
    ids = {one.id for one in placements}
    other = aliased(Placement)
    rows = db.session.execute(
        select(
            Placement.id,
            Placement.starts_on,
            Placement.ends_on,
            Resident.person_id,
            other.starts_on,
            other.ends_on,
        )
        .select_from(Placement)
        .join(
            other,
            (other.department_id == Placement.department_id)
            & (other.resident_id != Placement.resident_id)
            & (other.starts_on < Placement.ends_on)
            & (other.ends_on > Placement.starts_on),
        )
        .join(Resident, Resident.id == other.resident_id)
        .join(Person, Person.id == Resident.person_id)
        .where(
            Placement.id.in_(ids),
            other.cancelled_at.is_(None),
            other.starts_on <= today,
            Resident.ends_on > today,
            or_(Person.left_on.is_(None), Person.left_on > today),
        )
        .order_by(other.id)
    )
    days: dict[tuple[int, int], int] = defaultdict(int)
    for placement, starts_on, ends_on, person, first, end in rows:
        together = min(ends_on, end, today + timedelta(days=1)) - max(starts_on, first)
        days[placement, person] += max(0, together.days)
    found: dict[int, list[Fellow]] = defaultdict(list)
    for (placement, person), number in days.items():
        if number:
            found[placement].append(Fellow(person, number))
    return found


def _asked(rows: Iterable[PlannedRequest]):
    """(form, placement, person) that were asked before, and how often each (form, resident,
    person) was."""
    residents, codes = {row.resident_id for row in rows}, {row.code for row in rows}
    found = db.session.execute(
        select(Instrument.code, Request.placement_id, Request.resident_id, Request.assessor_id)
        .join(Request.instrument)
        .where(Request.resident_id.in_(residents), Instrument.code.in_(codes))
    ).all()
    before: dict[tuple[str, int, int], int] = defaultdict(int)
    for code, _placement, resident, person in found:
        before[code, resident, person] += 1
    return {(code, placement, person) for code, placement, _resident, person in found}, before


def _load(today: date) -> dict[int, int]:
    """By person: how many forms they were asked as a fellow resident lately."""
    rows = (
        select(Request.assessor_id, func.count())
        .join(Request.instrument)
        .where(
            Request.asked_on > today - LATELY,
            Request.asked_by_id.is_(None),
            Instrument.assessor == "peer",
        )
        .group_by(Request.assessor_id)
    )
    return dict(db.session.execute(rows).all())


def others_among_fellows(request: Request, *, today: date) -> list[Person]:
    """Fellow residents who were not asked this form about this placement."""
    fellows = fellows_of([request.placement], today=today).get(request.placement_id, [])
    had = select(Request.assessor_id).where(
        Request.placement_id == request.placement_id,
        Request.instrument_id == request.instrument_id,
    )
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.id.in_([one.person for one in fellows]), Person.id.not_in(had))
            .order_by(Person.name)
        )
    )
