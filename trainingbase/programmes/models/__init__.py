"""The curriculum as data: a resident stays on the version they started on."""

from trainingbase.programmes.models.framework import (
    Competency,
    CompetencyLink,
    Framework,
    programme_frameworks,
)
from trainingbase.programmes.models.programme import (
    IN_FORCE,
    RETIRED,
    AlreadyInForce,
    ElectiveGroup,
    InUse,
    OrderRule,
    Programme,
    Requirement,
    StandardDepartment,
    order_rule_predecessors,
)
from trainingbase.programmes.models.wanted import CATEGORIES, TIMINGS, Minimum, PlannedAssessment

__all__ = [
    "CATEGORIES",
    "IN_FORCE",
    "RETIRED",
    "TIMINGS",
    "AlreadyInForce",
    "Competency",
    "CompetencyLink",
    "ElectiveGroup",
    "Framework",
    "InUse",
    "Minimum",
    "OrderRule",
    "PlannedAssessment",
    "Programme",
    "Requirement",
    "StandardDepartment",
    "order_rule_predecessors",
    "programme_frameworks",
]
