"""Which version of the rules of leaving holds for which placement."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.leaving.models import Gate
from trainingbase.programmes.models import Programme, StandardDepartment

Scope = tuple[str | None, int | None]


def all_gates() -> Sequence[Gate]:
    """Every version with its items, the newest first."""
    return db.session.scalars(_gates()).all()


def _gates() -> Select[tuple[Gate]]:
    return (
        select(Gate)
        .options(
            selectinload(Gate.items),
            joinedload(Gate.standard_department),
            joinedload(Gate.made_by),
        )
        .order_by(Gate.starts_on.desc(), Gate.id.desc())
    )


def in_force(gates: Iterable[Gate], day: date) -> dict[Scope, Gate]:
    """By scope what holds on a day; `gates` the newest first.  A scope that was given up is
    left out, so that the wider one holds."""
    newest: dict[Scope, Gate] = {}
    for one in gates:
        if one.starts_on <= day:
            newest.setdefault(one.scope, one)
    return {scope: one for scope, one in newest.items() if one.in_use}


def holding(found: dict[Scope, Gate], family: str, standard_id: int) -> Gate:
    """The narrowest: department in a programme, department, programme, general."""
    scopes: tuple[Scope, ...] = (
        (family, standard_id), (None, standard_id), (family, None), (None, None),
    )  # fmt: skip
    return next(found[scope] for scope in scopes if scope in found)


def gate_by_id(gate_id: int) -> Gate:
    return db.session.scalars(_gates().where(Gate.id == gate_id)).one()


def versions_of(scope: Scope) -> Select[tuple[Gate]]:
    """All of one scope, the newest first."""
    family, standard_id = scope
    return _gates().where(
        Gate.family.is_(None) if family is None else Gate.family == family,
        Gate.standard_department_id.is_(None)
        if standard_id is None
        else Gate.standard_department_id == standard_id,
    )


def newest_of(scope: Scope) -> Gate | None:
    return db.session.scalars(versions_of(scope).limit(1)).first()


def gate_by_key(request_key: str | None) -> Gate | None:
    if not request_key:
        return None
    return db.session.scalar(select(Gate).where(Gate.request_key == request_key))


def families() -> Sequence[tuple[str, str, str | None]]:
    """Code, name and English name of each family of programmes, by its first version."""
    rows = db.session.execute(
        select(Programme.family, Programme.name, Programme.name_en)
        .where(Programme.edition == 1)
        .order_by(Programme.family)
    )
    return [(family, name, name_en) for family, name, name_en in rows]


def standards() -> Sequence[StandardDepartment]:
    return db.session.scalars(select(StandardDepartment).order_by(StandardDepartment.id)).all()
