"""The blueprint, and what every page of one placement begins with."""

from flask import Blueprint, abort

from trainingbase import clock
from trainingbase.access import viewer
from trainingbase.leaving.queries import lists
from trainingbase.leaving.queries.duties import duties_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement

leaving = Blueprint("leaving", __name__, url_prefix="/leaving")

SEEING = (
    Role.RESIDENT,
    Role.FACULTY,
    Role.SECRETARY,
    Role.SITE_COORDINATOR,
    Role.OFFICE,
    Role.AUDITOR,
)
WORKING = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE)
PREPARING = (Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE)


def seen(placement_id: int) -> Placement:
    """One that the viewer may see; a foreign one is no page."""
    return lists.placement_for(viewer(), placement_id, today=clock.today())


def with_duty(placement_id: int, *wanted: str) -> tuple[Placement, set[str]]:
    """One for which the viewer has one of these duties."""
    placement = seen(placement_id)
    duties = duties_of(viewer(), placement, today=clock.today())
    if duties.isdisjoint(wanted):
        abort(404)
    return placement, duties
