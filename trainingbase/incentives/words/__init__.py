"""Lines, rules and rates in the viewer's language."""

from trainingbase.incentives.words.items import (
    ITEMS,
    PAYEE_KINDS,
    PAYOUT_STATES,
    PLACE_KINDS,
    RULES,
    account_names,
    item,
    rate_name,
    source_name,
)
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
    VERSION_FIELDS,
    in_words,
    is_english,
    label,
    price_of,
    unit,
    whole_rule,
    wrong,
)
from trainingbase.network.words import WORK
from trainingbase.words import ROLES

__all__ = [
    "BASES",
    "BENEFICIARIES",
    "FACTS_CHANGED",
    "ITEMS",
    "PAY",
    "PAYEE_KINDS",
    "PAYOUT_STATES",
    "PLACE_KINDS",
    "ROLES",
    "RULES",
    "UNITS",
    "VERSION_FIELDS",
    "WORK",
    "account_names",
    "arithmetic",
    "correction_reason",
    "finding",
    "in_words",
    "is_english",
    "item",
    "label",
    "price_of",
    "rate_name",
    "reason",
    "source_name",
    "unit",
    "what",
    "whole_rule",
    "wrong",
]
