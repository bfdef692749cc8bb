"""Who supervises each placement: within everybody's limit, evenly, certificates preferred."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Teacher:
    """A faculty member with a post in a department.  `certified_until` is exclusive; None
    without a valid certificate."""

    id: int
    most: int
    certified_until: date | None
    is_second: bool = False
    left_on: date | None = None


@dataclass(frozen=True)
class Stay:
    """A placement to be supervised; `key` is whatever the caller knows it by."""

    key: object
    department: int
    starts_on: date
    ends_on: date
    supervisor: int | None = None


@dataclass
class Roster:
    """`supervisors` by key; `over` and `uncertified` and `nobody` are keys with a finding."""

    supervisors: dict = field(default_factory=dict)
    over: list = field(default_factory=list)
    uncertified: list = field(default_factory=list)
    nobody: list = field(default_factory=list)


def assign(stays: Iterable[Stay], teachers: Mapping[int, Sequence[Teacher]]) -> Roster:
    """Whoever supervises already goes on where they still teach there; the others get whoever
    is within their limit, certified, in their first post, and has had least to do."""
    roster, load, months = Roster(), {}, {}
    ordered = sorted(stays, key=lambda one: (one.starts_on, one.department, str(one.key)))
    for stay in sorted(ordered, key=lambda one: one.supervisor is None):
        present = [
            one
            for one in teachers.get(stay.department, ())
            if one.left_on is None or one.left_on > stay.starts_on
        ]
        if not present:
            roster.supervisors[stay.key] = None
            roster.nobody.append(stay.key)
            continue
        chosen = _chosen(stay, present, load, months)
        roster.supervisors[stay.key] = chosen.id
        if at_once(load.get(chosen.id, ()), stay) >= chosen.most:
            roster.over.append(stay.key)
        if not _is_certified(chosen, stay):
            roster.uncertified.append(stay.key)
        load.setdefault(chosen.id, []).append((stay.starts_on, stay.ends_on))
        months[chosen.id] = months.get(chosen.id, 0) + (stay.ends_on - stay.starts_on).days
    return roster


def _chosen(stay: Stay, present: list[Teacher], load: dict, months: dict) -> Teacher:
    for one in present:
        if one.id == stay.supervisor:
            return one
    return min(
        present,
        key=lambda one: (
            max(0, at_once(load.get(one.id, ()), stay) + 1 - one.most),
            not _is_certified(one, stay),
            one.is_second,
            months.get(one.id, 0),
            one.id,
        ),
    )


def _is_certified(teacher: Teacher, stay: Stay) -> bool:
    return teacher.certified_until is not None and teacher.certified_until > stay.starts_on


def at_once(spans: Iterable[tuple[date, date]], stay: Stay) -> int:
    """The most that are there at one time during the stay."""
    those = [one for one in spans if one[0] < stay.ends_on and one[1] > stay.starts_on]
    moments = {max(stay.starts_on, starts_on) for starts_on, _ in those}
    return max((sum(a <= day < b for a, b in those) for day in moments), default=0)
