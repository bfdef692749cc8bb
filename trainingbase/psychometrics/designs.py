"""Designs as people write them: `p x i`, `i:p`, `p x (r:t)`, `p x i x o`.

`x` (or `×`, `*`) crosses; `r:t` says that every `t` has its own `r`, and binds more tightly.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NoReturn

from trainingbase.psychometrics.refusals import Unreadable

_WORD = re.compile(r"\s*(?:([^\W\d]\w*)|([×*:()]))")
LONGEST = 200
"""Characters of a design; six facets need fewer."""

MOST_FACETS = 6

_CROSSING = {"x", "X", "×", "*"}


@dataclass(frozen=True)
class Effect:
    """`primary` facets vary within the levels of `within`; both in the order of the design."""

    primary: tuple[str, ...]
    within: tuple[str, ...]
    name: str

    @property
    def facets(self) -> frozenset[str]:
        return frozenset(self.primary + self.within)


@dataclass(frozen=True)
class Design:
    """`within[f]` is every facet that `f` is nested in; `object` is what is measured.

    Effects named in `pooled` are not parted from the last one, which then holds their variance.
    """

    facets: tuple[str, ...]
    within: Mapping[str, frozenset[str]]
    object: str
    text: str
    pooled: frozenset[str] = frozenset()

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """Smaller ones first; the last one has every facet and holds the error too."""
        found = [
            self._effect(primary)
            for size in range(1, len(self.facets) + 1)
            for primary in combinations(self.facets, size)
            if not any(self.within[one] & set(primary) for one in primary)
        ]
        order = {facet: at for at, facet in enumerate(self.facets)}
        kept = [one for one in found if one.name not in self.pooled]
        return tuple(
            sorted(kept, key=lambda one: (len(one.facets), sorted(order[f] for f in one.facets)))
        )

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(facet for facet in self.facets if facet != self.object)

    @property
    def is_two_crossed_facets(self) -> bool:
        return len(self.facets) == 2 and not any(self.within.values())

    def _effect(self, primary: tuple[str, ...]) -> Effect:
        above = frozenset[str]().union(*(self.within[one] for one in primary))
        groups: dict[tuple[str, ...], list[str]] = {}
        for one in primary:
            groups.setdefault(self._chain(self.within[one]), []).append(one)
        parts = [
            (self._joined(ones), _nested(self._joined(ones), chain))
            for chain, ones in sorted(groups.items(), key=lambda group: len(group[0]))
        ]
        if len(parts) == 1:
            name = parts[0][1]
        else:
            name = self._joined([p if p == n else f"({n})" for p, n in parts])
        return Effect(primary, tuple(f for f in self.facets if f in above), name)

    def _chain(self, above: frozenset[str]) -> tuple[str, ...]:
        """Innermost first, as in r:t:s; what is crossed stands together, as in f:pr."""
        depths = sorted({len(self.within[one]) for one in above}, reverse=True)
        return tuple(
            self._joined([f for f in self.facets if f in above and len(self.within[f]) == depth])
            for depth in depths
        )

    def _joined(self, names: list[str]) -> str:
        short = all(len(facet) == 1 for facet in self.facets)
        return ("" if short else " x ").join(names)


def _nested(name: str, chain: tuple[str, ...]) -> str:
    return ":".join((name, *chain))


def read_design(text: str, *, measured: str | None = None) -> Design:
    """`measured` is the facet that is judged: `p` where there is one, else the first crossed one.

    Raises `Unreadable`.
    """
    parsed = _Parsed(text)
    within, order = parsed.within, parsed.order
    free = [facet for facet in order if not within[facet]]
    chosen = measured or ("p" if "p" in within else free[0])
    if chosen not in within:
        raise Unreadable("unknown_facet", design=text, facet=chosen)
    if within[chosen]:
        raise Unreadable("object_nested", facet=chosen)
    if len(order) < 2:
        raise Unreadable("object_alone", facet=chosen)
    order.sort(key=lambda facet: len(within[facet]) if facet != chosen else -1)
    return Design(tuple(order), within, chosen, " ".join(text.split()))


class _Parsed:
    """product = term {x term};  term = atom [: term];  atom = facet | ( product )."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.within: dict[str, frozenset[str]] = {}
        self.order: list[str] = []
        self._words = self._split()[::-1]
        self._product()
        if self._words:
            self._refuse()

    def _split(self) -> list[str]:
        found, at = list[str](), 0
        if len(self.text) > LONGEST:
            self._refuse()
        while at < len(self.text):
            match = _WORD.match(self.text, at)
            if match is None:
                self._refuse()
            found.append(match[1] or match[2])
            at = match.end()
        return found

    def _product(self) -> None:
        self._term()
        while self._words and self._words[-1] in _CROSSING:
            self._words.pop()
            self._term()

    def _term(self) -> None:
        inner = self._atom()
        if self._words and self._words[-1] == ":":
            self._words.pop()
            start = len(self.order)
            self._term()
            for facet in inner:
                self.within[facet] |= frozenset(self.order[start:])

    def _atom(self) -> list[str]:
        start = len(self.order)
        word = self._words.pop() if self._words else ""
        if word == "(":
            self._product()
            if not self._words or self._words.pop() != ")":
                self._refuse()
        elif self._is_facet(word):
            self.within[word] = frozenset()
            self.order.append(word)
        else:
            self._refuse()
        return self.order[start:]

    def _is_facet(self, word: str) -> bool:
        return (
            word not in _CROSSING | {"", ":", "(", ")"}
            and word not in self.within
            and word.casefold() != "score"
            and len(self.order) < MOST_FACETS
        )

    def _refuse(self) -> NoReturn:
        raise Unreadable("bad_design", design=self.text[:LONGEST])
