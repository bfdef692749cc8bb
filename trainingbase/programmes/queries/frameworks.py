"""Competency frameworks as lists and as trees."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.programmes.models import Competency, CompetencyLink, Framework, Programme


def frameworks() -> Sequence[Framework]:
    return db.session.scalars(select(Framework).order_by(Framework.kind, Framework.id)).all()


def framework_by_id(framework_id: int) -> Framework:
    return db.session.scalars(select(Framework).where(Framework.id == framework_id)).one()


def framework_by_code(code: str) -> Framework | None:
    return db.session.scalars(select(Framework).where(Framework.code == code)).one_or_none()


def competency_counts() -> dict[int, int]:
    rows = db.session.execute(
        select(Competency.framework_id, func.count()).group_by(Competency.framework_id)
    )
    return {key: count for key, count in rows}  # noqa: C416 (rows are no pairs to mypy)


def competencies_of(framework_ids: Iterable[int]) -> Sequence[Competency]:
    """With their framework, in its order."""
    return db.session.scalars(
        select(Competency)
        .where(Competency.framework_id.in_(list(framework_ids)))
        .options(joinedload(Competency.framework))
        .order_by(Competency.framework_id, Competency.position)
    ).all()


def competency_by_key() -> dict[tuple[str, str], Competency]:
    """By framework code and own code."""
    rows = db.session.scalars(select(Competency).options(joinedload(Competency.framework)))
    return {(one.framework.code, one.code): one for one in rows}


def tree(rows: Sequence[Competency]) -> list[tuple[Competency, int]]:
    """Each with its depth, children after their parent."""
    below: dict[int | None, list[Competency]] = {}
    for one in rows:
        below.setdefault(one.parent_id, []).append(one)
    found: list[tuple[Competency, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for one in below.get(parent, ()):
            found.append((one, depth))
            walk(one.id, depth + 1)

    walk(None, 0)
    return found


def links_of(programme: Programme) -> Sequence[CompetencyLink]:
    return db.session.scalars(
        select(CompetencyLink)
        .where(CompetencyLink.programme_id == programme.id)
        .options(
            joinedload(CompetencyLink.competency).joinedload(Competency.framework),
            joinedload(CompetencyLink.standard_department),
        )
        .order_by(CompetencyLink.id)
    ).all()
