"""Rewards and deductions: only those whose facts the portal has."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from trainingbase.incentives.rules.facts import Answer, Facts, Price
from trainingbase.incentives.rules.lines import Draft, drafted
from trainingbase.incentives.rules.months import days_within
from trainingbase.incentives.rules.teaching import EXIT_FORM
from trainingbase.months import months_later

LIMIT = re.compile(r"(\d+)\s*(小时|天|日|hours?|days?)", re.IGNORECASE)
WITHIN = re.compile(r"内|within", re.IGNORECASE)
LEVELS = {"国家级": "national", "省级": "provincial", "市级": "municipal", "县级": "county"}
"""Of a paper's journal, the highest first, as a condition names them."""
ANY_LEVEL = frozenset({None, "base", *LEVELS.values()})
EACH = re.compile(r"^(每篇|每次|each( time| paper)?)?$", re.IGNORECASE)
OVER = re.compile(r"超过|逾期|over|after|more than", re.IGNORECASE)


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


def timely_answers(facts: Facts, price: Price, prices: Sequence[Price]) -> Iterator[Draft]:
    """So much for each form submitted within the limit, at the shortest limit it keeps."""
    limits = sorted(
        limit.hours
        for other in prices
        if other.item == price.item and (limit := limit_in(other.condition)) and limit.is_within
    )
    mine = limit_in(price.condition)
    by_payee: dict[int, list[Answer]] = defaultdict(list)
    for one in facts.answers:
        kept = [hours for hours in limits if one.hours is not None and one.hours <= hours]
        if mine and kept and kept[0] == mine.hours:
            by_payee[one.assessor_id].append(one)
    for payee_id, answers in by_payee.items():
        yield drafted(
            payee_id, "timely", price, len(answers),
            [("submissions", one.id) for one in answers],
            key=f"{price.item}/{price.condition}", condition=price.condition,
        )  # fmt: skip


def late_answers(facts: Facts, price: Price, prices: Sequence[Price]) -> Iterator[Draft]:
    """So much off for each request that passed the limit unanswered in this month."""
    limit = limit_in(price.condition)
    if limit is None:
        return
    by_payee: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for one in facts.asked:
        late_on = one.asked_on + timedelta(days=limit.hours // 24 + 1)
        in_month = (
            facts.month_on <= late_on < min(months_later(facts.month_on, 1), facts.known_until)
        )
        if in_month and (one.closed_on is None or one.closed_on >= late_on):
            by_payee[one.assessor_id].append(("assessment_requests", one.id))
    for payee_id, evidence in by_payee.items():
        yield drafted(
            payee_id, "late", price, len(evidence), evidence,
            key=f"{price.item}/{price.condition}", condition=price.condition,
        )  # fmt: skip


def failed_exits(facts: Facts, price: Price, prices: Sequence[Price]) -> Iterator[Draft]:
    """So much off for each placement whose exit assessment was failed; a retake costs nothing."""
    by_payee: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for one in facts.answers:
        if one.form == EXIT_FORM and one.fails_first:
            by_payee[one.person_id].append(("submissions", one.id))
    for payee_id, evidence in by_payee.items():
        yield drafted(payee_id, "failed-exit", price, len(evidence), evidence)


def absences(facts: Facts, price: Price, prices: Sequence[Price]) -> Iterator[Draft]:
    """So much off for each day of absence without leave."""
    days: dict[int, int] = defaultdict(int)
    evidence: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for one in facts.absences:
        days[one.person_id] += days_within(one.starts_on, one.ends_on, facts.month_on)
        evidence[one.person_id].append(("leaves", one.id))
    for payee_id, count in days.items():
        if count:
            yield drafted(payee_id, "absence", price, count, evidence[payee_id])


def above_the_mean(facts: Facts, price: Price, prices: Sequence[Price]) -> Iterator[Draft]:
    """Once for an annual test above the province's mean in every part the province reports."""
    if not facts.means:
        return
    for one in facts.exams:
        if all(one.scores.get(part, Decimal(-1)) > mean for part, mean in facts.means.items()):
            yield drafted(
                one.person_id, "above-mean", price, 1, [("exam_results", one.id)],
                year=facts.month_on.year,
            )  # fmt: skip


def levels_in(condition: str | None) -> frozenset[str | None]:
    """The levels a condition pays for: 省级及以上期刊, 国家级, 每篇; none where it says something
    that the portal does not know of a paper."""
    said = condition or ""
    for position, (name, level) in enumerate(LEVELS.items()):
        if name in said:
            higher = list(LEVELS.values())[:position] if "以上" in said else []
            return frozenset({level, *higher})
    return ANY_LEVEL if EACH.match(said) else frozenset()


def papers(facts: Facts, price: Price, prices: Sequence[Price]) -> Iterator[Draft]:
    """So much for each paper to its first and its corresponding author, in the month in which it
    was approved."""
    levels = levels_in(price.condition)
    by_payee: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for one in facts.papers:
        if one.leads and one.level in levels:
            by_payee[one.person_id].append(("research_works", one.id))
    for payee_id, evidence in by_payee.items():
        yield drafted(
            payee_id, "paper", price, len(evidence), evidence,
            key=f"{price.item}/{price.condition}", condition=price.condition,
        )  # fmt: skip
