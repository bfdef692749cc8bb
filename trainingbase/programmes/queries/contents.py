"""A version as the plain values its rules judge."""

from sqlalchemy.orm import joinedload, selectinload

from trainingbase.programmes.models import (
    Competency,
    CompetencyLink,
    Minimum,
    OrderRule,
    PlannedAssessment,
    Programme,
    Requirement,
)
from trainingbase.programmes.rules.content import (
    Assessed,
    Content,
    Least,
    Order,
    Rotation,
    Served,
)

_requirements = selectinload(Programme.requirements)
_rules = selectinload(Programme.order_rules)
_links = selectinload(Programme.links)
WHOLE = (
    _requirements.joinedload(Requirement.standard_department),
    _requirements.joinedload(Requirement.elective_group),
    selectinload(Programme.elective_groups),
    _rules.joinedload(OrderRule.standard_department),
    _rules.selectinload(OrderRule.predecessors),
    selectinload(Programme.minimums).joinedload(Minimum.standard_department),
    selectinload(Programme.assessments).joinedload(PlannedAssessment.standard_department),
    selectinload(Programme.frameworks),
    _links.joinedload(CompetencyLink.competency).joinedload(Competency.framework),
    _links.joinedload(CompetencyLink.standard_department),
    joinedload(Programme.in_force_by),
    joinedload(Programme.retired_by),
    joinedload(Programme.copied_from),
)
"""What a version's pages and rules need; as many statements for a large one as for a small."""


def content_of(programme: Programme) -> Content:
    """Of a programme loaded with `WHOLE`."""
    return Content(
        months=programme.months,
        rotations=tuple(_rotation(one) for one in programme.requirements),
        groups=tuple((one.name, one.months) for one in programme.elective_groups),
        orders=frozenset(_order(one) for one in programme.order_rules),
        leasts=frozenset(
            Least(one.standard_department.name, one.category, one.item, one.count, one.note)
            for one in programme.minimums
        ),
        assessed=frozenset(
            Assessed(
                one.instrument,
                one.timing,
                one.times,
                one.standard_department.name if one.standard_department else None,
                one.note,
            )
            for one in programme.assessments
        ),
        served=frozenset(_served(one) for one in programme.links),
        frameworks=frozenset(one.code for one in programme.frameworks),
    )


def _rotation(one: Requirement) -> Rotation:
    return Rotation(
        one.standard_department.name,
        one.months,
        one.may_split,
        one.shortest_stretch,
        one.at_primary_site,
        one.elective_group.name if one.elective_group else None,
    )


def _order(one: OrderRule) -> Order:
    return Order(
        one.kind,
        one.standard_department.name,
        one.months,
        one.within,
        tuple(sorted(before.name for before in one.predecessors)),
    )


def _served(one: CompetencyLink) -> Served:
    subject = one.standard_department.name if one.standard_department else one.instrument or ""
    key = (one.competency.framework.code, one.competency.code)
    return Served(subject, one.instrument is not None, key)
