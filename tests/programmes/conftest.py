"""A whole little programme of six months in the county."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from trainingbase.db import db
from trainingbase.programmes import queries
from trainingbase.programmes.models import (
    ElectiveGroup,
    Minimum,
    OrderRule,
    PlannedAssessment,
    Programme,
    Requirement,
    StandardDepartment,
)

NOW = datetime(2026, 11, 16, 4, tzinfo=UTC)


def fresh(programme: Programme) -> Programme:
    db.session.expire_all()
    return queries.programme_by_id(programme.id)


def content(programme: Programme):
    return queries.content_of(fresh(programme))


@pytest.fixture
def draft(county) -> Programme:
    """Nobody trains by it: Medicine 2, Community 3, and 1 of Eyes or Skin; nothing is wrong."""
    eyes, skin = StandardDepartment(name="Eyes"), StandardDepartment(name="Skin")
    group = ElectiveGroup(name="One of two", months=Decimal(1))
    made = Programme(code="GP6", name="GP 6", name_en="GP 6", months=Decimal(6))
    standards = county.standards | {"Eyes": eyes, "Skin": skin}
    for position, (name, months) in enumerate(
        (("Medicine", 2), ("Community", 3), ("Eyes", 1), ("Skin", 1))
    ):
        made.requirements.append(
            Requirement(
                standard_department=standards[name],
                elective_group=group if name in ("Eyes", "Skin") else None,
                position=position,
                months=Decimal(months),
                may_split=name == "Medicine",
                shortest_stretch=Decimal(1),
                at_primary_site=name == "Community",
            )
        )
    made.elective_groups = [group]
    made.order_rules = [
        OrderRule(
            kind="first",
            standard_department=standards["Medicine"],
            months=Decimal(1),
            within=2,
        ),
        OrderRule(
            kind="after",
            standard_department=standards["Community"],
            predecessors=[standards["Medicine"]],
        ),
    ]
    made.minimums = [
        Minimum(
            standard_department=standards["Medicine"], category="disease", item="高血压", count=5
        )
    ]
    made.assessments = [PlannedAssessment(instrument="mini_cex", timing="placement", times=1)]
    db.session.add(made)
    db.session.commit()
    return made
