"""Two swaps: one that the demonstration's resident can take, one that waits for the office."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from trainingbase.enrolment.models import Resident
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import timetable_of
from trainingbase.swaps import actions
from trainingbase.swaps.models import Offer
from trainingbase.swaps.queries import offers
from trainingbase.swaps.queries.market import Market, market
from trainingbase.swaps.rules import Exchange

LOOKED_AT = 40
"""Residents to look at: somebody among so many has a lawful match."""


def play(resident: Resident, *, today: date, at: datetime, say: Callable[[str], None]) -> None:
    there = market(today=today)
    if there is None:
        return
    first = _offered(there, [resident.id], at)
    others = [key for key in sorted(there.rows) if key != resident.id]
    taken = {first.resident_id} if first else set()
    second = _offered(there, [key for key in others if key not in taken][:LOOKED_AT], at, taken)
    if second is not None:
        _accepted(there, second, at)
    made = [one for one in (first, second) if one is not None]
    say(f"  Swaps: {len(made)} offers")


def _offered(
    there: Market, takers: list[int], at: datetime, besides: set[int] = frozenset()
) -> Offer | None:
    """The first lawful offer to one of `takers`, of somebody else."""
    for placement, found in _matches(there, takers, besides):
        return actions.offer_swap(
            placement,
            wanted=[found.result],
            to=None,
            word="家里有事，想调换一下，谢谢！",
            by=placement.resident.person,
            at=at,
        )
    return None


def _matches(
    there: Market, takers: list[int], besides: set[int]
) -> Iterator[tuple[Placement, Exchange]]:
    """Each placement with the exchange that moves least, as long as that is a small one."""
    for resident in sorted(there.rows)[:LOOKED_AT]:
        if resident in besides or takers == [resident]:
            continue
        for placement in timetable_of(resident):
            row = there.row_of(placement)
            found = there.lawful(row, takers) if row is not None else []
            if found and len(found[0].removed) <= 4:
                yield placement, found[0]


def _accepted(there: Market, offer: Offer, at: datetime) -> None:
    row = there.row_of(offer.placement)
    if row is None:
        return
    for found in there.lawful(row):
        if found.result in offer.wanted:
            taker = offers.residents_by_id([found.taking])[found.taking]
            actions.accept(offer, taker, found.key, by=taker.person, at=at)
            return
