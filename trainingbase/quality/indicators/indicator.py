"""An indicator whole: what it is called, what it says, of what, how good it should be, its rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trainingbase.quality.rules.facts import Fact, Parts, Sum, worth
from trainingbase.quality.scope import Scope

PERCENT, MEAN, COUNT, MONEY, RATE = "percent", "mean", "count", "money", "rate"
SITE, DEPARTMENT, COHORT = "site", "department", "cohort"
SCORE = "score:"
"""Begins a part that counts how often a score was given."""
DECIMALS = {PERCENT: 1, MEAN: 2, COUNT: 1, MONEY: 2, RATE: 2}

Label = Any
"""A lazy text, in the language of whoever reads it."""


def no_names() -> Mapping[str, Label]:
    return {}


@dataclass(frozen=True)
class Indicator:
    """One figure of training quality, as code.

    `facts` gives the rows of a period: (period [starts_on, ends_on), day of asking) -> facts.
    The value is the sum of the parts in `top` by that of those in `bottom`; of all `parts`, those
    stacked in charts are `shown`.  A name of a part that ends with a colon is the beginning of
    many; `names` then says what they are called.

    `splits` are the dimensions it can be split by and narrowed to.  `target` is the key of a
    threshold, and `high` says whether more is better (None: neither).  `cases`: the numerator
    counts independent cases of the denominator, so that chance can be reckoned.  `personal`: small
    groups would reveal people.  A `stock` is counted at the end of a month, and the last month of a
    period says it; what is `yearly` is kept under January.  `source` says whose definition it is
    ("Base": this portal's), `confidence` how surely, as of thresholds.
    """

    key: str
    group: str
    name: Label
    definition: Label
    numerator: Label
    facts: Callable[[date, date, date], Iterable[Fact]]
    parts: Mapping[str, Label]
    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()
    denominator: Label | None = None
    unit: str = PERCENT
    unit_name: Label = ""
    splits: tuple[str, ...] = (SITE, DEPARTMENT, COHORT)
    target: str | None = None
    high: bool | None = True
    cases: bool = False
    personal: bool = True
    stock: bool = False
    yearly: bool = False
    shown: tuple[str, ...] | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    names: Callable[[], Mapping[str, Label]] = no_names
    source: str = "Base"
    confidence: str = "S"

    @property
    def times(self) -> int:
        return 100 if self.unit == PERCENT else 1

    @property
    def is_of_residents(self) -> bool:
        """Whether its facts are about single residents."""
        return self.personal and COHORT in self.splits

    @property
    def decimals(self) -> int:
        return DECIMALS[self.unit]

    def of(self, parts: Parts) -> Sum:
        return worth(
            parts, top=self.top, bottom=self.bottom, times=self.times, decimals=self.decimals
        )

    def narrowed(self, scope: Scope) -> Scope:
        """The scope it can be asked with: years where it is yearly, and only its dimensions."""
        whole = scope.years if self.yearly else scope
        return Scope(
            whole.starts_on,
            whole.ends_on,
            cohort_id=whole.cohort_id if COHORT in self.splits else 0,
            department_id=whole.department_id if DEPARTMENT in self.splits else 0,
            site_id=whole.site_id if SITE in self.splits else 0,
            type_id=whole.type_id if self.is_of_residents else 0,
        )
