"""Questions about forms."""

from collections.abc import Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.instruments.models import Instrument, Item

ABOUT_RESIDENTS = ("resident", "record")
BY_FACULTY = ("faculty", "supervisor_expert")


def instruments_in_use(*assessors: str) -> Sequence[Instrument]:
    """The forms about residents that this kind of assessor may fill now (faculty unless said),
    without their items."""
    return db.session.scalars(
        select(Instrument)
        .where(
            Instrument.is_in_use,
            Instrument.assessor.in_(assessors or BY_FACULTY),
            Instrument.subject.in_(ABOUT_RESIDENTS),
        )
        .order_by(Instrument.id)
    ).all()


def by_code() -> dict[str, Instrument]:
    """Every form that is in use now, without its items."""
    rows = db.session.scalars(
        select(Instrument).where(Instrument.is_in_use).order_by(Instrument.id)
    )
    return {one.code: one for one in rows}


def instrument_in_use(code: str) -> Instrument:
    """The version of a form that is filled now, with its items."""
    return db.session.scalars(
        select(Instrument)
        .where(Instrument.code == code, Instrument.is_in_use)
        .options(selectinload(Instrument.items))
    ).one()


def all_instruments() -> Sequence[Instrument]:
    """Every form and version, those in use first."""
    return db.session.scalars(
        select(Instrument).order_by(Instrument.is_in_use.desc(), Instrument.id)
    ).all()


def instrument_by_id(instrument_id: int) -> Instrument:
    return db.session.scalars(
        select(Instrument)
        .where(Instrument.id == instrument_id)
        .options(selectinload(Instrument.items))
    ).one()


def listed(
    *, search: str = "", state: str = "", assessor: str = "", origin: str = "", sort: str = ""
) -> Select[tuple[Instrument]]:
    """Forms and versions.  `sort`: name or published, or the same with a leading "-"."""
    rows = select(Instrument)
    if search:
        like = [
            column.icontains(search, autoescape=True)
            for column in (Instrument.name, Instrument.name_en, Instrument.code)
        ]
        rows = rows.where(or_(*like))
    used = Instrument.is_in_use
    states = {
        "published": [used],
        "draft": [~used, Instrument.published_at.is_(None), Instrument.origin == "base"],
        "offered": [~used, Instrument.published_at.is_(None), Instrument.origin != "base"],
        "retired": [~used, Instrument.published_at.is_not(None)],
    }
    rows = rows.where(*states.get(state, []))
    if assessor:
        rows = rows.where(Instrument.assessor == assessor)
    if origin:
        rows = rows.where(Instrument.origin == origin)
    orders = {
        "name": [Instrument.name],
        "-name": [Instrument.name.desc()],
        "published": [Instrument.published_at],
        "-published": [Instrument.published_at.desc()],
    }
    return rows.order_by(*orders.get(sort, [used.desc()]), Instrument.id)


def counts_of_items(instrument_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By form: how many lines it has, and how many of them are still to be defined."""
    rows = db.session.execute(
        select(Item.instrument_id, func.count(), func.count(Item.missing))
        .where(Item.instrument_id.in_(instrument_ids))
        .group_by(Item.instrument_id)
    )
    return {form: (items, missing) for form, items, missing in rows}


def versions_of(code: str) -> Sequence[Instrument]:
    """All versions of a form, the newest first."""
    return db.session.scalars(
        select(Instrument).where(Instrument.code == code).order_by(Instrument.id.desc())
    ).all()


def open_draft(code: str) -> Instrument | None:
    """The base's draft of a form that there is already, if there is one."""
    return db.session.scalars(
        select(Instrument)
        .where(
            Instrument.code == code,
            Instrument.origin == "base",
            ~Instrument.is_in_use,
            Instrument.published_at.is_(None),
        )
        .options(selectinload(Instrument.items))
        .order_by(Instrument.id)
    ).first()


def in_use_of(code: str) -> Instrument | None:
    return db.session.scalars(
        select(Instrument).where(Instrument.code == code, Instrument.is_in_use)
    ).first()


def is_known(code: str) -> bool:
    return db.session.scalar(select(func.count()).where(Instrument.code == code)) > 0


def all_of(rows: Select[tuple[Instrument]]) -> Sequence[Instrument]:
    return db.session.scalars(rows).all()
