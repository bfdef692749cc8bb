"""Lines, rules and rates in the viewer's language."""

from trainingbase.incentives.words.items import ITEMS, RULES, item, rate_name, source_name
from trainingbase.incentives.words.lines import (
    FACTS_CHANGED,
    arithmetic,
    correction_reason,
    finding,
    reason,
    what,
)
from trainingbase.incentives.words.rules import (
    BASES,
    BENEFICIARIES,
    PAY,
    UNITS,
    in_words,
    label,
    unit,
    wrong,
)
from trainingbase.words import ROLES

__all__ = [
    "BASES",
    "BENEFICIARIES",
    "FACTS_CHANGED",
    "ITEMS",
    "PAY",
    "ROLES",
    "RULES",
    "UNITS",
    "arithmetic",
    "correction_reason",
    "finding",
    "in_words",
    "item",
    "label",
    "rate_name",
    "reason",
    "source_name",
    "unit",
    "what",
    "wrong",
]
