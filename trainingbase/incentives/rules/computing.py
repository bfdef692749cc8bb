"""Which rule uses which rate, and a month's lines from all of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from trainingbase.incentives.rules import conduct, residents, teaching
from trainingbase.incentives.rules.conduct import limit_in
from trainingbase.incentives.rules.facts import Facts, Price
from trainingbase.incentives.rules.lines import Draft, Finding

Rule = Callable[[Facts, Price], Iterable[Draft]]

TEACHING: dict[str, Rule] = {
    "临床带教": teaching.clinical_teaching,
    "基层带教": teaching.primary_teaching,
    "出科考核主考": teaching.exit_assessments,
    "责任导师": teaching.tutoring,
}
"""What is not named here is the name of a kind of activity."""

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

FINDERS = (
    residents.unpaid_trainees,
    residents.unpaid_months,
    teaching.unpaid_activities,
    teaching.unsupervised,
)


def rule_for(price: Price, prices: Sequence[Price], activity_kinds: Iterable[str]) -> Rule | None:
    """The rule that uses this rate; None where the portal lacks the facts for it."""
    if price.kind == "stipend":
        known = price.trainee_type and price.training_year
        return residents.stipends if known else None
    if price.kind == "community":
        return residents.allowances if price.level else None
    if price.kind == "teaching":
        is_activity = price.item in activity_kinds
        return TEACHING.get(price.item) or (teaching.activities if is_activity else None)
    rule = _conduct_rule(price)
    return partial(_with_others, rule, prices) if rule else None


def _with_others(rule, prices: Sequence[Price], facts: Facts, price: Price) -> Iterable[Draft]:
    return rule(facts, price, prices)


def _conduct_rule(price: Price):
    limit = limit_in(price.condition)
    if "评价" in price.item and limit is not None:
        return conduct.timely_answers if limit.is_within else conduct.late_answers
    if "出科考核" in price.item and "不合格" in price.item:
        return conduct.failed_exits
    if "年度" in price.item and "全省平均" in (price.condition or ""):
        return conduct.above_the_mean
    if "论文" in price.item and conduct.levels_in(price.condition):
        return conduct.papers
    return conduct.absences if "旷工" in price.item else None


def unusable(prices: Sequence[Price], activity_kinds: Iterable[str]) -> list[Price]:
    """Rates that no rule can use."""
    kinds = ACTIVITIES | frozenset(activity_kinds)
    return [price for price in prices if rule_for(price, prices, kinds) is None]


def computed(
    facts: Facts, prices: Sequence[Price], activity_kinds: Iterable[str]
) -> tuple[list[Draft], list[Finding]]:
    """The lines of a month, in a fixed order, and the cases that no rate pays for."""
    kinds = ACTIVITIES | frozenset(activity_kinds)
    drafts = [draft for draft in _drafts(facts, prices, kinds) if draft.amount]
    findings = [finding for finder in FINDERS for finding in finder(facts, prices)]
    return sorted(drafts, key=lambda draft: draft.identity), findings


def _drafts(facts: Facts, prices: Sequence[Price], kinds: frozenset[str]) -> Iterator[Draft]:
    for price in prices:
        rule = rule_for(price, prices, kinds)
        if rule is not None:
            yield from rule(facts, price)
