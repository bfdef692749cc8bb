"""Who arrives: from where, when, with whom, and what should be known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.entering.models import Arrival, Induction
from trainingbase.entering.queries.standings import Basis, basis_of, not_confirmed
from trainingbase.entering.rules import OPEN_TO_CONFIRM, Bounds, Standing, beds_against
from trainingbase.faculty.models import FacultyMember
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.entries import STATES as LOG_STATES
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES, visible_to
from trainingbase.sites.models import Department
from trainingbase.supervision.queries import desk as supervising
from trainingbase.supervision.queries.scope import placement_in_scope
from trainingbase.thresholds.queries import values

HEALTH = frozenset({"sick", "maternity", "radiation", "family_planning"})
"""Kinds of leave that say something of a resident's health."""
LATELY = timedelta(days=30)
NO_STANDING = ("late", "missed")


@dataclass(frozen=True)
class Filter:
    """Placements that begin in [starts_on, ends_on).  `state` is one of `rules.STATES`."""

    starts_on: date
    ends_on: date
    state: str = ""
    search: str = ""
    department_id: int = 0
    institution_id: int = 0
    sort: str = ""


@dataclass(frozen=True)
class Matter:
    """Leave (`kind` leave or asked), health, or log; `code` is the kind of leave."""

    kind: str
    code: str = ""
    first: date | None = None
    end: date | None = None
    waiting: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Row:
    """`choice` is what `supervision` says about the supervisor; None where it is settled."""

    placement: Placement
    arrival: Arrival | None
    standing: Standing
    came_from: Placement | None
    matters: tuple[Matter, ...]
    bounds: Bounds
    choice: supervising.Row | None = None

    @property
    def state(self) -> str:
        return self.standing.state

    @property
    def may_confirm(self) -> bool:
        return self.state in OPEN_TO_CONFIRM

    @property
    def version(self) -> int:
        return self.arrival.version if self.arrival is not None else 0

    @property
    def beds_against(self) -> str | None:
        return beds_against(self.arrival.beds if self.arrival else None, self.bounds)


def rows(viewer: Person, which: Filter, *, today: date) -> list[Row]:
    """All of them, in a fixed number of statements; a page is for the caller to take."""
    wanted = select(Placement).where(
        placement_in_scope(viewer),
        Placement.cancelled_at.is_(None),
        Placement.starts_on >= which.starts_on,
        Placement.starts_on < which.ends_on,
    )
    if which.department_id:
        wanted = wanted.where(Placement.department_id == which.department_id)
    if which.institution_id:
        inside = select(Department.id).where(Department.institution_id == which.institution_id)
        wanted = wanted.where(Placement.department_id.in_(inside))
    if which.search:
        named = select(Resident.id).join(Resident.person).where(called(which.search))
        wanted = wanted.where(Placement.resident_id.in_(named))
    found = judged(_all(wanted), today=today)
    if which.state:
        found = [one for one in found if one.state == which.state]
    return _sorted(found, which.sort)


def late_rows(viewer: Person, *, today: date, search: str = "", sort: str = "") -> list[Row]:
    """Who is late or did not come, and is placed there today."""
    found = judged(not_confirmed(viewer, today=today, search=search), today=today, choices=False)
    return _sorted([one for one in found if one.state in NO_STANDING], sort)


def coming_to(
    viewer: Person, starts_on: date, ends_on: date, *, today: date, sort: str = ""
) -> list[Row]:
    """Whom this faculty member supervises from a day in [starts_on, ends_on) on."""
    mine = select(FacultyMember.id).where(FacultyMember.person_id == viewer.id)
    wanted = select(Placement).where(
        Placement.cancelled_at.is_(None),
        Placement.supervisor_id.in_(mine),
        Placement.starts_on >= starts_on,
        Placement.starts_on < ends_on,
    )
    return _sorted(judged(_all(wanted), today=today, choices=False), sort)


def rows_of(viewer: Person, ids, *, today: date) -> list[Row]:
    """These, as far as the viewer confirms there."""
    wanted = select(Placement).where(
        Placement.id.in_(list(ids)), placement_in_scope(viewer), Placement.cancelled_at.is_(None)
    )
    return judged(_all(wanted), today=today)


def row_for(viewer: Person, placement_id: int, *, today: date) -> Row:
    """Raises `NoResultFound` for a foreign or missing one."""
    wanted = select(Placement).where(
        Placement.id == placement_id,
        placement_in_scope(viewer),
        Placement.cancelled_at.is_(None),
    )
    one = db.session.scalars(wanted.options(*WITH_NAMES)).one()
    return judged([one], today=today)[0]


def seen_row(viewer: Person, placement_id: int, *, today: date) -> Row:
    """As `row_for`, for everybody who may see the placement."""
    wanted = visible_to(viewer, today).where(Placement.id == placement_id)
    one = db.session.scalars(wanted.options(*WITH_NAMES)).one()
    return judged([one], today=today, choices=False)[0]


