"""Figures about few people are hidden from those who may not see names, so that nobody can be
reckoned out by subtracting one shown figure from another.

The unit of protection is a quarter.  Within it, of the members of a family (the sites of the base,
the departments of a site, the cohorts of the base, the months of the quarter) those with one to
four people are hidden; and since the family's sum is shown, so many more with the fewest people
that at least two are hidden and they hold at least five people together.  What is hidden in one
quarter is hidden in every period that holds this quarter, so periods tell nothing more than the
quarters do.  Departments of a hidden site are hidden.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

FEWEST = 5

Key = Hashable
Crowds = Mapping[tuple[str, Key, date], int]
"""Distinct people by level (base, site, department, cohort), its id and month."""


def quarter_of(month: date) -> date:
    return date(month.year, 3 * ((month.month - 1) // 3) + 1, 1)


def hidden_in(people: Mapping[Key, int], *, fewest: int = FEWEST) -> set[Key]:
    """The members of a family that are hidden; one without people shows its nothing."""
    some = {key: number for key, number in people.items() if number > 0}
    found = {key for key, number in some.items() if number < fewest}
    if not found:
        return found
    ordered = sorted(
        (key for key in some if key not in found), key=lambda key: (some[key], repr(key))
    )
    while ordered and (len(found) < 2 or sum(some[key] for key in found) < fewest):
        found.add(ordered.pop(0))
    return found


@dataclass(frozen=True)
class Hidden:
    """What is hidden: (level, id) by quarter, and single months of the base."""

    groups: Mapping[date, frozenset[tuple[str, Key]]] = field(default_factory=dict)
    months: frozenset[date] = frozenset()

    def has(self, level: str, key: Key, months: Iterable[date]) -> bool:
        """Whether this group is hidden over these months."""
        return any(
            (level, key) in self.groups.get(quarter, frozenset())
            for quarter in {quarter_of(month) for month in months}
        )

    def base(self, months: Iterable[date]) -> bool:
        return self.has("base", 0, months)


NOTHING = Hidden()


def hidden_of(crowds: Crowds, sites_of: Mapping[Key, Key], *, fewest: int = FEWEST) -> Hidden:
    """`sites_of` says whose site a department is.  A group's people in a quarter are at least
    those of its fullest month, which is what is reckoned with."""
    by_quarter: dict[date, dict[tuple[str, Key], int]] = defaultdict(lambda: defaultdict(int))
    months: dict[date, dict[date, int]] = defaultdict(dict)
    for (level, key, month), people in crowds.items():
        into = by_quarter[quarter_of(month)]
        into[level, key] = max(into[level, key], people)
        if level == "base":
            months[quarter_of(month)][month] = people
    groups, single = {}, set()
    for quarter, people in by_quarter.items():
        groups[quarter] = frozenset(_hidden_in_quarter(people, sites_of, fewest))
        if ("base", 0) in groups[quarter]:
            single |= set(months[quarter])
        else:
            single |= hidden_in(months[quarter], fewest=fewest)
    return Hidden(groups, frozenset(single))


def _hidden_in_quarter(
    people: Mapping[tuple[str, Key], int], sites_of: Mapping[Key, Key], fewest: int
) -> set[tuple[str, Key]]:
    if 0 < people.get(("base", 0), 0) < fewest:
        return set(people)
    found: set[tuple[str, Key]] = set()
    for level in ("site", "cohort"):
        family = _family(people, level)
        found |= {(level, key) for key in hidden_in(family, fewest=fewest)}
    departments = _family(people, "department")
    for site in {sites_of.get(key) for key in departments}:
        within = {key: n for key, n in departments.items() if sites_of.get(key) == site}
        concealed: Collection[Key] = hidden_in(within, fewest=fewest)
        if ("site", site) in found:
            concealed = set(within)
        found |= {("department", key) for key in concealed}
    return found


def _family(people: Mapping[tuple[str, Key], int], level: str) -> dict[Key, int]:
    return {key: number for (of, key), number in people.items() if of == level}
