"""How complete the training of residents is: one answer for every page, export and rule."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.logbook.queries.asked import Asked, asked_of
from trainingbase.logbook.queries.counts import Counts, attended_by, logged_by
from trainingbase.logbook.rules.completion import NOTHING, Completion, Key
from trainingbase.logbook.rules.stays import (
    Proportion,
    Sum,
    department_lines,
    department_sums,
    proportion_of,
    stay_lines,
)
from trainingbase.rotations.models import Placement

ByStay = dict[int | None, dict[Key, int]]


@dataclass
class Done:
    """What one resident did, by stay and item; under None what was done in cancelled stays."""

    done: ByStay = field(default_factory=lambda: defaultdict(dict))
    waiting: ByStay = field(default_factory=lambda: defaultdict(dict))


def completion_of(resident_id: int) -> Completion:
    return completions([resident_id])[resident_id]


def completions(resident_ids: Iterable[int]) -> dict[int, Completion]:
    """By resident, in ten statements however many they are.

    Asked is every minimum of the standard departments a resident's programme requires, of
    elective ones only where they are or will be placed.
    """
    wanted = sorted(set(resident_ids))
    asked = asked_of(wanted)
    work = _done(wanted, asked)
    return {resident_id: _whole(one, work[resident_id]) for resident_id, one in asked.items()}


def sums_of(resident_ids: Iterable[int]) -> dict[int, dict[int, Sum]]:
    """By resident and standard department what `completions` sums to."""
    wanted = sorted(set(resident_ids))
    asked = asked_of(wanted)
    work = _done(wanted, asked)
    return {resident_id: _sums(one, work[resident_id]) for resident_id, one in asked.items()}


def placement_completions(placement_ids: Iterable[int]) -> dict[int, Completion]:
    """By placement: the part of its department's figure that falls to this stay (see
    `rules.stays`).  Over the stays of a department, and what is not placed yet, the parts sum to
    the department in `completions`.  A cancelled placement asks nothing."""
    wanted = set(placement_ids)
    owners = db.session.scalars(select(Placement.resident_id).where(Placement.id.in_(wanted)))
    found: dict[int | None, Completion] = {}
    for parts in parts_of(owners).values():
        found |= parts
    return {one: found.get(one, NOTHING) for one in wanted}


@dataclass(frozen=True)
class Figures:
    """Of one resident: the whole and what it sums to by standard department, each stay's part
    (under None what falls to none yet), and how the share of each department came about."""

    whole: Completion
    sums: Mapping[int, Sum]
    stays: Mapping[int | None, Completion]
    proportions: Mapping[int, Proportion]


def figures_of(resident_id: int) -> Figures:
    return all_figures([resident_id])[resident_id]


def all_figures(resident_ids: Iterable[int]) -> dict[int, Figures]:
    """By resident, in as many statements as the whole alone."""
    wanted = sorted(set(resident_ids))
    asked = asked_of(wanted)
    work = _done(wanted, asked)
    return {
        resident_id: Figures(
            _whole(one, work[resident_id]),
            _sums(one, work[resident_id]),
            _parts(one, work[resident_id]),
            {standard_id: proportion_of(part) for standard_id, part in one.parts.items()},
        )
        for resident_id, one in asked.items()
    }


def parts_of(resident_ids: Iterable[int]) -> dict[int, dict[int | None, Completion]]:
    """By resident and stay; under None what falls to no stay yet."""
    wanted = sorted(set(resident_ids))
    asked = asked_of(wanted)
    work = _done(wanted, asked)
    return {resident_id: _parts(one, work[resident_id]) for resident_id, one in asked.items()}


def _whole(one: Asked, work: Done) -> Completion:
    return department_lines(
        one.minimums,
        one.parts,
        done=_together(work.done),
        waiting=_together(work.waiting),
        easing=one.easing,
    )


def _sums(one: Asked, work: Done) -> dict[int, Sum]:
    return department_sums(
        one.minimums,
        one.parts,
        done=_together(work.done),
        waiting=_together(work.waiting),
        easing=one.easing,
    )


def _parts(one: Asked, work: Done) -> dict[int | None, Completion]:
    return stay_lines(
        one.minimums, one.parts, done=work.done, waiting=work.waiting, easing=one.easing
    )


def _done(resident_ids: list[int], asked: Mapping[int, Asked]) -> Mapping[int, Done]:
    found: dict[int, Done] = defaultdict(Done)
    for rows in (logged_by(resident_ids), attended_by(resident_ids)):
        _sort_in(rows, asked, found)
    return found


def _sort_in(rows: Counts, asked: Mapping[int, Asked], found: Mapping[int, Done]) -> None:
    of, one, into = None, None, None
    for resident_id, placement_id, category, item, done, waiting in rows:
        if resident_id != of:
            of, one = resident_id, asked.get(resident_id)
            into = found[resident_id] if one is not None else None
        if one is None:
            continue
        key = (one.department_of[placement_id], category, item)
        stay = placement_id if placement_id in one.live else None
        if done:
            counts = into.done[stay]
            counts[key] = counts.get(key, 0) + done
        if waiting:
            counts = into.waiting[stay]
            counts[key] = counts.get(key, 0) + waiting


def _together(by_stay: ByStay) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for counts in by_stay.values():
        for key, number in counts.items():
            found[key] = found.get(key, 0) + number
    return found
