"""A version from draft to retirement."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.history.actions import note
from trainingbase.people.models import Person
from trainingbase.programmes import queries
from trainingbase.programmes.actions.editing import AlreadyThere
from trainingbase.programmes.models import (
    AlreadyInForce,
    CompetencyLink,
    ElectiveGroup,
    InUse,
    Minimum,
    OrderRule,
    PlannedAssessment,
    Programme,
    Requirement,
)
from trainingbase.programmes.rules.faults import Fault, faults


class NotReady(Exception):
    """Something is wrong with the version; `faults` says what."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(found)
        self.faults = found


def begin(
    *, code: str, name: str, name_en: str | None, months: Decimal, by: Person, at: datetime
) -> Programme:
    """An empty draft, the first of a new family.  Raises `AlreadyThere`."""
    made = Programme(
        code=code, name=name, name_en=name_en, months=months, made_at=at, made_by_id=by.id
    )
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadyThere from error
    record("begin-programme", made, by=by, at=at, code=code)
    db.session.commit()
    return made


def make_version(source: Programme, *, by: Person, at: datetime) -> Programme:
    """A draft that says what `source` says; the draft that there is already, if there is one."""
    hold(source, "version")
    draft = queries.open_draft(source.family)
    if draft is not None:
        db.session.rollback()
        return draft
    edition = max(one.edition for one in queries.editions_of(source)) + 1
    made = Programme(
        code=_free_code(source.family, edition),
        family=source.family,
        edition=edition,
        name=source.name,
        name_en=source.name_en,
        months=source.months,
        is_sample=source.is_sample,
        note=source.note,
        copied_from_id=source.id,
        made_at=at,
        made_by_id=by.id,
    )
    db.session.add(made)
    _copy(queries.programme_by_id(source.id), made)
    record("make-programme-version", made, by=by, at=at, code=made.code, source=source.code)
    db.session.commit()
    return made


def _free_code(family: str, edition: int) -> str:
    code, more = f"{family}-{edition}", 1
    while queries.programme_by_code(code) is not None:
        more += 1
        code = f"{family}-{edition}.{more}"
    return code


def _copy(source: Programme, made: Programme) -> None:
    groups = {
        one.id: ElectiveGroup(name=one.name, months=one.months) for one in source.elective_groups
    }
    made.elective_groups = list(groups.values())
    made.requirements = [
        Requirement(
            standard_department_id=one.standard_department_id,
            elective_group=groups[one.elective_group_id] if one.elective_group_id else None,
            position=one.position,
            months=one.months,
            may_split=one.may_split,
            shortest_stretch=one.shortest_stretch,
            at_primary_site=one.at_primary_site,
        )
        for one in source.requirements
    ]
    made.order_rules = [
        OrderRule(
            kind=one.kind,
            standard_department_id=one.standard_department_id,
            months=one.months,
            within=one.within,
            predecessors=list(one.predecessors),
        )
        for one in source.order_rules
    ]
    made.minimums = [
        Minimum(
            standard_department_id=one.standard_department_id,
            category=one.category,
            item=one.item,
            count=one.count,
            note=one.note,
        )
        for one in source.minimums
    ]
    made.assessments = [
        PlannedAssessment(
            instrument=one.instrument,
            timing=one.timing,
            times=one.times,
            standard_department_id=one.standard_department_id,
            note=one.note,
        )
        for one in source.assessments
    ]
    made.frameworks = list(source.frameworks)
    made.links = [
        CompetencyLink(
            competency_id=one.competency_id,
            standard_department_id=one.standard_department_id,
            instrument=one.instrument,
        )
        for one in source.links
    ]


def put_in_force(
    programme: Programme,
    from_year: int | None,
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """For those who begin in `from_year` (None: whenever) or later.

    Raises `Stale`, `NotReady` while something is wrong with it, and `AlreadyInForce` when another
    version of the family already holds from that year, or when this one does.
    """
    programme.expect(version)
    if programme.state != "draft":
        db.session.rollback()
        raise AlreadyInForce
    found = [
        one
        for one in faults(queries.content_of(queries.programme_by_id(programme.id)))
        if not one.is_remark
    ]
    if found:
        db.session.rollback()
        raise NotReady(found)
    others = queries.editions_of(programme)
    if any(o.state == "in_force" and o.from_year == from_year for o in others):
        db.session.rollback()
        raise AlreadyInForce
    before, programme.from_year = programme.from_year, from_year
    programme.in_force_at, programme.in_force_by_id = at, by.id
    fields: dict = {"state": ("draft", "in_force")}
    if before != from_year:
        fields["from_year"] = (before, from_year)
    note(programme, fields, by=by, at=at)
    record("put-programme-in-force", programme, by=by, at=at, from_year=from_year)
    db.session.commit()


def retire(programme: Programme, *, version: int | None, by: Person, at: datetime) -> None:
    """No longer for new residents; who trains by it stays on it.  Raises `Stale`."""
    programme.expect(version)
    if programme.state == "in_force":
        programme.retired_at, programme.retired_by_id = at, by.id
        note(programme, {"state": ("in_force", "retired")}, by=by, at=at)
        record("retire-programme", programme, by=by, at=at)
    db.session.commit()


def bring_back(programme: Programme, *, version: int | None, by: Person, at: datetime) -> None:
    """In force again.  Raises `Stale`, and `AlreadyInForce` when another holds from its year."""
    programme.expect(version)
    others = queries.editions_of(programme)
    if any(o.state == "in_force" and o.from_year == programme.from_year for o in others):
        db.session.rollback()
        raise AlreadyInForce
    if programme.state == "retired":
        programme.retired_at = programme.retired_by_id = None
        note(programme, {"state": ("retired", "in_force")}, by=by, at=at)
        record("bring-programme-back", programme, by=by, at=at)
    db.session.commit()


def discard(programme: Programme, *, version: int | None, by: Person, at: datetime) -> None:
    """Raises `Stale`, and `InUse` unless it is a draft that nobody trains by."""
    programme.expect(version)
    if not queries.editable(programme):
        db.session.rollback()
        raise InUse
    record("discard-programme", programme, by=by, at=at, code=programme.code)
    for one in programme.requirements:
        one.elective_group = None
    programme.frameworks = []
    db.session.flush()
    db.session.delete(programme)
    db.session.commit()
