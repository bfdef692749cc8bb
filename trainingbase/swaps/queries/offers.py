"""Questions about offers.  The office and the auditor see all, a resident what concerns them."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Grant, Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.swaps.models import ACCEPTED, OPEN, PENDING, Offer

SEE_ALL = (Role.OFFICE, Role.AUDITOR)

WITH_NAMES = (
    joinedload(Offer.plan),
    joinedload(Offer.resident).joinedload(Resident.person),
    joinedload(Offer.to_resident).joinedload(Resident.person),
    joinedload(Offer.taken_by).joinedload(Resident.person),
    joinedload(Offer.closed_by),
    joinedload(Offer.placement).joinedload(Placement.department).joinedload(Department.institution),
    joinedload(Offer.placement).joinedload(Placement.standard_department),
)


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """A resident: what they offer, what they took, and what is open to them."""
    if viewer.holds(*SEE_ALL):
        return true()
    mine = select(Resident.id).where(Resident.person_id == viewer.id).scalar_subquery()
    to_me = Offer.to_resident_id.is_(None) | (Offer.to_resident_id == mine)
    return or_(Offer.resident_id == mine, Offer.taken_by_id == mine, (Offer.state == OPEN) & to_me)


def offer_for(viewer: Person, offer_id: int) -> Offer:
    """Raises `NoResultFound` for a missing offer, or one that does not concern this person."""
    return db.session.scalars(
        select(Offer).where(Offer.id == offer_id, seen_by(viewer)).options(*WITH_NAMES)
    ).one()


def offer_by_key(request_key: str | None) -> Offer | None:
    if not request_key:
        return None
    return db.session.scalar(select(Offer).where(Offer.request_key == request_key))


def of_resident(resident: Resident) -> Select[tuple[Offer]]:
    """What this resident offers, or took, the newest first."""
    mine = (Offer.resident_id == resident.id) | (Offer.taken_by_id == resident.id)
    return (
        select(Offer)
        .where(mine)
        .options(*WITH_NAMES)
        .order_by(Offer.state.not_in(PENDING), Offer.offered_at.desc(), Offer.id.desc())
    )


OFFERS_LOOKED_AT = 60


def open_to(resident: Resident, *, today: date) -> Sequence[Offer]:
    """Open offers of others that this resident might take, those that end first."""
    return db.session.scalars(
        select(Offer)
        .join(Offer.placement)
        .where(
            Offer.state == OPEN,
            Offer.expires_on > today,
            Offer.resident_id != resident.id,
            Offer.to_resident_id.is_(None) | (Offer.to_resident_id == resident.id),
            Placement.cancelled_at.is_(None),
        )
        .options(*WITH_NAMES)
        .order_by(Offer.to_resident_id.is_(None), Offer.expires_on, Offer.id)
        .limit(OFFERS_LOOKED_AT)
    ).all()


def listed(*, search: str, state: str) -> Select[tuple[Offer]]:
    """All of them, what waits for the office first."""
    rows = (
        select(Offer)
        .join(Offer.resident)
        .join(Resident.person)
        .options(*WITH_NAMES)
        .order_by(Offer.state != ACCEPTED, Offer.offered_at.desc(), Offer.id.desc())
    )
    if search:
        rows = rows.where(called(search))
    if state:
        rows = rows.where(Offer.state == state)
    return rows


def all_of(rows: Select) -> Sequence[Offer]:
    return db.session.scalars(rows).all()


def pending() -> Sequence[Offer]:
    return db.session.scalars(
        select(Offer).where(Offer.state.in_(PENDING)).options(*WITH_NAMES).order_by(Offer.id)
    ).all()


def offered_placements(resident: Resident) -> set[int]:
    """The placements that this resident has on offer."""
    rows = select(Offer.placement_id).where(
        Offer.resident_id == resident.id, Offer.state.in_(PENDING)
    )
    return set(db.session.scalars(rows))


def placement_of(resident: Resident, placement_id: int) -> Placement:
    """A live placement of this resident.  Raises `NoResultFound`."""
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.id == placement_id,
            Placement.resident_id == resident.id,
            Placement.cancelled_at.is_(None),
        )
        .options(
            joinedload(Placement.department).joinedload(Department.institution),
            joinedload(Placement.standard_department),
        )
    ).one()


def placements_by_id(ids: Collection[int]) -> Sequence[Placement]:
    return db.session.scalars(select(Placement).where(Placement.id.in_(ids))).all()


def office_ids() -> list[int]:
    """Everybody of the office."""
    return list(
        db.session.scalars(
            select(Grant.person_id)
            .join(Person, Person.id == Grant.person_id)
            .where(Grant.role == Role.OFFICE, Person.left_on.is_(None))
        )
    )


def residents_by_id(ids: Collection[int]) -> dict[int, Resident]:
    rows = db.session.scalars(
        select(Resident)
        .where(Resident.id.in_(ids))
        .options(joinedload(Resident.person), joinedload(Resident.cohort))
    )
    return {one.id: one for one in rows}
