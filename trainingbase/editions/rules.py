"""What a resident gains and lacks by moving to another version: values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from trainingbase.programmes.rules.content import Content

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Effect:
    """Months by standard department.

    `more` and `less`: what the new version asks for more or less than the old.  `counted`: done
    months that count in both; `now_counts` and `no_longer_counts`: those that count in one only.
    `left` is still to be done under the new version, `left_before` was under the old;
    `minimums` is how many minimums are new or higher.
    """

    more: Mapping[str, Decimal]
    less: Mapping[str, Decimal]
    counted: Decimal
    now_counts: Mapping[str, Decimal]
    no_longer_counts: Mapping[str, Decimal]
    left: Decimal
    left_before: Decimal
    minimums: int

    def as_json(self) -> dict:
        return {
            "more": _texts(self.more),
            "less": _texts(self.less),
            "now_counts": _texts(self.now_counts),
            "no_longer_counts": _texts(self.no_longer_counts),
            "counted": str(self.counted),
            "left": str(self.left),
            "left_before": str(self.left_before),
            "minimums": self.minimums,
        }


def _texts(months: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: str(value) for name, value in months.items()}


def effect(old: Content, new: Content, done: Mapping[str, Decimal]) -> Effect:
    """`done`: months by standard department that are behind the resident."""
    asked_old, asked_new = _asked(old), _asked(new)
    names = list(dict.fromkeys([*asked_old, *asked_new]))
    change = {n: asked_new.get(n, NOTHING) - asked_old.get(n, NOTHING) for n in names}
    before, after = counting(old, done), counting(new, done)
    return Effect(
        more={name: value for name, value in change.items() if value > 0},
        less={name: -value for name, value in change.items() if value < 0},
        counted=sum((min(before[n], after.get(n, NOTHING)) for n in before), NOTHING),
        now_counts=_beyond(after, before),
        no_longer_counts=_beyond(before, after),
        left=max(NOTHING, new.total - sum(after.values(), NOTHING)),
        left_before=max(NOTHING, old.total - sum(before.values(), NOTHING)),
        minimums=_harder(old, new),
    )


def _asked(content: Content) -> dict[str, Decimal]:
    return {one.standard: one.months for one in content.rotations}


def _beyond(here: Mapping[str, Decimal], there: Mapping[str, Decimal]) -> dict[str, Decimal]:
    found = {name: value - there.get(name, NOTHING) for name, value in here.items()}
    return {name: value for name, value in found.items() if value > 0}


def counting(content: Content, done: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Of what was done the months that the version counts: never more than it asks for, and of an
    elective group no more than is to be chosen."""
    room = dict(content.groups)
    found: dict[str, Decimal] = {}
    for one in content.rotations:
        months = min(one.months, done.get(one.standard, NOTHING))
        if one.group is not None:
            months = min(months, room.get(one.group, NOTHING))
            room[one.group] = room.get(one.group, NOTHING) - months
        if months:
            found[one.standard] = months
    return found


def _harder(old: Content, new: Content) -> int:
    counts = {(one.standard, one.category, one.item): one.count for one in old.leasts}
    return sum(
        one.count > counts.get((one.standard, one.category, one.item), 0) for one in new.leasts
    )


def months_between(days: int) -> Decimal:
    """Half months, as the plan counts them."""
    return Decimal(round(days / 15.22)) / 2
