"""Where a resident may log work."""

from collections.abc import Sequence
from datetime import date, timedelta

from trainingbase import clock
from trainingbase.enrolment.models import Resident
from trainingbase.logbook.queries import places
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole


def places_of(resident: Resident) -> Sequence[Placement]:
    return places.placements_to_log(
        resident, today=clock.today(), after=timedelta(days=whole("log_days_after"))
    )


def own_places(person: Person) -> tuple[int, Sequence[places.OwnStay]]:
    """Somebody's id as a resident, and their places without the records."""
    after = timedelta(days=whole("log_days_after"))
    return places.own_stays(person.id, today=clock.today(), after=after)


def newest_day(place: Placement | places.OwnStay) -> date:
    """Today, or the last day of a stay that has ended."""
    return min(clock.today(), place.ends_on - timedelta(days=1))
