"""The one place in which days of attendance are counted; every page and file reads them here."""

from collections.abc import Collection
from datetime import date

from trainingbase.attendance.queries.record import record_of, stays_of
from trainingbase.attendance.rules.counting import Days

__all__ = ["Days", "days_of"]


def days_of(
    placement_ids: Collection[int], starts_on: date | None = None, ends_on: date | None = None
) -> dict[int, Days]:
    """The days of each placement, or of what of it lies in [starts_on, ends_on).

    Ten statements for any number of placements.  Nothing depends on the day of asking: what
    nobody has confirmed is `unknown`, days to come with it.
    """
    if not placement_ids:
        return {}
    stays = stays_of(placement_ids, starts_on, ends_on)
    record = record_of(stays, only_halves=True)
    found = {one.id: record.days(one) for one in stays}
    return {one: found.get(one, Days()) for one in placement_ids}
