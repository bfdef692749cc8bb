"""Where a resident may log work."""

from collections.abc import Sequence
from datetime import date, timedelta

from trainingbase import clock
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.queries import entries
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole


def places_of(resident: Resident) -> Sequence[Placement]:
    return entries.placements_to_log(
        resident, today=clock.today(), after=timedelta(days=whole("log_days_after"))
    )


def newest_day(place: Placement) -> date:
    """Today, or the last day of a stay that has ended."""
    return min(clock.today(), place.ends_on - timedelta(days=1))
