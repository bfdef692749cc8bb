"""Minimums of the versions that a workbook is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.imports.keeping.wanted import Wanted, Workbook
from trainingbase.programmes.models import Minimum, Programme, StandardDepartment
from trainingbase.programmes.reading import CATEGORIES

if TYPE_CHECKING:
    from trainingbase.imports.keeping.programme import Curriculum

Key = tuple[int, StandardDepartment, str, str]


def keep_minimums(curriculum: Curriculum, about: Sequence[Programme], workbook: Workbook) -> None:
    """A row is about every programme of the workbook that has the department, or about all of
    them where none has; without a table of a programme, about those that may still be changed."""
    rows = list(workbook.of("minimum"))
    if not rows:
        return
    if not about and not list(workbook.tables("requirement")):
        every = [one for editions in curriculum.families.values() for one in editions]
        about = [one for one in every if curriculum.may_change(one)] or every
    db.session.flush()
    known = _known()
    having = {
        id(programme): {one.standard_department for one in programme.requirements}
        for programme in about
    }
    for wanted in rows:
        record = wanted.record
        standard = curriculum.standard(record["standard"])
        category = CATEGORIES.get(record["category"] or "", "activity")
        if workbook.is_repeated(wanted, (standard.name, category, record["item"]), "item"):
            continue
        meant = [one for one in about if standard in having[id(one)]] or list(about)
        for programme in meant:
            if wanted.taken:
                _keep(curriculum, known, programme, standard, category, wanted)


def _known() -> dict[Key, Minimum]:
    rows = db.session.scalars(select(Minimum).options(selectinload(Minimum.standard_department)))
    return {
        (one.programme_id, one.standard_department, one.category, one.item): one for one in rows
    }


def _keep(
    curriculum: Curriculum,
    known: dict[Key, Minimum],
    programme: Programme,
    standard: StandardDepartment,
    category: str,
    wanted: Wanted,
) -> None:
    record = wanted.record
    values = {"count": record["minimum"], "note": record["note"]}
    minimum = known.get((programme.id, standard, category, record["item"]))
    same = minimum is not None and all(
        getattr(minimum, name) == value for name, value in values.items()
    )
    if not same and not curriculum.may_change(programme):
        count = curriculum.users.get(programme.id, {}).get("residents", 0)
        wanted.refuse("item", "programme_in_use", name=programme.name, count=count)
        return
    if minimum is None:
        wanted.made()
        made = Minimum(
            programme=programme,
            standard_department=standard,
            category=category,
            item=record["item"],
            **values,
        )
        db.session.add(made)
        return
    wanted.put(minimum, values)
