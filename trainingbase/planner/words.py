"""Breaches and periods in the office's words, zh and en. Ids stand where no name is given."""

import datetime as dt
from collections.abc import Callable, Iterable

from trainingbase.planner.plan import Explanation, Fact
from trainingbase.planner.problem import Problem
from trainingbase.planner.situation import Breach, runs

Name = Callable[[str], str]
MOST_NAMES = 12

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


def listed(names: Iterable[str], zh: bool, counted: str, mark: str = ", ") -> str:
    """All of them, or the first dozen and how many more; `counted` is what they are in Chinese."""
    names = list(names)
    shown = names if len(names) <= MOST_NAMES + 1 else names[:MOST_NAMES]
    text = ("、" if zh else mark).join(shown)
    if len(shown) == len(names):
        return text
    return f"{text}等{len(names)}{counted}" if zh else f"{text} and {len(names) - len(shown)} more"


def rule_in_words(rule: str, language: str) -> str:
    zh, en = _RULES[rule]
    return zh if language == "zh" else en


def breach_in_words(problem: Problem, breach: Breach, language: str, name: Name = same) -> str:
    """One line: rule, people, departments, periods, counts."""
    zh = language == "zh"
    mark = "、" if zh else ", "
    parts = [listed((name(one) for one in breach.residents), zh, "人")]
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


def explanation_in_words(
    problem: Problem, cause: Explanation, language: str, name: Name = same
) -> str:
    """One or two sentences. `name` turns ids of residents, departments, requirements to names."""
    zh = language == "zh"
    mark = "、" if zh else ", "
    people = listed((name(one) for one in cause.residents), zh, "人")
    where = listed((name(one) for one in cause.departments), zh, "个科室", " + ")
    what = mark.join(name(one) for one in cause.requirements)
    when = periods_in_words(problem, cause.periods, language)
    if cause.facts:
        return _facts_in_words(problem, cause, language, name, people)
    if cause.rules == ("places",) and cause.needed is not None:
        return _shortage_in_words(problem, cause, zh, people, where, when)
    if cause.rules == ("one_place_at_a_time",):
        return _too_little_time_in_words(problem, cause, zh, people)
    if cause.rules[:1] == ("fixed",):
        return _fixed_in_words(cause.rules[1:], language, people, where, what, when)
    if cause.requirements:
        return _nowhere_in_words(cause.rules[0], zh, people, where, what, when)
    if cause.rules == ("places",):
        if zh:
            lead = "没有合规的计划" if cause.proven else "未在时限内找到合规的计划"
            return f"{lead}；最接近的方案仍在{when}超出{where}的名额，涉及{people}。"
        lead = "There is no lawful plan" if cause.proven else "No lawful plan was found in time"
        return f"{lead}; the closest is still over the places of {where} in {when}: {people}."
    if zh:
        return f"{people}：各项轮转要求的先后顺序、时间限制与请假无法同时满足。"
    return f"{people}: order, windows and leave cannot all be kept in the time there is."


def _too_little_time_in_words(problem: Problem, cause: Explanation, zh: bool, people: str) -> str:
    unit = _unit(problem, zh)
    if zh:
        return f"{people}：还需轮转{cause.needed}个{unit}，可用时间只有{cause.available}个{unit}。"
    verb, has = ("owe", "have") if len(cause.residents) > 1 else ("owes", "has")
    each = " each" if len(cause.residents) > 1 else ""
    return f"{people} still {verb} {cause.needed} {unit}{each} and {has} only {cause.available}."


def _fixed_in_words(
    rules: tuple[str, ...], language: str, people: str, where: str, what: str, when: str
) -> str:
    if language == "zh":
        why = "、".join(rule_in_words(rule, language) for rule in rules)
        return f"{people}：已定的“{what}”（{where}，{when}）{why or '违反规则，或当时没有名额'}。"
    why = "; ".join(rule_in_words(rule, language) for rule in rules)
    end = f": {why}" if why else " breaks a rule or finds no place there"
    return f"{people}: {what} fixed in {where} for {when} cannot stand{end}."


def _facts_in_words(
    problem: Problem, cause: Explanation, language: str, name: Name, people: str
) -> str:
    zh = language == "zh"
    said = ("；" if zh else "; ").join(
        _fact_in_words(problem, fact, language, name) for fact in cause.facts
    )
    if cause.facts[0].rule == "places":
        if zh:
            return f"{people}无法同时安排，其余名额不论如何调整：{said}。"
        return f"{people} cannot all be placed, whatever is arranged elsewhere: {said}."
    if zh:
        return f"{people}：以下各项无法同时满足：{said}。"
    return f"{people}: these cannot all be kept: {said}."


