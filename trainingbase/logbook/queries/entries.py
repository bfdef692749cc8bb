"""Questions about entries; those with a viewer return only what that person may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload

from trainingbase.clock import LOCAL
from trainingbase.db import columns, db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.waiting import decided_by
from trainingbase.people.models import Person
from trainingbase.prepared import Values, prepared
from trainingbase.programmes.models import Minimum
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import SEE_ALL, visible_to
from trainingbase.sites.models import Department

STATES = {
    "waiting": Entry.confirmed.is_(None) & Entry.withdrawn_at.is_(None),
    "confirmed": Entry.confirmed.is_(True) & Entry.replaced_at.is_(None),
    "returned": Entry.confirmed.is_(False)
    & Entry.withdrawn_at.is_(None)
    & Entry.replaced_at.is_(None),
}
LIVE = Entry.withdrawn_at.is_(None)
_NAMES = (
    joinedload(Entry.placement).joinedload(Placement.department).joinedload(Department.institution),
    joinedload(Entry.placement).joinedload(Placement.standard_department),
    joinedload(Entry.placement).joinedload(Placement.supervisor).joinedload(FacultyMember.person),
    joinedload(Entry.teacher).joinedload(FacultyMember.person),
    joinedload(Entry.decided_by),
)


@dataclass(frozen=True)
class Filter:
    """What is looked for; empty values look for nothing."""

    search: str = ""
    state: str = ""
    placement_id: int = 0
    standard_department_id: int = 0
    category: str = ""
    item: str = ""


STATE = case(
    (Entry.withdrawn_at.is_not(None), "withdrawn"),
    (Entry.replaced_at.is_not(None), "replaced"),
    (Entry.confirmed.is_(None), "waiting"),
    (Entry.confirmed.is_(True), "confirmed"),
    else_="returned",
)


def entries_of(resident_id: int, which: Filter) -> tuple[Select, Values, Select]:
    """For `page_of_columns`: the newest first, as tuples of id, category, item, day, department in
    Chinese and English, part, teacher, how many, details, note, whether a number is kept, state,
    whether it corrects another, who decided when, and why; and how many they are."""
    looked_for = (
        resident_id,
        which.state if which.state in STATES else "",
        which.placement_id,
        which.standard_department_id,
        which.category,
        which.item,
    )
    rows, values = _entries_of(*looked_for)
    number, _values = _number_of(*looked_for)
    if which.search:
        said = Entry.item.icontains(which.search, autoescape=True)
        said = or_(said, Entry.note.icontains(which.search, autoescape=True))
        rows, number = rows.where(said), number.where(said)
    return rows, values, number


@prepared
def _entries_of(
    resident_id: int,
    state: Literal["", "waiting", "confirmed", "returned"],
    placement_id: int | None,
    standard_department_id: int | None,
    category: str | None,
    item: str | None,
):
    who, taught, teacher = aliased(Person), aliased(FacultyMember), aliased(Person)
    rows = (
        select(
            Entry.id,
            Entry.category,
            Entry.item,
            Entry.done_on,
            Department.name,
            Department.name_en,
            Entry.level,
            teacher.name,
            Entry.count,
            Entry.details,
            Entry.note,
            Entry.reference.is_not(None),
            STATE,
            Entry.corrects_id.is_not(None),
            who.name,
            Entry.decided_at,
            Entry.reason,
        )
        .join(Placement, Placement.id == Entry.placement_id)
        .join(Department, Department.id == Placement.department_id)
        .outerjoin(taught, taught.id == Entry.teacher_id)
        .outerjoin(teacher, teacher.id == taught.person_id)
        .outerjoin(who, who.id == Entry.decided_by_id)
        .order_by(Entry.done_on.desc(), Entry.id.desc())
    )
    return rows.where(
        *_among(resident_id, state, placement_id, standard_department_id, category, item)
    )


@prepared
def _number_of(
    resident_id: int,
    state: Literal["", "waiting", "confirmed", "returned"],
    placement_id: int | None,
    standard_department_id: int | None,
    category: str | None,
    item: str | None,
):
    """Without the names that the rows show: nobody is counted by them."""
    rows = select(func.count()).select_from(Entry)
    if standard_department_id is not None:
        rows = rows.join(Placement, Placement.id == Entry.placement_id)
    return rows.where(
        *_among(resident_id, state, placement_id, standard_department_id, category, item)
    )


def _among(
    resident_id, state, placement_id, standard_department_id, category, item
) -> Iterator[ColumnElement[bool]]:
    yield Entry.resident_id == resident_id
    yield LIVE
    if state:
        yield STATES[state]
    for column, wanted in (
        (Entry.placement_id, placement_id),
        (Placement.standard_department_id, standard_department_id),
        (Entry.category, category),
        (Entry.item, item),
    ):
        if wanted is not None:
            yield column == wanted


def frequent(resident_id: int, *, since: date, most: int = 6) -> Sequence[tuple[str, str]]:
    """Category and item of what this resident has logged most often lately."""
    return [tuple(row) for row in columns(*_frequent(resident_id, since, most))]


@prepared
def _frequent(resident_id: int, since: date, most: int):
    return (
        select(Entry.category, Entry.item)
        .where(Entry.resident_id == resident_id, Entry.done_on >= since, LIVE)
        .where(Entry.category.not_in(("workload", "activity")))
        .group_by(Entry.category, Entry.item)
        .having(func.count() > 1)
        .order_by(func.count().desc(), Entry.item)
        .limit(most)
    )


def counts_of_day(placement_id: int, day: date) -> dict[str, tuple[int, str]]:
    """Of kinds that count by the day: how many, and the state, by item."""
    rows = columns(*_counts_of_day(placement_id, day))
    return {item: (count, state) for item, count, state in rows}


@prepared
def _counts_of_day(placement_id: int, day: date):
    return select(Entry.item, Entry.count, STATE).where(
        Entry.placement_id == placement_id,
        Entry.category == "workload",
        Entry.done_on == day,
        Entry.confirmed.is_not(False),
        Entry.replaced_at.is_(None),
        LIVE,
    )


def teachers_in(placement: Placement, *, today: date) -> Sequence[FacultyMember]:
    """Who teaches in this department, by name."""
    return db.session.scalars(
        select(FacultyMember)
        .join(FacultyMember.person)
        .options(contains_eager(FacultyMember.person))
        .where(
            FacultyMember.posts.any(Post.department_id == placement.department_id),
            or_(FacultyMember.inactive_on.is_(None), FacultyMember.inactive_on > today),
        )
        .order_by(Person.name, FacultyMember.id)
    ).all()


def own_entry(resident: Resident, entry_id: int) -> Entry:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        select(Entry).where(Entry.id == entry_id, Entry.resident_id == resident.id).options(*_NAMES)
    ).one()


def entry_seen_by(viewer: Person, entry_id: int, *, at: datetime) -> Entry:
    """Their own, what they may decide, and those of placements they may see.  Raises
    `NoResultFound`."""
    today = at.astimezone(LOCAL).date()
    own = select(Resident.id).where(Resident.person_id == viewer.id)
    seen = visible_to(viewer, today).with_only_columns(Placement.id)
    ways = [Entry.resident_id.in_(own), Entry.placement_id.in_(seen), decided_by(viewer, at=at)]
    if viewer.holds(*SEE_ALL):
        ways.append(true())
    return db.session.scalars(
        select(Entry)
        .where(Entry.id == entry_id, or_(*ways))
        .options(*_NAMES, joinedload(Entry.resident).joinedload(Resident.person))
    ).one()


def chain_of(entry: Entry) -> Sequence[Entry]:
    """What it corrects and what corrects it, the oldest first."""
    return db.session.scalars(
        select(Entry)
        .where(or_(Entry.corrects_id == entry.id, Entry.id == (entry.corrects_id or 0)))
        .options(*_NAMES)
        .order_by(Entry.id)
    ).all()


def by_key(entry_key: str) -> Entry | None:
    return db.session.scalars(select(Entry).where(Entry.entry_key == entry_key)).one_or_none()


def counted_that_day(placement_id: int, item: str, day: date) -> Sequence[Entry]:
    """What stands as the count of this day."""
    return db.session.scalars(
        select(Entry).where(
            Entry.placement_id == placement_id,
            Entry.category == "workload",
            Entry.item == item,
            Entry.done_on == day,
            Entry.confirmed.is_not(False),
            Entry.replaced_at.is_(None),
            LIVE,
        )
    ).all()


def claimed_elsewhere(entry: Entry, *, except_id: int | None) -> bool:
    """Whether the resident claims the same number for the same item in another entry than this
    one and what was to correct it."""
    if entry.reference is None:
        return False
    others = select(Entry.id).where(
        Entry.resident_id == entry.resident_id,
        Entry.category == entry.category,
        Entry.item == entry.item,
        Entry.reference == entry.reference,
        Entry.id != (except_id or 0),
        func.coalesce(Entry.corrects_id, 0) != (except_id or -1),
        Entry.replaced_at.is_(None),
        LIVE,
    )
    return db.session.scalars(others.limit(1)).first() is not None


def items_of(programme_id: int, standard_department_ids: Sequence[int]) -> Sequence[Minimum]:
    """What this version of the programme asks for in these departments."""
    return db.session.scalars(
        select(Minimum)
        .where(
            Minimum.programme_id == programme_id,
            Minimum.standard_department_id.in_(standard_department_ids),
        )
        .order_by(Minimum.standard_department_id, Minimum.category, Minimum.id)
    ).all()
