"""Stays that a good plan may use: at the prices of places, dear ones are left out.

Whatever costs more than the gap beyond a resident's cheapest timetable is in no better plan, so
that with the true gap nothing is lost; with less than the gap a search has less to look at.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from trainingbase.planner.careers import Careers
from trainingbase.planner.pricing import Pricing
from trainingbase.planner.state import Chosen
from trainingbase.planner.stay import Stay
from trainingbase.planner.sweeps import SCALE


def near_careers(
    careers: Careers,
    pricing: Pricing,
    beyond: dict[int, np.ndarray],
    most: float,
    kept: Iterable[Chosen],
) -> Careers:
    """The same careers with only stays at most `most` beyond the cheapest, and those of `kept`."""
    limit = most * SCALE + 1
    stays: dict[int, set[tuple[int, Stay]]] = {}
    for member, offers in pricing.offers.items():
        near = np.flatnonzero(beyond[member] <= limit)
        stays[member] = {offers.stays[row] for row in near}
    for chosen in kept:
        for member, those in chosen.items():
            stays.setdefault(member, set()).update(those)
    return replace(
        careers,
        careers=tuple(
            replace(
                career,
                tasks=tuple(
                    replace(
                        task,
                        stays=tuple(
                            stay
                            for stay in task.stays
                            if (number, stay) in stays.get(career.number, ())
                        ),
                    )
                    for number, task in enumerate(career.tasks)
                ),
            )
            for career in careers.careers
        ),
    )
