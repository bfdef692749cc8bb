"""Breaches and periods in the office's words, zh and en. Ids stand where no name is given."""

import datetime as dt
from collections.abc import Callable, Iterable

from trainingbase.planner.problem import Problem
from trainingbase.planner.situation import Breach, runs

Name = Callable[[str], str]

_RULES = {
    "known": ("安排中有不认识的人员、科室、轮转要求或时间", "names something the problem has not"),
    "places": ("科室超出名额", "more residents than places"),
    "one_place_at_a_time": ("同一时间在两个科室", "in two departments at once"),
    "away": ("请假期间安排了轮转", "placed while on leave"),
    "window": ("不在允许的时间内", "outside the time allowed"),
    "before": ("先后顺序不对", "out of order"),
    "choose": ("选轮科室数目不对", "wrong number of electives"),
    "fixed": ("改动了办公室已定的安排", "moves what the office has fixed"),
    "in_progress": ("改动了已开始的轮转", "moves what has already begun"),
    "whole": ("轮转时间不足、超出或被拆得太碎", "requirement not met in full or in its stretches"),
    "same_department": ("同一轮转要求分在了不同科室", "stretches in different departments"),
    "standard": ("该科室不能满足这项轮转要求", "the department does not stand for the requirement"),
    "eligible": ("该学员不能去这个基层基地", "the site is not open to this resident"),
}


def same(text: str) -> str:
    return text


def rule_in_words(rule: str, language: str) -> str:
    zh, en = _RULES[rule]
    return zh if language == "zh" else en


def breach_in_words(problem: Problem, breach: Breach, language: str, name: Name = same) -> str:
    """One line: rule, people, departments, periods, counts."""
    zh = language == "zh"
    mark = "、" if zh else ", "
    parts = [mark.join(name(one) for one in breach.residents)]
    subjects = breach.departments or breach.requirements
    if breach.rule in ("whole", "choose"):
        subjects = breach.requirements
    parts.append(mark.join(name(one) for one in subjects))
    parts.append(periods_in_words(problem, breach.periods, language))
    if breach.needed is not None:
        parts.append(_counts(breach, zh))
    details = ("，" if zh else "; ").join(part for part in parts if part)
    return f"{rule_in_words(breach.rule, language)}{'：' if zh else ': '}{details}"


def _counts(breach: Breach, zh: bool) -> str:
    if breach.rule == "places":
        form = "{}人，只有{}个名额" if zh else "{} residents for {} places"
    else:
        form = "需要{}，现有{}" if zh else "needs {}, has {}"
    return form.format(breach.needed, breach.found)


def periods_in_words(problem: Problem, periods: Iterable[int], language: str) -> str:
    """`2027-03 to 2027-05`; half months and weeks by their first day."""
    joint = "至" if language == "zh" else " to "
    mark = "、" if language == "zh" else ", "
    words = []
    for first, last in runs(periods):
        one, other = (period_in_words(problem, p, language) for p in (first, last))
        words.append(one if first == last else f"{one}{joint}{other}")
    return mark.join(words)


def period_in_words(problem: Problem, period: int, language: str) -> str:
    first = first_day(problem, period)
    if problem.unit == "month":
        return f"{first.year}年{first.month}月" if language == "zh" else f"{first:%B %Y}"
    if problem.unit == "half-month":
        early = first.day == dt.date.fromisoformat(problem.starts_on).day
        if language == "zh":
            return f"{first.year}年{first.month}月{'上' if early else '下'}半月"
        return f"{'first' if early else 'second'} half of {first:%B %Y}"
    if language == "zh":
        return f"{first.year}年{first.month}月{first.day}日当周"
    return f"week of {first:%d %B %Y}"


def first_day(problem: Problem, period: int) -> dt.date:
    """Half months begin on the day of the month of `starts_on` and 15 days later."""
    start = dt.date.fromisoformat(problem.starts_on)
    if problem.unit == "week":
        return start + dt.timedelta(weeks=period)
    months, half = (period, 0) if problem.unit == "month" else divmod(period, 2)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, 28)) + dt.timedelta(days=15 * half)
