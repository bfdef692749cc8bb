"""A draft of a new family from what a workbook says."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.files.actions import keep
from trainingbase.files.models import StoredFile
from trainingbase.files.rules import Upload
from trainingbase.people.models import Person
from trainingbase.programmes import queries
from trainingbase.programmes.actions.editing import AlreadyThere
from trainingbase.programmes.models import (
    ElectiveGroup,
    Minimum,
    OrderRule,
    Programme,
    Requirement,
    StandardDepartment,
)
from trainingbase.programmes.rules.content import Content

PRIMARY = "基层"


def keep_workbook(upload: Upload, *, by: Person, at: datetime) -> StoredFile:
    """To be looked at before it is taken in."""
    kept = keep(upload, by=by, at=at)
    db.session.commit()
    return kept


def take_in(
    content: Content,
    *,
    code: str,
    name: str,
    name_en: str | None = None,
    is_sample: bool = False,
    by: Person | None,
    at: datetime,
) -> Programme:
    """Departments that are not known here are made.  Raises `AlreadyThere` for a known code."""
    if queries.programme_by_code(code) is not None:
        raise AlreadyThere
    standards = {one.name: one for one in queries.standard_departments()}
    made = Programme(
        code=code,
        name=name,
        name_en=name_en,
        months=content.months,
        is_sample=is_sample,
        made_at=at,
        made_by_id=by.id if by is not None else None,
    )
    db.session.add(made)
    _fill(made, content, standards)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadyThere from error
    record("take-in-programme", made, by=by, at=at, code=code)
    db.session.commit()
    return made


def _fill(made: Programme, content: Content, standards: dict[str, StandardDepartment]) -> None:
    def standard(name: str) -> StandardDepartment:
        if name not in standards:
            standards[name] = StandardDepartment(name=name, is_primary_care=PRIMARY in name)
            db.session.add(standards[name])
        return standards[name]

    groups = {name: ElectiveGroup(name=name, months=months) for name, months in content.groups}
    made.elective_groups = list(groups.values())
    made.requirements = [
        Requirement(
            standard_department=standard(one.standard),
            elective_group=groups[one.group] if one.group else None,
            position=position,
            months=one.months,
            may_split=one.may_split,
            shortest_stretch=min(one.shortest, one.months),
            at_primary_site=one.at_primary,
        )
        for position, one in enumerate(content.rotations)
    ]
    made.order_rules = [
        OrderRule(
            kind=one.kind,
            standard_department=standard(one.standard),
            months=one.months,
            within=one.within,
            predecessors=[standard(name) for name in one.after],
        )
        for one in sorted(content.orders, key=lambda rule: (rule.kind, rule.standard))
    ]
    order = {one.standard: n for n, one in enumerate(content.rotations)}
    made.minimums = [
        Minimum(
            standard_department=standard(one.standard),
            category=one.category,
            item=one.item,
            count=one.count,
            note=one.note,
        )
        for one in sorted(
            content.leasts, key=lambda o: (order.get(o.standard, 999), o.category, o.item)
        )
    ]
