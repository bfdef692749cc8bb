"""What a rate says, as names that a rule may use."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from trainingbase.incentives.rules.facts import Price
from trainingbase.incentives.rules.streams import NEVER

LIMIT = re.compile(r"(\d{1,6})\s*(小时|天|日|hours?|days?)", re.IGNORECASE)
WITHIN = re.compile(r"内|within", re.IGNORECASE)
OVER = re.compile(r"超过|逾期|over|after|more than", re.IGNORECASE)
EACH = re.compile(r"^(每篇|每次|each( time| paper)?)?$", re.IGNORECASE)
LEVELS = {"国家级": "national", "省级": "provincial", "市级": "municipal", "县级": "county"}
"""Of a paper's journal, the highest first, as a condition names them."""
ANY_LEVEL = frozenset({"", "base", *LEVELS.values()})
NO_LIMIT = -Decimal(1)

ACTIVITIES = frozenset(
    {
        "教学查房",
        "小讲课",
        "病例讨论",
        "教学病例讨论",
        "技能床旁教学",
        "门诊教学",
        "教学阅片",
        "入院教育",
        "入科教育",
        "临床文献研读",
        "晨间报告",
        "技能培训",
        "手术操作指导",
        "住院病历书写指导",
        "影像报告书写指导",
    }
)
"""Kinds of activity that may be paid although none was recorded yet."""


@dataclass(frozen=True)
class Limit:
    """48小时内: within 48 hours; 超过14天: over 14 days."""

    hours: int
    is_within: bool


def limit_in(condition: str | None) -> Limit | None:
    """The time limit a condition states; None where it states none."""
    found = LIMIT.search(condition or "")
    if not found:
        return None
    hours = int(found[1]) * (1 if found[2].lower() in ("小时", "hour", "hours") else 24)
    if WITHIN.search(condition or ""):
        return Limit(hours, is_within=True)
    return Limit(hours, is_within=False) if OVER.search(condition or "") else None


def levels_in(condition: str | None) -> frozenset[str]:
    """The levels a condition pays for: 省级及以上期刊, 国家级, 每篇; none where it says something
    that the portal does not know of a paper."""
    said = condition or ""
    for position, (name, level) in enumerate(LEVELS.items()):
        if name in said:
            higher = list(LEVELS.values())[:position] if "以上" in said else []
            return frozenset({level, *higher})
    return ANY_LEVEL if EACH.match(said) else frozenset()


def said_by(price: Price, prices: Sequence[Price], kinds: Iterable[str]) -> Mapping[str, Any]:
    """The values of the names of a rate."""
    limit = limit_in(price.condition)
    within = Decimal(limit.hours) if limit and limit.is_within else NO_LIMIT
    over = Decimal(limit.hours // 24) if limit and not limit.is_within else NEVER
    shorter = [
        Decimal(other.hours)
        for one in prices
        if one.item == price.item
        and (other := limit_in(one.condition)) is not None
        and other.is_within
        and other.hours < within
    ]
    return {
        "rate_kind": price.kind,
        "rate_item": price.item,
        "rate_condition": price.condition or "",
        "rate_programme": price.programme_kind or "",
        "rate_trainee_type": price.trainee_type or "",
        "rate_training_year": Decimal(price.training_year or 0),
        "rate_level": price.level or "",
        "rate_within_hours": within,
        "rate_shorter_hours": max(shorter, default=NO_LIMIT),
        "rate_over_days": over,
        "rate_levels": levels_in(price.condition),
        "rate_names_levels": bool(levels_in(price.condition)),
        "activity_kinds": ACTIVITIES | frozenset(kinds),
    }