def own_row(viewer: Person, placement_id: int, *, today: date) -> Row:
    """Of the resident's own placements."""
    own = select(Resident.id).where(Resident.person_id == viewer.id)
    wanted = select(Placement).where(
        Placement.id == placement_id,
        Placement.resident_id.in_(own),
        Placement.cancelled_at.is_(None),
    )
    one = db.session.scalars(wanted.options(*WITH_NAMES)).one()
    return judged([one], today=today, choices=False)[0]


def _all(wanted) -> Sequence[Placement]:
    return db.session.scalars(
        wanted.options(*WITH_NAMES).order_by(Placement.starts_on, Placement.id)
    ).all()


def _sorted(found: list[Row], sort: str) -> list[Row]:
    key = {
        "resident": lambda one: one.placement.resident.name,
        "department": lambda one: one.placement.department_id,
        "supervisor": lambda one: getattr(one.placement.supervisor, "name", ""),
        "state": lambda one: one.state,
    }.get(sort.lstrip("-"), lambda one: one.placement.starts_on)
    return sorted(found, key=lambda one: (key(one), one.placement.id), reverse=sort[:1] == "-")


def judged(placements: Sequence[Placement], *, today: date, choices: bool = True) -> list[Row]:
    basis = basis_of(placements)
    standings = {one.id: basis.of(one, today) for one in placements}
    before = _before(placements)
    log = _log_of([one.id for one in before.values()])
    bounds = _bounds()
    supervisors = _choices(placements, standings, today) if choices else {}
    return [
        Row(
            placement=one,
            arrival=basis.records.get(one.id),
            standing=standings[one.id],
            came_from=before.get(one.id),
            matters=_matters(one, basis, log.get(getattr(before.get(one.id), "id", 0))),
            bounds=bounds.get(one.department_id, bounds[0]),
            choice=supervisors.get(one.id),
        )
        for one in placements
    ]


def _choices(
    placements: Sequence[Placement], standings: Mapping[int, Standing], today: date
) -> dict[int, supervising.Row]:
    waiting = [
        one for one in placements if standings[one.id].state != "arrived" and one.ends_on > today
    ]
    return {one.placement.id: one for one in supervising.judged(waiting, today=today)}


def _before(placements: Sequence[Placement]) -> dict[int, Placement]:
    """Where each resident was until then, by placement."""
    if not placements:
        return {}
    first = min(one.starts_on for one in placements)
    stays: dict[int, list[Placement]] = {}
    for one in db.session.scalars(
        select(Placement)
        .where(
            Placement.resident_id.in_({one.resident_id for one in placements}),
            Placement.cancelled_at.is_(None),
            Placement.ends_on > first - 2 * LATELY,
            Placement.ends_on <= max(one.starts_on for one in placements),
        )
        .options(joinedload(Placement.department).joinedload(Department.institution))
        .order_by(Placement.ends_on)
    ):
        stays.setdefault(one.resident_id, []).append(one)
    found = {}
    for one in placements:
        earlier = [stay for stay in stays.get(one.resident_id, ()) if stay.ends_on <= one.starts_on]
        if earlier:
            found[one.id] = earlier[-1]
    return found


def _log_of(placement_ids: list[int]) -> dict[int, Matter]:
    """What of the log of these placements waits or came back."""
    rows = db.session.execute(
        select(
            Entry.placement_id,
            func.count().filter(LOG_STATES["waiting"]),
            func.count().filter(LOG_STATES["returned"]),
        )
        .where(Entry.placement_id.in_(placement_ids))
        .group_by(Entry.placement_id)
    )
    return {
        key: Matter("log", waiting=waiting, returned=returned)
        for key, waiting, returned in rows
        if waiting or returned
    }


def _matters(one: Placement, basis: Basis, log: Matter | None) -> tuple[Matter, ...]:
    leaves = [
        _leave(leave)
        for leave in basis.leaves.get(one.resident_id, ())
        if leave.starts_on < one.ends_on
        and leave.until_on > (one.starts_on - LATELY if leave.kind in HEALTH else one.starts_on)
    ]
    return (*leaves, *([log] if log is not None else ()))


def _leave(leave: Leave) -> Matter:
    kind = "asked" if leave.granted is None else "health" if leave.kind in HEALTH else "leave"
    return Matter(kind, leave.kind, leave.starts_on, leave.until_on)


def _bounds() -> dict[int, Bounds]:
    """By department, those of general practice; under 0 everybody else's."""
    numbers = values()
    most = int(numbers["beds_most"])
    practice = Bounds(int(numbers["beds_least_gp"]), most)
    ids = db.session.scalars(
        select(Induction.department_id).where(Induction.is_general_practice.is_(True))
    )
    return {0: Bounds(int(numbers["beds_least"]), most)} | dict.fromkeys(ids, practice)
