"""The placements that wait for a supervisor, who may, who may not and why, and a proposal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.queries import limits, teachers
from trainingbase.faculty.rules import Against, Limits, Stay, Teacher, at_once, why_not
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.rotations.queries.published import load_from, who_supervised
from trainingbase.rotations.rules.supervising import Reason, assign
from trainingbase.sites.models import Department, Institution
from trainingbase.supervision.queries.scope import department_in_scope, placement_in_scope

SORTS = ("resident", "department", "starts", "supervisor")


@dataclass(frozen=True)
class Filter:
    """Placements that share a day with [starts_on, ends_on).  `state`: need (nobody, or somebody
    who may not), arriving, all."""

    starts_on: date
    ends_on: date
    state: str = "need"
    search: str = ""
    department_id: int = 0
    institution_id: int = 0
    sort: str = ""


@dataclass(frozen=True)
class Option:
    """Somebody with a post in the department: how many they would have at once with this one,
    and what stands against them."""

    teacher: Teacher
    load: int
    against: tuple[Against, ...]


@dataclass(frozen=True)
class Row:
    """`against` is what stands against the present supervisor; `proposed` whom the portal
    proposes (None: nobody may), and `why`."""

    placement: Placement
    options: tuple[Option, ...]
    against: tuple[Against, ...]
    proposed: int | None
    why: Reason | None

    @property
    def needs(self) -> bool:
        return self.placement.supervisor_id is None or bool(self.against)


def rows(viewer: Person, which: Filter, *, today: date) -> list[Row]:
    """All of them, in a fixed number of statements; a page of them is for the caller to take."""
    found = judged(_placements(viewer, which, today), today=today)
    if which.state == "need":
        found = [one for one in found if one.needs]
    elif which.state == "arriving":
        found = [one for one in found if one.placement.starts_on >= which.starts_on]
    return _sorted(found, which.sort)


def _sorted(found: list[Row], sort: str) -> list[Row]:
    key = {
        "resident": lambda one: one.placement.resident.name,
        "department": lambda one: one.placement.department_id,
        "supervisor": lambda one: getattr(one.placement.supervisor, "name", ""),
    }.get(sort.lstrip("-"), lambda one: one.placement.starts_on)
    return sorted(found, key=lambda one: (key(one), one.placement.id), reverse=sort[:1] == "-")


def _placements(viewer: Person, which: Filter, today: date) -> Sequence[Placement]:
    wanted = select(Placement).where(
        placement_in_scope(viewer),
        Placement.cancelled_at.is_(None),
        Placement.starts_on < which.ends_on,
        Placement.ends_on > max(which.starts_on, today),
    )
    if which.department_id:
        wanted = wanted.where(Placement.department_id == which.department_id)
    if which.institution_id:
        inside = select(Department.id).where(Department.institution_id == which.institution_id)
        wanted = wanted.where(Placement.department_id.in_(inside))
    if which.search:
        named = select(Resident.id).join(Resident.person).where(called(which.search))
        wanted = wanted.where(Placement.resident_id.in_(named))
    return db.session.scalars(
        wanted.options(*WITH_NAMES).order_by(Placement.starts_on, Placement.id)
    ).all()


def rows_of(viewer: Person, ids: Iterable[int], *, today: date) -> list[Row]:
    """These, as far as the viewer assigns there and they are not over."""
    wanted = select(Placement).where(
        Placement.id.in_(list(ids)),
        placement_in_scope(viewer),
        Placement.cancelled_at.is_(None),
        Placement.ends_on > today,
    )
    found = db.session.scalars(
        wanted.options(*WITH_NAMES).order_by(Placement.starts_on, Placement.id)
    ).all()
    return judged(found, today=today)


def versions_of(ids: Iterable[int]) -> dict[int, int]:
    wanted = select(Placement.id, Placement.version).where(Placement.id.in_(list(ids)))
    return dict(db.session.execute(wanted).all())


def stay_of(one: Placement, today: date) -> Stay:
    """What is left of a placement to be supervised."""
    starts_on = max(one.starts_on, min(today, one.ends_on))
    who = (one.supervisor_id, one.resident_id)
    return Stay(one.id, one.department_id, starts_on, one.ends_on, *who)


def judged(
    placements: Sequence[Placement], *, today: date, without: int | None = None
) -> list[Row]:
    """Each with its options, and with one proposal for all that need somebody; `without` is a
    faculty member who is to be replaced everywhere."""
    everybody, numbers, spans = teachers(), limits(), load_from(today)
    here = {one.id: one for one in everybody.values() if one.id != without}
    stays = {one.id: stay_of(one, today) for one in placements}
    against = {
        one.id: _against_present(stays[one.id], everybody, spans, numbers, without)
        for one in placements
    }
    waiting = [one for one in placements if one.supervisor_id is None or against[one.id]]
    proposal = _proposal([stays[one.id] for one in waiting], here, spans, numbers)
    found = []
    for one in placements:
        stay = stays[one.id]
        waits = one.supervisor_id is None or bool(against[one.id])
        found.append(
            Row(
                one,
                _options(stay, here.values(), spans, numbers),
                tuple(against[one.id]),
                proposal.supervisors.get(one.id) if waits else one.supervisor_id,
                proposal.whys.get(one.id) if waits else None,
            )
        )
    return found


def _against_present(stay, everybody, spans, numbers, without) -> list[Against]:
    if stay.supervisor is None:
        return []
    if stay.supervisor == without:
        return [Against("inactive", on=stay.starts_on)]
    return why_not(everybody[stay.supervisor], stay, others(spans, stay.supervisor, stay), numbers)


def others(spans: dict, member_id: int, stay: Stay) -> list[tuple[date, date]]:
    """What they supervise beside this stay."""
    theirs = list(spans.get(member_id, ()))
    if stay.supervisor == member_id:
        theirs.remove((stay.starts_on, stay.ends_on))
    return theirs


def _proposal(waiting: list[Stay], here: dict[int, Teacher], spans: dict, numbers: Limits):
    rest = {member: list(those) for member, those in spans.items()}
    for stay in waiting:
        if stay.supervisor is not None:
            rest[stay.supervisor].remove((stay.starts_on, stay.ends_on))
    known = who_supervised({stay.resident for stay in waiting if stay.resident})
    return assign(waiting, here, numbers, spans=rest, known=known, replacing=True)


def _options(
    stay: Stay, everybody: Iterable[Teacher], spans: dict, numbers: Limits
) -> tuple[Option, ...]:
    found = []
    for one in everybody:
        if one.post_in(stay.department) is None and one.id != stay.supervisor:
            continue
        rest = others(spans, one.id, stay)
        found.append(Option(one, at_once(rest, stay) + 1, tuple(why_not(one, stay, rest, numbers))))
    return tuple(sorted(found, key=lambda one: (bool(one.against), one.teacher.name)))


def departments(viewer: Person) -> Sequence[Department]:
    """Those in which somebody assigns or reads, with their institutions."""
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .options(contains_eager(Department.institution))
        .where(department_in_scope(viewer))
        .order_by(Institution.id, Department.id)
    ).all()
