"""Who arrives: from where, when, with whom, and what should be known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.entering.models import Arrival
from trainingbase.entering.queries import known
from trainingbase.entering.queries.standings import basis_of, not_confirmed
from trainingbase.entering.rules import OPEN_TO_CONFIRM, Bounds, Standing, beds_against
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES, visible_to
from trainingbase.sites.models import Department
from trainingbase.supervision.queries import desk as supervising
from trainingbase.supervision.queries.scope import placement_in_scope

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

    @property
    def by_state(self) -> bool:
        """Whether the order asks for the state, which no statement knows."""
        return self.sort.removeprefix("-") == "state"


@dataclass(frozen=True)
class Row:
    """`choice` is what `supervision` says about the supervisor; None where it is settled.  What
    `completed` adds stands last."""

    placement: Placement
    arrival: Arrival | None
    standing: Standing
    bounds: Bounds
    leaves: tuple[Leave, ...] = ()
    came_from: Placement | None = None
    matters: tuple[known.Matter, ...] = ()
    choice: supervising.Row | None = None

    @property
    def state(self) -> str:
        return self.standing.state

    @property
    def may_confirm(self) -> bool:
        return self.state in OPEN_TO_CONFIRM

    def is_of(self, person: Person) -> bool:
        """Whether it is their own arrival, which somebody else confirms."""
        return self.placement.resident.person_id == person.id

    @property
    def version(self) -> int:
        return self.arrival.version if self.arrival is not None else 0

    @property
    def beds_against(self) -> str | None:
        return beds_against(self.arrival.beds if self.arrival else None, self.bounds)


def placements(viewer: Person, which: Filter) -> Select[tuple[Placement]]:
    """What begins then and there, whatever its state, in order."""
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
    column = _COLUMNS.get(which.sort.removeprefix("-"), Placement.starts_on)
    order = column.desc() if which.sort[:1] == "-" else column.asc()
    return wanted.options(*WITH_NAMES).order_by(order, Placement.starts_on, Placement.id)


_COLUMNS: dict[str, Any] = {
    "resident": select(Person.name)
    .join(Resident, Resident.person_id == Person.id)
    .where(Resident.id == Placement.resident_id)
    .scalar_subquery(),
    "supervisor": select(Person.name)
    .join(FacultyMember, FacultyMember.person_id == Person.id)
    .where(FacultyMember.id == Placement.supervisor_id)
    .scalar_subquery(),
    "department": Placement.department_id,
}


def rows(viewer: Person, which: Filter, *, today: date) -> list[Row]:
    """Where each stands, in a fixed number of statements; a page of them is for the caller to take,
    and to have `completed`."""
    found = stood(db.session.scalars(placements(viewer, which)).all(), today=today)
    if which.state:
        found = [one for one in found if one.state == which.state]
    return _sorted(found, which.sort) if which.by_state else found


def late_rows(viewer: Person, *, today: date, search: str = "", sort: str = "") -> list[Row]:
    """Who is late or did not come, and is placed there today."""
    found = stood(not_confirmed(viewer, today=today, search=search), today=today)
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
    return _sorted(stood(_all(wanted), today=today), sort)


def rows_of(viewer: Person, ids, *, today: date) -> list[Row]:
    """These, as far as the viewer confirms there."""
    wanted = select(Placement).where(
        Placement.id.in_(list(ids)), placement_in_scope(viewer), Placement.cancelled_at.is_(None)
    )
    return completed(stood(_all(wanted), today=today), today=today)


def row_for(viewer: Person, placement_id: int, *, today: date) -> Row:
    """Raises `NoResultFound` for a foreign or missing one."""
    wanted = select(Placement).where(
        Placement.id == placement_id,
        placement_in_scope(viewer),
        Placement.cancelled_at.is_(None),
    )
    one = db.session.scalars(wanted.options(*WITH_NAMES)).one()
    return completed(stood([one], today=today), today=today)[0]


def seen_row(viewer: Person, placement_id: int, *, today: date) -> Row:
    """As `row_for`, for everybody who may see the placement."""
    wanted = visible_to(viewer, today).where(Placement.id == placement_id)
    one = db.session.scalars(wanted.options(*WITH_NAMES)).one()
    return completed(stood([one], today=today), today=today, choices=False)[0]


def own_row(viewer: Person, placement_id: int, *, today: date) -> Row:
    """Of the resident's own placements."""
    own = select(Resident.id).where(Resident.person_id == viewer.id)
    wanted = select(Placement).where(
        Placement.id == placement_id,
        Placement.resident_id.in_(own),
        Placement.cancelled_at.is_(None),
    )
    one = db.session.scalars(wanted.options(*WITH_NAMES)).one()
    return completed(stood([one], today=today), today=today, choices=False)[0]


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


def stood(placements: Sequence[Placement], *, today: date) -> list[Row]:
    """Where each stands; what only a page shows is left to `completed`."""
    basis, bounds = basis_of(placements), known.bounds()
    return [
        Row(
            placement=one,
            arrival=basis.records.get(one.id),
            standing=basis.of(one, today),
            bounds=bounds.get(one.department_id, bounds[0]),
            leaves=tuple(basis.leaves.get(one.resident_id, ())),
        )
        for one in placements
    ]


def completed(rows: Sequence[Row], *, today: date, choices: bool = True) -> list[Row]:
    """With where they come from, what should be known, and (`choices`) whom `supervision`
    proposes for those who have not come; in a fixed number of statements."""
    before = known.before([one.placement for one in rows])
    log = known.log_of([one.id for one in before.values()])
    supervisors = _choices(rows, today) if choices else {}
    found = []
    for row in rows:
        came_from = before.get(row.placement.id)
        left = came_from is not None and came_from.ends_on <= today
        said = log.get(came_from.id) if left else None
        found.append(
            replace(
                row,
                came_from=came_from,
                matters=known.matters(row.placement, row.leaves, said),
                choice=supervisors.get(row.placement.id),
            )
        )
    return found


def _choices(rows: Sequence[Row], today: date) -> dict[int, supervising.Row]:
    waiting = [
        one.placement for one in rows if one.state != "arrived" and one.placement.ends_on > today
    ]
    if not waiting:
        return {}
    return {one.placement.id: one for one in supervising.judged(waiting, today=today)}
