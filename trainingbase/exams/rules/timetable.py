"""The timetable of an OSCE: a Latin-square walk.

The posts of a circuit are its stations with rest stations spread among them, m in all.  A wave of
up to m candidates starts with one at each post; at every bell all move one post on, so that after
m bells everybody was at every post once and nobody met anybody.  Bells ring everywhere at once:
a round is as long as the longest station, with the time to change after it.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

REST = None
"""Where a candidate waits for a round."""


class NothingToPlan(Exception):
    """No stations, or no candidates."""


@dataclass(frozen=True)
class Visit:
    """`candidate` and `station` as they were given; `round` counts the bells from 0."""

    candidate: Hashable
    station: Hashable
    circuit: int
    round: int


@dataclass(frozen=True)
class Bells:
    """When rounds begin: `length` minutes each, `change` after each, `pause` after each wave of
    `wave` rounds."""

    begins_at: datetime
    length: int
    change: int
    pause: int
    wave: int

    def start_of(self, round_: int) -> datetime:
        pauses = round_ // self.wave * self.pause
        return self.begins_at + timedelta(minutes=round_ * (self.length + self.change) + pauses)


def posts(stations: Sequence[Hashable], rests: int) -> list[Hashable | None]:
    """The stations in order, with rests spread evenly among them."""
    found: list[Hashable | None] = []
    given = 0
    for number, station in enumerate(stations, start=1):
        found.append(station)
        wanted = rests * number // len(stations)
        found += [REST] * (wanted - given)
        given = wanted
    return found


def circuits_of(candidates: Sequence[Hashable], circuits: int) -> list[list[Hashable]]:
    """The candidates in turn, so that no circuit has two more than another."""
    return [list(candidates[start::circuits]) for start in range(circuits)]


def walk(
    stations: Sequence[Hashable], candidates: Sequence[Hashable], *, circuits: int, rests: int
) -> list[Visit]:
    """Where everybody is in every round.  Raises `NothingToPlan`."""
    if not stations or not candidates:
        raise NothingToPlan
    line = posts(stations, rests)
    found = []
    for circuit, members in enumerate(circuits_of(candidates, circuits)):
        for place, candidate in enumerate(members):
            wave, start = divmod(place, len(line))
            for step in range(len(line)):
                station = line[(start + step) % len(line)]
                if station is not REST:
                    found.append(Visit(candidate, station, circuit, wave * len(line) + step))
    return found


def again(
    wanted: Sequence[tuple[Hashable, Hashable, int]],
    *,
    first_round: int,
    busy: Collection[tuple[Hashable, int]] = (),
    taken: Collection[tuple[Hashable, int, int]] = (),
) -> list[Visit]:
    """Rounds from `first_round` on for (candidate, station, circuit) that have to be gone again;
    the candidates with most to do first.  `busy` are (candidate, round), `taken` (station, circuit,
    round) that are spoken for."""
    left: dict[Hashable, int] = {}
    for candidate, _station, _circuit in wanted:
        left[candidate] = left.get(candidate, 0) + 1
    waiting = sorted(wanted, key=lambda one: -left[one[0]])
    people, rooms = set(busy), set(taken)
    found, round_ = [], first_round
    while waiting:
        later = []
        for candidate, station, circuit in waiting:
            if (candidate, round_) in people or (station, circuit, round_) in rooms:
                later.append((candidate, station, circuit))
                continue
            people.add((candidate, round_))
            rooms.add((station, circuit, round_))
            found.append(Visit(candidate, station, circuit, round_))
        waiting, round_ = later, round_ + 1
    return found


def numbers_of(candidates: Sequence[Hashable], circuits: int) -> Mapping[Hashable, tuple[int, str]]:
    """Circuit and number on the slip: A01, A02, B01, …"""
    return {
        candidate: (circuit, f"{chr(ord('A') + circuit)}{place:02d}")
        for circuit, members in enumerate(circuits_of(candidates, circuits))
        for place, candidate in enumerate(members, start=1)
    }
