"""What waits to be confirmed, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, union_all
from sqlalchemy.orm import aliased, contains_eager, joinedload

from trainingbase.clock import LOCAL
from trainingbase.db import columns, db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.logbook.models import Entry
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.prepared import Values, prepared
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole

OPEN = Entry.confirmed.is_(None) & Entry.withdrawn_at.is_(None)


@dataclass(frozen=True)
class Sought:
    """What is looked for; empty values look for nothing, both days are included."""

    search: str = ""
    category: str = ""
    first: date | None = None
    last: date | None = None


class _Decider(NamedTuple):
    """Who confirms: what a statement has to know of them, or places for it.  `silent_since` is
    before when what was entered has waited too long (`log_silent_days`)."""

    person_id: Any
    department_ids: Any
    institution_ids: Any
    today: Any
    silent_since: Any


def _decider(viewer: Person, at: datetime) -> _Decider:
    departments, institutions = viewer.department_ids, viewer.institution_ids
    waits = whole("log_silent_days") if departments or institutions else 0
    today = at.astimezone(LOCAL).date()
    return _Decider(viewer.id, departments, institutions, today, at - timedelta(days=waits))


def decided_by(viewer: Person, *, at: datetime) -> ColumnElement[bool]:
    """Waiting entries this person confirms: those of the residents they supervise now, whoever did
    when they were entered, and those made with them.

    The secretary of the department and the coordinator of the site stand in where nobody is
    named, where whoever is has left, and for what has waited too long (`log_silent_days`).
    Nobody confirms their own.
    """
    return _decided_by(_decider(viewer, at))


def _decided_by(who: _Decider) -> ColumnElement[bool]:
    """With places in `who`, None stands for no departments and no institutions."""
    ways = [_supervised(who.person_id)]
    inside = []
    if who.department_ids is not None and who.department_ids != ():
        inside.append(Placement.department_id.in_(who.department_ids))
    if who.institution_ids is not None and who.institution_ids != ():
        there = select(Department.id).where(Department.institution_id.in_(who.institution_ids))
        inside.append(Placement.department_id.in_(there))
    if inside:
        ways.append(_stood_in_for(or_(*inside), who.today, who.silent_since))
    theirs = Entry.id.in_(union_all(*ways)) if len(ways) > 1 else Entry.id.in_(ways[0])
    own = select(Resident.id).where(Resident.person_id == who.person_id)
    return theirs & Entry.resident_id.not_in(own)


def _supervised(person_id: Any) -> Select[tuple[int]]:
    mine = select(FacultyMember.id).where(FacultyMember.person_id == person_id)
    stays = select(Placement.id).where(Placement.supervisor_id.in_(mine))
    asked = select(Entry.id).where(OPEN, Entry.teacher_id.in_(mine))
    rest = select(Entry.id).where(OPEN, Entry.teacher_id.is_(None), Entry.placement_id.in_(stays))
    both = union_all(rest, asked).subquery()
    return select(both.c.id)


def _stood_in_for(
    departments: ColumnElement[bool], today: Any, silent_since: Any
) -> Select[tuple[int]]:
    who = aliased(FacultyMember)
    whom = aliased(Person)
    return (
        select(Entry.id)
        .join(Placement, Placement.id == Entry.placement_id)
        .outerjoin(who, who.id == func.coalesce(Entry.teacher_id, Placement.supervisor_id))
        .outerjoin(whom, whom.id == who.person_id)
        .where(
            OPEN,
            departments,
            or_(
                who.id.is_(None),
                who.inactive_on <= today,
                whom.left_on <= today,
                Entry.entered_at < silent_since,
            ),
        )
    )


def to_confirm(viewer: Person, which: Sought, *, at: datetime) -> tuple[Select, Values]:
    """What waits for this person, by resident, the oldest first; as tuples of id, resident's id
    and name, cohort, department (both in Chinese and English), day, category, item, part, how
    many, details, note, whether a number is kept, whether it corrects another."""
    who = _decider(viewer, at)
    rows, values = _to_confirm(*who, which.category, which.first, which.last)
    return rows.where(called(which.search)) if which.search else rows, values


@prepared
def _to_confirm(
    person_id: int,
    department_ids: tuple | None,
    institution_ids: tuple | None,
    today: date,
    silent_since: datetime,
    category: str | None,
    first: date | None,
    last: date | None,
):
    who = _Decider(person_id, department_ids, institution_ids, today, silent_since)
    rows = (
        select(
            Entry.id,
            Entry.resident_id,
            Person.name,
            Cohort.name,
            Cohort.name_en,
            Department.name,
            Department.name_en,
            Entry.done_on,
            Entry.category,
            Entry.item,
            Entry.level,
            Entry.count,
            Entry.details,
            Entry.note,
            Entry.reference.is_not(None),
            Entry.corrects_id.is_not(None),
        )
        .join(Placement, Placement.id == Entry.placement_id)
        .join(Department, Department.id == Placement.department_id)
        .join(Resident, Resident.id == Entry.resident_id)
        .join(Cohort, Cohort.id == Resident.cohort_id)
        .join(Person, Person.id == Resident.person_id)
        .where(OPEN, _decided_by(who))
        .order_by(Person.name, Entry.resident_id, Entry.done_on, Entry.id)
    )
    if category is not None:
        rows = rows.where(Entry.category == category)
    if first is not None:
        rows = rows.where(Entry.done_on >= first)
    if last is not None:
        rows = rows.where(Entry.done_on <= last)
    return rows


def waiting_for(viewer: Person, *, at: datetime) -> int:
    rows = select(func.count()).select_from(Entry)
    return db.session.scalar(rows.where(OPEN, decided_by(viewer, at=at))) or 0


def some_to_confirm(viewer: Person, entry_ids: Sequence[int], *, at: datetime) -> Sequence[Entry]:
    """Those of the given that this person may still decide, locked until the commit."""
    rows = (
        select(Entry)
        .join(Entry.resident)
        .where(Entry.id.in_(entry_ids), OPEN, decided_by(viewer, at=at))
        .options(contains_eager(Entry.resident))
        .order_by(Entry.id)
    )
    return db.session.scalars(rows.with_for_update(of=Entry)).all()


def may_decide(viewer: Person, entry: Entry, *, at: datetime) -> bool:
    row = select(Entry.id).where(Entry.id == entry.id, OPEN, decided_by(viewer, at=at))
    return db.session.scalar(row) is not None


@dataclass(frozen=True)
class Decision:
    """What somebody decided in one go."""

    at: datetime
    confirmed: bool
    number: int


def last_decision(viewer: Person, *, at: datetime) -> Decision | None:
    """The last one of this person, while it can be taken back (`log_undo_minutes`)."""
    since = at - timedelta(minutes=whole("log_undo_minutes"))
    rows = columns(*_decided_since(viewer.id, since))
    return Decision(*rows[0]) if rows else None


@prepared
def _decided_since(person_id: int, since: datetime):
    return (
        select(Entry.decided_at, Entry.confirmed, func.count())
        .where(Entry.decided_by_id == person_id, Entry.decided_at > since)
        .group_by(Entry.decided_at, Entry.confirmed)
        .order_by(Entry.decided_at.desc())
        .limit(1)
    )


def decided_at(viewer: Person, moment: datetime) -> Sequence[Entry]:
    """What this person decided at this moment and nobody has built on since, locked."""
    beside = aliased(Entry)
    corrected = select(beside.id).where(
        beside.corrects_id == Entry.id, beside.withdrawn_at.is_(None)
    )
    return db.session.scalars(
        select(Entry)
        .where(
            Entry.decided_by_id == viewer.id,
            Entry.decided_at == moment,
            Entry.replaced_at.is_(None),
            ~corrected.exists(),
        )
        .options(joinedload(Entry.resident, innerjoin=True))
        .with_for_update(of=Entry)
    ).all()


def waiting_by_person(*, at: datetime) -> dict[int, int]:
    """How many entries wait for each supervisor who is still there, by their person's id."""
    today = at.astimezone(LOCAL).date()
    rows = db.session.execute(
        select(FacultyMember.person_id, func.count())
        .select_from(Entry)
        .join(Placement, Placement.id == Entry.placement_id)
        .join(
            FacultyMember,
            FacultyMember.id == func.coalesce(Entry.teacher_id, Placement.supervisor_id),
        )
        .join(Person, Person.id == FacultyMember.person_id)
        .where(OPEN, or_(Person.left_on.is_(None), Person.left_on > today))
        .group_by(FacultyMember.person_id)
    )
    return dict(rows.all())


def waiting_in(placement_id: int) -> int:
    rows = select(func.count()).select_from(Entry).where(OPEN, Entry.placement_id == placement_id)
    return db.session.scalar(rows) or 0


def returned_corrections(entry_id: int) -> Sequence[Entry]:
    """What was to correct an entry and was returned."""
    return db.session.scalars(
        select(Entry).where(
            Entry.corrects_id == entry_id, Entry.confirmed.is_(False), Entry.replaced_at.is_(None)
        )
    ).all()
