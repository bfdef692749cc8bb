"""Who is hit when a department closes for a time or takes fewer residents."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from trainingbase.months import first_of_month, months_later
from trainingbase.sites.rules.places import Opening, Span, halves, places


@dataclass(frozen=True)
class Stay:
    """One placement; `ends_on` is exclusive."""

    id: int
    starts_on: date
    ends_on: date

    def shares(self, span: Span) -> bool:
        return self.starts_on < span[1] and span[0] < self.ends_on


@dataclass(frozen=True)
class Hit:
    """A stay that is in the way, in these months; `is_present` where it goes on today."""

    stay: Stay
    months: tuple[date, ...]
    is_present: bool


@dataclass(frozen=True)
class Crowded:
    """A half month in which more residents are planned than there would be places."""

    first: date
    planned: int
    places: int


@dataclass(frozen=True)
class Effect:
    """`brushed` are stays that lose some days of a half month and keep the rest of it."""

    hits: tuple[Hit, ...] = ()
    crowded: tuple[Crowded, ...] = ()
    brushed: tuple[Stay, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for the same residents in the same months: what somebody has seen."""
        seen = "|".join(f"{hit.stay.id}:{hit.months}" for hit in self.hits)
        return hashlib.sha256(seen.encode()).hexdigest()[:16]

    @property
    def is_present(self) -> bool:
        return any(hit.is_present for hit in self.hits)


def closed(one: Opening, starts_on: date, ends_on: date) -> Opening:
    return replace(one, closed=(*one.closed, (starts_on, ends_on)))


def with_places(one: Opening, from_on: date, most: int, fewest: int) -> Opening:
    """Other places from a month on, until the next change."""
    others = [change for change in one.changes if change[0] != from_on]
    return replace(one, changes=tuple(sorted([*others, (from_on, most, fewest)])))


def shut_from(one: Opening, day: date) -> Opening:
    return replace(one, shuts_on=day if one.shuts_on is None else min(one.shuts_on, day))


def effect(
    before: Opening,
    after: Opening,
    stays: Iterable[Stay],
    *,
    today: date,
    days: Span | None = None,
) -> Effect:
    """Of all that lies ahead.  Half months that are overfull already and lose nothing do not
    count.  `days` are those of a closure, for the stays it only brushes."""
    stays = sorted(stays, key=lambda stay: (stay.starts_on, stay.id))
    months: dict[Stay, set[date]] = {}
    crowded = []
    for span in _halves_ahead(stays, today):
        there, left = places(before, *span)[0], places(after, *span)[0]
        inside = [stay for stay in stays if stay.shares(span)]
        if left >= there or len(inside) <= left:
            continue
        crowded.append(Crowded(span[0], len(inside), left))
        for stay in inside:
            months.setdefault(stay, set()).add(first_of_month(span[0]))
    hits = tuple(
        Hit(stay, tuple(sorted(found)), stay.starts_on <= today < stay.ends_on)
        for stay, found in months.items()
    )
    brushed: Sequence[Stay] = ()
    if days is not None:
        ahead = (max(days[0], today), days[1])
        brushed = [stay for stay in stays if stay.shares(ahead) and stay not in months]
    return Effect(hits, tuple(crowded), tuple(brushed))


def _halves_ahead(stays: Sequence[Stay], today: date) -> list[Span]:
    last = max((stay.ends_on for stay in stays), default=today)
    month, found = first_of_month(today), []
    while month < last:
        found += [span for span in halves(month) if span[1] > today]
        month = months_later(month, 1)
    return found
