"""Who claimed which case, for whoever checks that cases are true."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from trainingbase.audit.key import secret
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.models import Entry
from trainingbase.logbook.rules.reference import sealed
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department

LIVE = Entry.withdrawn_at.is_(None) & Entry.replaced_at.is_(None)
MAY_TRACE = (Role.OFFICE, Role.AUDITOR)


def _claims() -> Select:
    """Tuples of seal, resident's id and name, category, item, day, department in Chinese and
    English, whether confirmed."""
    return (
        select(
            Entry.reference,
            Entry.id,
            Entry.resident_id,
            Person.name,
            Entry.category,
            Entry.item,
            Entry.done_on,
            Department.name,
            Department.name_en,
            Entry.confirmed,
        )
        .join(Resident, Resident.id == Entry.resident_id)
        .join(Person, Person.id == Resident.person_id)
        .join(Placement, Placement.id == Entry.placement_id)
        .join(Department, Department.id == Placement.department_id)
        .where(LIVE)
        .order_by(Entry.done_on, Entry.id)
    )


def claimed(number: str, viewer: Person) -> Sequence:
    """Every entry that claims this admission or visit."""
    seal = sealed(number, secret=secret())
    if seal is None or not viewer.holds(*MAY_TRACE):
        return []
    return db.session.execute(_claims().where(Entry.reference == seal)).all()


def shared() -> Select:
    """Seals that more than one resident claims, the newest first: (seal, residents, entries)."""
    residents = func.count(Entry.resident_id.distinct())
    return (
        select(Entry.reference, residents, func.count())
        .where(Entry.reference.is_not(None), LIVE)
        .group_by(Entry.reference)
        .having(residents > 1)
        .order_by(func.max(Entry.done_on).desc(), Entry.reference)
    )


def claims_of(seals: Sequence[str]) -> dict[str, list]:
    """The entries behind some seals."""
    found: dict[str, list] = {seal: [] for seal in seals}
    for row in db.session.execute(_claims().where(Entry.reference.in_(seals))):
        found[row[0]].append(row)
    return found
