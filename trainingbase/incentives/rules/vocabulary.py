"""The names a rule may use: what each means, in which unit, and for which basis."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BASES = (
    "training",
    "placement",
    "activity",
    "form",
    "request",
    "absence",
    "exam",
    "research",
    "posting",
    "secretary",
    "appraisal",
)
"""What happened in a month, each a kind of fact of its own."""

BENEFICIARIES: Mapping[str, frozenset[str]] = {
    "resident": frozenset(BASES) - {"secretary"},
    "faculty": frozenset(BASES) - {"secretary", "absence", "exam"},
    "secretary": frozenset({"secretary"}),
    "department": frozenset({"placement", "activity", "appraisal"}),
    "site": frozenset({"placement", "activity", "posting", "appraisal"}),
    "anyone": frozenset({"form", "research", "posting", "appraisal"}),
}
"""Who may be paid, and for which kinds of facts."""

RATE = "rate"
"""The scope of what a rate says; a rule that takes its amount from rates knows it too."""


@dataclass(frozen=True)
class Name:
    """`positive`: it is never zero, so that one may divide by it."""

    scope: str
    name: str
    unit: str
    positive: bool
    zh: str
    en: str


@cache
def _all() -> tuple[Name, ...]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Name(
                row["scope"], row["name"], row["unit"], bool(row["positive"]), row["zh"], row["en"]
            )
            for row in csv.DictReader(file)
        )


@cache
def names_of(basis: str, *, with_rates: bool = False) -> Mapping[str, Name]:
    """By name; `with_rates` adds those of a rate."""
    scopes = {basis, RATE} if with_rates else {basis}
    return {one.name: one for one in _all() if one.scope in scopes}


@cache
def names_of_rates() -> Mapping[str, Name]:
    return {one.name: one for one in _all() if one.scope == RATE}
