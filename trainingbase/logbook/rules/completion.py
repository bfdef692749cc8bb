"""How much of what a programme asks has been done.

A line is one item of one standard department: its target, what was confirmed, what still waits.
The target is for all stays in the department together; `rules.stays` says which part of it falls to
which stay, so that the stays of a department sum to it, and the departments to the programme.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

Key = tuple[int, str, str]
"""Standard department, category, item."""


class Line(NamedTuple):
    """`minimum` is what the programme asks, `target` what is left of it for this resident after
    credit, leave and decisions; `brought` is work of other stays in the department that counts
    here, where these did more than their part.  `eased` were taken away by decisions, and
    `taken_on` comes from other departments by such."""

    standard_department_id: int
    category: str
    item: str
    minimum: int
    target: int
    done: int = 0
    waiting: int = 0
    brought: int = 0
    eased: int = 0
    taken_on: int = 0

    @property
    def key(self) -> Key:
        return self.standard_department_id, self.category, self.item

    @property
    def counted(self) -> int:
        """What counts: never more than the target."""
        return min(self.done + self.brought, self.target)

    @property
    def missing(self) -> int:
        return self.target - self.counted

    @property
    def percent(self) -> Decimal:
        return share(self.counted, self.target)


class Completion(NamedTuple):
    """All lines of one resident, or of one of their stays."""

    lines: tuple[Line, ...]

    @property
    def counted(self) -> int:
        return sum([line.counted for line in self.lines])

    @property
    def target(self) -> int:
        return sum([line.target for line in self.lines])

    @property
    def waiting(self) -> int:
        """What waits and would count: no more of an item than is missing."""
        return sum([min(line.waiting, line.missing) for line in self.lines if line.waiting])

    @property
    def percent(self) -> Decimal:
        return share(self.counted, self.target)

    def of(self, standard_department_ids: Iterable[int]) -> "Completion":
        """The part of some standard departments."""
        wanted = set(standard_department_ids)
        kept = (line for line in self.lines if line.standard_department_id in wanted)
        return Completion(tuple(kept))


NOTHING = Completion(())


@lru_cache(maxsize=8192)
def share(counted: int, target: int) -> Decimal:
    """Percent with one decimal, never above 100; rounded down, so that 100 means all of it.
    Where nothing is asked all of it is done."""
    if target <= 0:
        return Decimal("100.0")
    return Decimal(min(counted, target) * 1000 // target) / 10


def divided(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` in parts as the weights say, which sum to it exactly; what cannot be divided falls
    to the earlier part.  Without any weight it all falls to the last."""
    if not whole:
        return [0] * len(weights)
    total, before, reached = sum(weights), 0, 0
    if total <= 0:
        return [0] * (len(weights) - 1) + [whole]
    parts = []
    for weight in weights:
        reached += weight
        upto = -(-whole * reached // total)
        parts.append(upto - before)
        before = upto
    return parts


def spread(
    done: Sequence[int], waiting: Sequence[int], targets: Sequence[int]
) -> list[tuple[int, int]]:
    """Of each stay: what others bring to it, and what waits for it.

    What one stay did beyond its part counts where the others lack some, the earliest first; so
    does what waits.  Nothing is lost: the stays together count what the department does.
    """
    if not any(done[1:]) and not any(targets[1:]) and not any(waiting[1:]):  # one stay: no sharing
        return [(0, waiting[0]), *[(0, 0)] * (len(done) - 1)]
    beyond = sum([did - target for did, target in zip(done, targets, strict=True) if did > target])
    if not beyond and not any(waiting):
        return [(0, 0)] * len(done)
    brought, lacking = [], []
    for did, target in zip(done, targets, strict=True):
        taken = min(beyond, max(0, target - did))
        beyond -= taken
        brought.append(taken)
        lacking.append(max(0, target - did - taken))
    own = [min(waits, lack) for waits, lack in zip(waiting, lacking, strict=True)]
    left = sum(waiting) - sum(own)
    waits = []
    for has, lack in zip(own, lacking, strict=True):
        more = min(left, lack - has)
        left -= more
        waits.append(has + more)
    waits[0] += left
    return list(zip(brought, waits, strict=True))
