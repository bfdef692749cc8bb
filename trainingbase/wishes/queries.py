"""Questions about rounds of wishes.  The office and the auditor read everybody's, a resident
only their own."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Credit, Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.programmes.models import Requirement, StandardDepartment
from trainingbase.sites.models import PRIMARY_LEVELS, Institution
from trainingbase.wishes.models import Round, SiteChoice, Wish, WishList, round_cohorts

WITH_TERMS = (
    selectinload(Round.cohorts),
    selectinload(Round.standards),
    selectinload(Round.institutions),
)
WITH_CONTENT = (
    selectinload(WishList.wishes).joinedload(Wish.standard_department),
    selectinload(WishList.sites).joinedload(SiteChoice.institution),
    joinedload(WishList.entered_by),
)


def rounds() -> Select[tuple[Round]]:
    """Newest first."""
    return (
        select(Round)
        .options(selectinload(Round.cohorts), joinedload(Round.opened_by))
        .order_by(Round.opened_at.desc(), Round.id.desc())
    )


def some_rounds() -> Sequence[Round]:
    """The newest, to choose from."""
    return db.session.scalars(rounds().limit(50)).all()


def round_by_id(round_id: int) -> Round:
    return db.session.scalars(select(Round).where(Round.id == round_id).options(*WITH_TERMS)).one()


def round_by_key(request_key: str | None) -> Round | None:
    if not request_key:
        return None
    return db.session.scalar(select(Round).where(Round.request_key == request_key))


def rounds_for(resident: Resident) -> Sequence[Round]:
    """Those that ask this resident, the newest first."""
    return db.session.scalars(
        select(Round)
        .join(round_cohorts, round_cohorts.c.round_id == Round.id)
        .where(round_cohorts.c.cohort_id == resident.cohort_id)
        .options(*WITH_TERMS)
        .order_by(Round.opened_at.desc(), Round.id.desc())
    ).all()


def standards_left(resident: Resident) -> set[int]:
    """What the resident's programme asks for and credits do not cover."""
    months: dict[int, Decimal] = {}
    for standard_id, credited in db.session.execute(
        select(Credit.standard_department_id, Credit.months).where(
            Credit.resident_id == resident.id, Credit.standard_department_id.is_not(None)
        )
    ):
        months[standard_id] = months.get(standard_id, Decimal(0)) + credited
    required = db.session.execute(
        select(Requirement.standard_department_id, Requirement.months).where(
            Requirement.programme_id == resident.programme_id
        )
    )
    return {key for key, asked in required if months.get(key, Decimal(0)) < asked}


def wishes_wanted(resident: Resident, *, today: date) -> Round | None:
    """An open round that this resident has not answered, the one that closes first."""
    answered = select(WishList.round_id).where(WishList.resident_id == resident.id)
    return db.session.scalars(
        select(Round)
        .join(round_cohorts, round_cohorts.c.round_id == Round.id)
        .where(
            round_cohorts.c.cohort_id == resident.cohort_id,
            Round.closes_on > today,
            Round.id.not_in(answered),
        )
        .order_by(Round.closes_on, Round.id)
        .limit(1)
    ).one_or_none()


def list_of(asked: Round, resident: Resident) -> WishList | None:
    """What is kept of this resident, anew from the database."""
    return db.session.scalars(
        select(WishList)
        .where(WishList.round_id == asked.id, WishList.resident_id == resident.id)
        .options(*WITH_CONTENT)
        .execution_options(populate_existing=True)
    ).one_or_none()


def lists_of(asked: Round, resident_ids: Sequence[int]) -> dict[int, WishList]:
    """By resident."""
    rows = db.session.scalars(
        select(WishList)
        .where(WishList.round_id == asked.id, WishList.resident_id.in_(resident_ids))
        .options(*WITH_CONTENT)
    )
    return {one.resident_id: one for one in rows}


def _asked(asked: Round) -> Select[tuple[Resident]]:
    return select(Resident).where(
        Resident.cohort_id.in_([one.id for one in asked.cohorts]), IN_TRAINING
    )


def asked(asked: Round) -> Sequence[Resident]:
    """The residents in training of its cohorts."""
    return db.session.scalars(_asked(asked)).all()


def silent(asked: Round) -> Sequence[Resident]:
    """Those of them who have not answered."""
    answered = select(WishList.resident_id).where(WishList.round_id == asked.id)
    return db.session.scalars(_asked(asked).where(Resident.id.not_in(answered))).all()


def counts(round_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """How many each round asks, and how many of them have answered."""
    kept = (WishList.round_id == round_cohorts.c.round_id) & (WishList.resident_id == Resident.id)
    rows = db.session.execute(
        select(round_cohorts.c.round_id, func.count(Resident.id), func.count(WishList.id))
        .join(Resident, Resident.cohort_id == round_cohorts.c.cohort_id)
        .outerjoin(WishList, kept)
        .where(round_cohorts.c.round_id.in_(round_ids), IN_TRAINING)
        .group_by(round_cohorts.c.round_id)
    )
    return dict.fromkeys(round_ids, (0, 0)) | {key: (all_, some) for key, all_, some in rows}


def residents(asked: Round, *, search: str = "", state: str = "") -> Select[tuple[Resident]]:
    """Those asked, by cohort and name; `state`: answered, silent, or all."""
    rows = (
        _asked(asked)
        .join(Resident.person)
        .options(contains_eager(Resident.person), joinedload(Resident.cohort))
        .order_by(Resident.cohort_id, Person.name, Resident.id)
    )
    answered = select(WishList.resident_id).where(WishList.round_id == asked.id)
    if search:
        rows = rows.where(called(search))
    if state == "answered":
        rows = rows.where(Resident.id.in_(answered))
    if state == "silent":
        rows = rows.where(Resident.id.not_in(answered))
    return rows


def all_of(rows: Select) -> Sequence:
    """Every row of a list, for export."""
    return db.session.scalars(rows).all()


def resident_asked(asked: Round, resident_id: int) -> Resident:
    """Raises `NoResultFound` for somebody whom the round does not ask."""
    return db.session.scalars(
        _asked(asked).where(Resident.id == resident_id).options(joinedload(Resident.person))
    ).one()


def cohorts(ids: Sequence[int] | None = None) -> Sequence[Cohort]:
    """Those with somebody in training, or these."""
    rows = select(Cohort).order_by(Cohort.year, Cohort.id)
    if ids is None:
        return db.session.scalars(
            rows.where(Cohort.id.in_(select(Resident.cohort_id).where(IN_TRAINING)))
        ).all()
    return db.session.scalars(rows.where(Cohort.id.in_(ids))).all()


def standards(ids: Sequence[int] | None = None) -> Sequence[StandardDepartment]:
    """Those that some programme asks for, or these."""
    required = select(Requirement.standard_department_id)
    return db.session.scalars(
        select(StandardDepartment)
        .where(StandardDepartment.id.in_(required if ids is None else ids))
        .order_by(StandardDepartment.id)
    ).all()


def institutions(ids: Sequence[int] | None = None) -> Sequence[Institution]:
    """Those of primary care, or these."""
    rows = select(Institution).where(Institution.level.in_(PRIMARY_LEVELS))
    if ids is not None:
        rows = rows.where(Institution.id.in_(ids))
    return db.session.scalars(rows.order_by(Institution.id)).all()
