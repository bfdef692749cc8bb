"""The kinds of work of this base, with the fields of each."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import columns, db
from trainingbase.logbook.models import Field, Kind
from trainingbase.logbook.rules.kinds import Spec
from trainingbase.prepared import prepared


def all_kinds() -> Sequence[Kind]:
    """Those out of use too: entries of theirs are still read."""
    return db.session.scalars(*_all_kinds()).all()


@prepared
def _all_kinds():
    return select(Kind).options(selectinload(Kind.fields)).order_by(Kind.position, Kind.id)


class KnownField(NamedTuple):
    """As its record: what one reads of it to show a value."""

    code: str
    name: str
    name_en: str | None
    type: str
    unit: str | None
    choices: list
    required: bool
    in_use: bool


class KnownKind(NamedTuple):
    """As its record: what one reads of it to offer it, and to show entries."""

    id: int
    category: str
    name: str
    name_en: str | None
    by_day: bool
    unit: str | None
    unit_en: str | None
    most: int | None
    primary_only: bool
    in_use: bool
    fields: list[KnownField]


def known_kinds() -> list[KnownKind]:
    """All of them in one statement, without the records."""
    found: dict[int, KnownKind] = {}
    width = len(KnownKind._fields) - 1
    for row in columns(*_known_kinds()):
        if row[0] not in found:
            found[row[0]] = KnownKind._make((*row[:width], []))
        if row[width] is not None:
            found[row[0]].fields.append(KnownField._make(row[width:]))
    return list(found.values())


@prepared
def _known_kinds():
    kind = [getattr(Kind, name) for name in KnownKind._fields[:-1]]
    field = [getattr(Field, name) for name in KnownField._fields]
    return (
        select(*kind, *field)
        .outerjoin(Field, Field.kind_id == Kind.id)
        .order_by(Kind.position, Kind.id, Field.position, Field.id)
    )


def kinds_in_use() -> Sequence[Kind]:
    return [kind for kind in all_kinds() if kind.in_use]


def kind_by_id(kind_id: int) -> Kind:
    """Raises `NoResultFound`."""
    return db.session.scalars(
        select(Kind).where(Kind.id == kind_id).options(selectinload(Kind.fields))
    ).one()


def field_by_id(field_id: int) -> Field:
    """With its kind.  Raises `NoResultFound`."""
    return db.session.scalars(
        select(Field).where(Field.id == field_id).options(joinedload(Field.kind))
    ).one()


def kind_named(category: str, item: str) -> Kind | None:
    """The kind in use whose entries are called so."""
    if category not in ("community", "workload"):
        return None
    return db.session.scalars(
        select(Kind)
        .where(Kind.category == category, Kind.name == item, Kind.in_use)
        .options(selectinload(Kind.fields))
    ).one_or_none()


def is_retired(category: str, item: str) -> bool:
    """Whether it is a kind of this base that is out of use, by its name in either language."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Kind.category == category,
                    or_(Kind.name == item, Kind.name_en == item),
                    Kind.in_use.is_(False),
                )
            )
        )
    )


def specs_of(kind: Kind) -> list[Spec]:
    """What the fields in use take."""
    return [
        Spec(
            one.code,
            one.type,
            one.least,
            one.most,
            one.decimals,
            tuple(code for code, *_names in one.choices),
            one.required,
        )
        for one in kind.fields
        if one.in_use
    ]


def needs_values(kind: Kind | KnownKind) -> bool:
    """Whether an entry cannot be made with one tap."""
    return kind.by_day or any(one.required for one in kind.fields if one.in_use)
