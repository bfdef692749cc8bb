"""What both a closure and other places show: who is hit, and what can be done about it."""

from trainingbase.access import viewer
from trainingbase.network.queries.effects import Affected
from trainingbase.roles import Role
from trainingbase.rotations.queries.plans import plan_in_force
from trainingbase.sites.models import Department


def shown(department: Department, found: Affected | None, **asked) -> dict:
    """For the page; `asked` are kind, first and last month and count of a what-if question."""
    may_plan = viewer().holds(Role.OFFICE)
    return {
        "department": department,
        "found": found,
        "plan": plan_in_force() if may_plan else None,
        "may_plan": may_plan,
        "asked": {key: value for key, value in asked.items() if value is not None},
    }