def _fact_in_words(problem: Problem, fact: Fact, language: str, name: Name) -> str:
    zh = language == "zh"
    mark = "、" if zh else ", "
    what = [name(one) for one in fact.requirements]
    where = mark.join(name(one) for one in fact.departments)
    when = periods_in_words(problem, fact.periods, language)
    unit = _unit(problem, zh)
    if fact.rule == "places":
        form = "{}在{}共有{}个名额（人×{}）" if zh else "{} in {} has {} places (residents × {})"
        return form.format(where, when, fact.count, unit)
    if fact.rule == "before":
        return f"“{what[0]}”先于“{what[1]}”" if zh else f"{what[0]} before {what[1]}"
    if fact.rule == "fixed":
        form = "“{}”已定在{}（{}）" if zh else "{} fixed in {} for {}"
        return form.format(what[0], where, when)
    if fact.rule == "choose":
        form = "{}中选{}项" if zh else "of {} take {}"
        return form.format(mark.join(what), fact.count)
    one = what[0] if what else ""
    form = {
        "whole": ("“{one}”{count}个{unit}", "{one} takes {count} {unit}"),
        "window": ("“{one}”只能在{when}", "{one} only in {when}"),
        "away": ("{when}请假", "leave in {when}"),
        "closed": ("{where}在{when}没有名额", "{where} has no place in {when}"),
        "eligible": ("可去的基层基地有限", "not every site is open to them"),
        "same_department": ("“{one}”须在同一科室", "{one} all in one department"),
    }[fact.rule][0 if zh else 1]
    return form.format(one=one, count=fact.count, unit=unit, when=when or "—", where=where)


def _shortage_in_words(
    problem: Problem, cause: Explanation, zh: bool, people: str, where: str, when: str
) -> str:
    count = len(cause.residents)
    if len(cause.periods) == 1:
        if zh:
            return (
                f"{where}{when}只有{cause.available}个名额，而{count}名学员此时必须在此：{people}。"
                f"{_all_in_words(cause, zh)}"
            )
        verb = "resident" if count == 1 else "residents"
        places = "1 place" if cause.available == 1 else f"{cause.available} places"
        return (
            f"{where} has {places} in {when}; {count} {verb} must be there then: {people}."
            f"{_all_in_words(cause, zh)}"
        )
    unit = _unit(problem, zh)
    if zh:
        return (
            f"{where}在{when}共有{cause.available}个名额（人×{unit}），"
            f"而{count}名学员在此期间至少需要{cause.needed}个：{people}。{_all_in_words(cause, zh)}"
        )
    return (
        f"{where} has {cause.available} places (residents × {unit}) from {when};"
        f" {count} residents need at least {cause.needed} of them by then: {people}."
        f"{_all_in_words(cause, zh)}"
    )


def _all_in_words(cause: Explanation, zh: bool) -> str:
    """What is needed beyond those named, who alone are already too many."""
    if cause.needed_by_all in (None, cause.needed):
        return ""
    if zh:
        return f"全部学员共需要{cause.needed_by_all}个。"
    return f" With everybody else {cause.needed_by_all} are needed."


def _nowhere_in_words(rule: str, zh: bool, people: str, where: str, what: str, when: str) -> str:
    if rule == "eligible":
        if zh:
            return f"{people}：没有可去的科室能满足“{what}”。"
        return f"{people}: no department open to them stands for {what}."
    if rule == "places":
        if zh:
            return f"{people}：“{what}”须在{when}完成，而{where}在此期间没有足够连续的开放时间。"
        return f"{people}: {what} must be done in {when}, when {where} is not open long enough."
    if zh:
        return (
            f"{people}：允许的时间{when}放不下“{what}”。"
            if when
            else (f"{people}：没有时间可以安排“{what}”。")
        )
    return f"{people}: {what} does not fit into the time allowed for it, {when or 'none'}."


def _unit(problem: Problem, zh: bool) -> str:
    names = {
        "month": ("月", "months"),
        "half-month": ("半月", "half months"),
        "week": ("周", "weeks"),
    }
    return names[problem.unit][0 if zh else 1]
