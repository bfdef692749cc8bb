"""Whom the plan asks for a form, by who fills it in; and which fellow resident it is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

TEACHER, GUESTS, PEER, SELF = "teacher", "guests", "peer", "self"
WHO = {
    "faculty": TEACHER,
    "supervisor_expert": TEACHER,
    "nurse": GUESTS,
    "patient": GUESTS,
    "examiner": GUESTS,
    "peer": PEER,
    "resident": SELF,
}
"""By `Instrument.assessor`, of forms about residents."""


def filled_by(who: str) -> tuple[str, ...]:
    return tuple(assessor for assessor, kind in WHO.items() if kind == who)


@dataclass(frozen=True)
class Sought:
    """A form for which a fellow resident is sought; `key` names it, `form` and `placement` whom
    and what it is about."""

    key: int
    form: str
    resident: int
    placement: int


@dataclass(frozen=True)
class Fellow:
    """Somebody who was in the department in the same time: so many `days` of it."""

    person: int
    days: int


def choose(
    sought: Iterable[Sought],
    *,
    fellows: Mapping[int, Collection[Fellow]],
    asked: Collection[tuple[str, int, int]],
    before: Mapping[tuple[str, int, int], int],
    load: Mapping[int, int],
) -> dict[int, int]:
    """By key the person who is asked; none where nobody is left.  `fellows` by placement; `asked`
    are (form, placement, person) and never asked twice; `before` how often each (form, resident,
    person) was asked elsewhere; `load` how much each was asked lately: the one who was asked least
    comes first, then who was there longest."""
    taken, loads = set(asked), defaultdict(int, load)
    chosen = {}
    for one in sought:
        free = [
            fellow
            for fellow in fellows.get(one.placement, ())
            if (one.form, one.placement, fellow.person) not in taken
        ]
        if not free:
            continue
        best = min(
            free,
            key=lambda fellow, one=one: (
                before.get((one.form, one.resident, fellow.person), 0),
                loads[fellow.person],
                -fellow.days,
                fellow.person,
            ),
        )
        taken.add((one.form, one.placement, best.person))
        loads[best.person] += 1
        chosen[one.key] = best.person
    return chosen
