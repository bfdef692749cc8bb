"""A remedy that the solver found, as something to suppose."""

from collections.abc import Iterator
from datetime import date

from trainingbase.planner.situation import runs
from trainingbase.rotations.rules.facts import PER_MONTH
from trainingbase.rotations.rules.halves import start_of
from trainingbase.rotations.rules.supposing import Supposition


def suppositions_of(change: dict, starts_on: date) -> list[Supposition]:
    """Of every change of the remedy; nothing when it holds one that cannot be supposed here.

    Periods of the change count from `starts_on`, ids are numbers as text.  What the office fixed is
    never in a problem of the portal: there is nothing of it to release.
    """
    known = {"add_places", "extend", "loosen", "without", "also"}
    if not set(change) <= known:
        return []
    found = [
        *_places(change, starts_on),
        *_longer(change, starts_on),
        *_wider(change, starts_on),
        *_without(change, starts_on),
    ]
    for other in change.get("also", ()):
        more = suppositions_of(other, starts_on)
        if not more:
            return []
        found += more
    return found


def _places(change: dict, starts_on: date) -> Iterator[Supposition]:
    if "add_places" not in change:
        return
    what = change["add_places"]
    for first, last in runs(what["periods"]):
        yield Supposition(
            "places",
            start_of(starts_on, first),
            start_of(starts_on, last + 1),
            department=int(what["department"]),
            count=int(what["count"]),
        )


def _longer(change: dict, starts_on: date) -> Iterator[Supposition]:
    if "extend" not in change:
        return
    what = change["extend"]
    months = -(-int(what["periods"]) // PER_MONTH)
    yield Supposition("longer", starts_on, starts_on, resident=int(what["resident"]), count=months)


def _wider(change: dict, starts_on: date) -> Iterator[Supposition]:
    """Of the whole programme; the problem has one for each group of residents who owe the same."""
    if "loosen" not in change:
        return
    what = change["loosen"]
    yield Supposition(
        "wider",
        starts_on,
        starts_on,
        programme=int(what["programme"].partition(".")[0]),
        requirement=what["requirement"],
        earlier=int(what["earlier"]),
        later=int(what["later"]),
    )


def _without(change: dict, starts_on: date) -> Iterator[Supposition]:
    for key in change.get("without", {}).get("residents", ()):
        yield Supposition("gone", starts_on, starts_on, resident=int(key))
