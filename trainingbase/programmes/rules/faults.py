"""What is wrong with a version before it may be put in force."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from trainingbase.programmes.rules.content import Content, Order


@dataclass(frozen=True)
class Fault:
    """`kind` names the sentence, `part` the part of the programme it lies in.  A remark does not
    keep a version from being put in force."""

    kind: str
    part: str
    facts: dict[str, Any] = field(default_factory=dict)
    is_remark: bool = False


def faults(content: Content) -> list[Fault]:
    return [
        *_sums(content),
        *_electives(content),
        *_orders(content),
        *_windows(content),
        *_circles(content),
        *_remarks(content),
    ]


def _sums(content: Content) -> Iterator[Fault]:
    if not content.rotations:
        yield Fault("nothing_required", "requirements")
        return
    if content.total != content.months:
        yield Fault(
            "months_differ", "requirements", {"total": content.total, "months": content.months}
        )
    for one in content.rotations:
        if one.months % Decimal("0.5") or one.shortest % Decimal("0.5"):
            yield Fault("not_halves", "requirements", {"standard": one.standard})
        if one.shortest > one.months:
            yield Fault("stretch_too_long", "requirements", {"standard": one.standard})


def _electives(content: Content) -> Iterator[Fault]:
    for name, months in content.groups:
        options = content.options(name)
        facts = {"group": name, "months": months}
        if not options:
            yield Fault("group_empty", "groups", facts)
        elif months not in reachable([one.months for one in options]):
            there = sum((one.months for one in options), Decimal(0))
            kind = "group_too_small" if months > there else "group_unreachable"
            yield Fault(kind, "groups", facts | {"there": there})


def reachable(months: list[Decimal]) -> set[Decimal]:
    """Every sum of months that a choice of whole options comes to."""
    sums = {Decimal(0)}
    for one in months:
        sums |= {before + one for before in sums}
    return sums


def _orders(content: Content) -> Iterator[Fault]:
    months = {one.standard: one.months for one in content.rotations}
    for rule in _sorted(content.orders):
        facts: dict[str, Any] = {"standard": rule.standard}
        if rule.standard not in months:
            yield Fault("rule_without_rotation", "rules", facts)
            continue
        for before in rule.after:
            if before not in months:
                yield Fault("rule_after_nothing", "rules", facts | {"before": before})
        if rule.kind == "after":
            if not rule.after:
                yield Fault("rule_after_none", "rules", facts)
            continue
        facts |= {"within": rule.within, "months": rule.months or months[rule.standard]}
        if not rule.within or rule.within > content.months:
            yield Fault("window_beyond", "rules", facts)
        elif rule.kind == "first" and (rule.months or 0) > months[rule.standard]:
            yield Fault("first_above_months", "rules", facts)
        elif facts["months"] > rule.within:
            yield Fault("window_too_small", "rules", facts)


def _windows(content: Content) -> Iterator[Fault]:
    """What together must lie in a window has to fit into it, and so must what comes before."""
    months = {one.standard: one.months for one in content.required}
    before = predecessors(content.orders)
    for kind in ("first", "within_last"):
        for limit in sorted({o.within for o in content.orders if o.kind == kind and o.within}):
            inside: dict[str, Decimal] = {}
            for rule in _sorted(content.orders):
                if rule.kind != kind or not rule.within or rule.within > limit:
                    continue
                if rule.standard not in months:
                    continue
                inside[rule.standard] = rule.months or months[rule.standard]
                if kind == "first":
                    for name in before.get(rule.standard, ()):
                        inside[name] = months.get(name, Decimal(0))
                else:
                    for name, needs in before.items():
                        if rule.standard in needs and name in months:
                            inside[name] = months[name]
            needed = sum(inside.values(), Decimal(0))
            alone = len(inside) == 1
            if needed > limit and not alone:
                facts = {"standards": sorted(inside), "needed": needed, "within": limit}
                yield Fault("window_overfull_" + kind, "rules", facts)


def predecessors(orders: frozenset[Order]) -> dict[str, frozenset[str]]:
    """All that must be finished before a department, also through others."""
    direct = {rule.standard: set(rule.after) for rule in orders if rule.kind == "after"}
    found: dict[str, frozenset[str]] = {}
    for name in direct:
        seen: set[str] = set()
        waiting = list(direct[name])
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting.extend(direct.get(one, ()))
        found[name] = frozenset(seen)
    return found


def _circles(content: Content) -> Iterator[Fault]:
    before = predecessors(content.orders)
    inside = sorted(name for name, needs in before.items() if name in needs)
    if inside:
        yield Fault("rules_circular", "rules", {"standards": inside})


def _remarks(content: Content) -> Iterator[Fault]:
    known = {one.standard for one in content.rotations}
    for name in sorted({one.standard for one in content.leasts} - known):
        yield Fault("minimum_without_rotation", "minimums", {"standard": name}, is_remark=True)
    without = sorted(known - {one.standard for one in content.leasts})
    if without:
        yield Fault("rotations_without_minimums", "minimums", {"standards": without}, True)
    for one in sorted({a.standard for a in content.assessed if a.standard} - known):
        yield Fault("assessment_without_rotation", "assessments", {"standard": one}, is_remark=True)
    if not content.assessed:
        yield Fault("no_assessments", "assessments", is_remark=True)


def _sorted(orders: frozenset[Order]) -> list[Order]:
    return sorted(orders, key=lambda rule: (rule.kind, rule.standard))
