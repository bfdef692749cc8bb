"""Questions about the links of guests."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import GuestLink, GuestTry
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.instruments.models import Instrument
from trainingbase.instruments.queries import ABOUT_RESIDENTS
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES, seen_by
from trainingbase.sites.models import Department

KIND_OF = {"nurse": "nurse", "patient": "patient"}
"""By who fills in a form, what kind of guest; everybody else is an outside examiner."""

TRIES_COUNT_FOR = timedelta(minutes=30)


def guest_forms() -> Sequence[Instrument]:
    """The forms that a guest may be given: about residents, and not an exit form, which is
    answered once and by the department."""
    rows = db.session.scalars(
        select(Instrument)
        .where(
            Instrument.is_in_use,
            Instrument.subject.in_(ABOUT_RESIDENTS),
            Instrument.assessor.in_(
                ("nurse", "patient", "examiner", "supervisor_expert", "faculty")
            ),
        )
        .order_by(Instrument.id)
    ).all()
    order = {"nurse": 0, "patient": 1, "examiner": 2}
    found = [one for one in rows if not one.has_verdict]
    return sorted(found, key=lambda one: order.get(one.assessor, 3))


def kind_of(form: Instrument) -> str:
    return KIND_OF.get(form.assessor, "examiner")


def link_by_hash(token_hash: str) -> GuestLink | None:
    """With its form, and the names of the placement."""
    return db.session.scalars(
        select(GuestLink)
        .where(GuestLink.token_hash == token_hash)
        .options(
            joinedload(GuestLink.instrument).selectinload(Instrument.items),
            joinedload(GuestLink.placement).options(*WITH_NAMES),
        )
    ).one_or_none()


def _seen(viewer: Person, today: date) -> Select[tuple[GuestLink]]:
    rows = (
        select(GuestLink)
        .join(GuestLink.placement)
        .join(Placement.resident)
        .join(Resident.person)
        .join(Placement.department)
        .join(GuestLink.instrument)
        .options(
            contains_eager(GuestLink.placement)
            .contains_eager(Placement.resident)
            .contains_eager(Resident.person),
            contains_eager(GuestLink.placement)
            .contains_eager(Placement.department)
            .joinedload(Department.institution),
            contains_eager(GuestLink.instrument),
            joinedload(GuestLink.issued_by),
        )
    )
    if viewer.holds(Role.OFFICE, Role.AUDITOR):
        return rows
    placements = select(Placement.id).where(seen_by(viewer, today))
    rows = rows.where(GuestLink.placement_id.in_(placements))
    if viewer.holds(Role.SECRETARY, Role.SITE_COORDINATOR):
        return rows
    return rows.where(GuestLink.issued_by_id == viewer.id)  # whoever holds a link may answer it


def in_state(state: str, today: date) -> ColumnElement[bool]:
    waits = GuestLink.used_at.is_(None) & GuestLink.revoked_at.is_(None)
    return {
        "answered": GuestLink.used_at.is_not(None),
        "revoked": GuestLink.used_at.is_(None) & GuestLink.revoked_at.is_not(None),
        "expired": waits & (GuestLink.expires_on <= today),
        "open": waits & (GuestLink.expires_on > today),
    }[state]


def links(
    viewer: Person,
    *,
    today: date,
    search: str = "",
    state: str = "",
    kind: str = "",
    sort: str = "",
) -> Select[tuple[GuestLink]]:
    """`sort`: name, issued or expires, or the same with a leading "-"."""
    rows = _seen(viewer, today)
    if search:
        like = [Person.name, GuestLink.name, Department.name]
        rows = rows.where(or_(*(column.icontains(search, autoescape=True) for column in like)))
    if state:
        rows = rows.where(in_state(state, today))
    if kind:
        rows = rows.where(GuestLink.kind == kind)
    columns = {
        "name": Person.name, "issued": GuestLink.issued_at, "expires": GuestLink.expires_on,
    }  # fmt: skip
    column = columns.get(sort.removeprefix("-"), GuestLink.id)
    down = sort.startswith("-") or column is GuestLink.id
    return rows.order_by(column.desc() if down else column, GuestLink.id.desc())


def link_of(viewer: Person, link_id: int, *, today: date) -> GuestLink:
    return db.session.scalars(_seen(viewer, today).where(GuestLink.id == link_id)).one()


def to_print(
    viewer: Person, *, today: date, batch: str = "", link_id: int = 0
) -> Sequence[GuestLink]:
    """Those of one issue, or one; only what still opens."""
    which = GuestLink.id == link_id if link_id else GuestLink.batch == batch
    return db.session.scalars(
        _seen(viewer, today).where(which, in_state("open", today)).order_by(GuestLink.number)
    ).all()


def of_batch(batch: str) -> Sequence[GuestLink]:
    return db.session.scalars(
        select(GuestLink).where(GuestLink.batch == batch).order_by(GuestLink.number)
    ).all()


def link_of_submission(submission_id: int) -> GuestLink | None:
    return db.session.scalar(select(GuestLink).where(GuestLink.submission_id == submission_id))


def to_remind_of(*, today: date, before: datetime) -> Sequence[GuestLink]:
    """Open links of guests whose contact is known, issued before then, and not reminded of."""
    return db.session.scalars(
        select(GuestLink)
        .where(
            in_state("open", today),
            GuestLink.contact.is_not(None),
            GuestLink.reminded_at.is_(None),
            GuestLink.issued_at < before,
        )
        .options(
            joinedload(GuestLink.instrument),
            joinedload(GuestLink.placement).options(*WITH_NAMES),
        )
        .order_by(GuestLink.id)
    ).all()


def tries_from(address: str, *, at: datetime) -> int:
    return db.session.scalar(
        select(func.count()).where(GuestTry.address == address, GuestTry.at > at - TRIES_COUNT_FOR)
    )


def placements_of_department(
    viewer: Person, department_id: int, *, today: date
) -> Sequence[Placement]:
    """Who is in a department today, of those this person sees."""
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.department_id == department_id,
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today,
            seen_by(viewer, today),
        )
        .options(*WITH_NAMES)
        .order_by(Placement.id)
    ).all()
