"""The one place from which every screen, export and report takes its figures.

They come from the months that are kept; what is not kept yet is counted from the rows, by the same
facts and the same sums.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.models import Count, MonthlyCrowd, MonthlyFigure
from trainingbase.quality.queries.by_type import Typed, typed
from trainingbase.quality.rules.facts import (
    BASE,
    CELL,
    COHORT,
    DEPARTMENT,
    SITE,
    Crowd,
    Kept,
    Sum,
    added,
    rolled,
)
from trainingbase.quality.rules.hiding import NOTHING, Hidden, hidden_of
from trainingbase.quality.scope import Scope
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole

Series = Mapping[tuple[int, date], Mapping[str, Decimal]]
"""Parts by group (0: all) and month."""


Known = defaultdict[Any, list[tuple[Scope, list]]]
"""What was read already, by what it is of: the period, and its rows."""

CROWD = (
    MonthlyCrowd.month_on,
    MonthlyCrowd.level,
    MonthlyCrowd.level_id,
    MonthlyCrowd.people,
)


def sites_of() -> dict[int, int]:
    return dict(db.session.execute(select(Department.id, Department.institution_id)).all())


def counts() -> dict[str, Count]:
    return {one.indicator: one for one in db.session.scalars(select(Count))}


def counted_at(made: Iterable[Count]) -> datetime | None:
    """Since when the oldest of the kept figures stands."""
    return min((one.counted_at for one in made), default=None)


@dataclass
class Book:
    """The figures of one request: what was read once is not read again."""

    today: date
    _kept: dict[str, Count] | None = None
    _sites: dict[int, int] | None = None
    _fewest: int | None = None
    _read: Known = field(default_factory=lambda: defaultdict(list))
    _crowded: Known = field(default_factory=lambda: defaultdict(list))
    _live: dict[tuple, tuple[list[Kept], list[Crowd]]] = field(default_factory=dict)
    _hidden: dict[tuple, Hidden] = field(default_factory=dict)
    _typed: dict[tuple, Typed] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, Count]:
        if self._kept is None:
            self._kept = counts()
        return self._kept

    @property
    def sites(self) -> dict[int, int]:
        if self._sites is None:
            self._sites = sites_of()
        return self._sites

    def series(self, indicator: Indicator, scope: Scope, by: str | None = None) -> Series:
        """By group and month; `by` is site, department, cohort or None."""
        scope = indicator.narrowed(scope)
        if scope.type_id:
            return self._of_type(indicator, scope)
        level = _level(scope, by)
        found: dict[tuple[int, date], dict[str, Decimal]] = defaultdict(dict)
        for one in self._rows(indicator, level, scope):
            group = self._group(one, scope, by)
            if group is not None:
                parts = found[group, one.month]
                parts[one.part] = parts.get(one.part, Decimal(0)) + one.amount
        return found

    def _of_type(self, indicator: Indicator, scope: Scope) -> Series:
        """Of one trainee type, by month; it is split by nothing else."""
        found = self.typed(indicator, scope).parts
        return {(0, month): some for (one, month), some in found.items() if one == scope.type_id}

    def typed(self, indicator: Indicator, scope: Scope) -> Typed:
        key = (indicator.key, scope.starts_on, scope.ends_on)
        if key not in self._typed:
            self._typed[key] = typed(indicator, scope.starts_on, scope.ends_on, self.today)
        return self._typed[key]

    def sums(self, indicator: Indicator, scope: Scope, by: str | None = None) -> dict[int, Sum]:
        """By group over the period; of a stock, what stands in its last month with figures."""
        groups: dict[int, dict[date, Mapping]] = defaultdict(dict)
        for (group, month), parts in self.series(indicator, scope, by).items():
            groups[group][month] = parts
        last = max((month for months in groups.values() for month in months), default=None)
        return {
            group: indicator.of(
                months.get(last, {}) if indicator.stock and last else added(months.values())
            )
            for group, months in groups.items()
        }

    def sum(self, indicator: Indicator, scope: Scope) -> Sum:
        return self.sums(indicator, scope).get(0, indicator.of({}))

    def by_month(self, indicator: Indicator, scope: Scope) -> dict[date, Sum]:
        found = self.series(indicator, scope)
        return {month: indicator.of(parts) for (_all, month), parts in sorted(found.items())}

    def fewest(self) -> int:
        if self._fewest is None:
            self._fewest = whole("small_cell_people")
        return self._fewest

    def hidden(self, indicator: Indicator, scope: Scope) -> Hidden:
        """What whoever sees no names must not see of this period."""
        if not indicator.personal:
            return NOTHING
        scope = indicator.narrowed(scope).quarters
        key = (indicator.key, scope.starts_on, scope.ends_on)
        if key not in self._hidden:
            crowds = {
                (one.level, one.level_id, one.month): one.people
                for one in self._crowds(indicator, scope)
            }
            self._hidden[key] = hidden_of(crowds, self.sites, fewest=self.fewest())
        return self._hidden[key]

    def read_ahead(self, keys: Iterable[str], scope: Scope, *levels: str) -> None:
        """The kept figures of many indicators in one statement, instead of one each; and who they
        are about, in another."""
        wanted = [key for key in keys if key in self.kept]
        found: dict[tuple[str, str], list[Kept]] = {(k, of): [] for k in wanted for of in levels}
        for key, *rest in db.session.execute(
            select(*_columns()).where(MonthlyFigure.level.in_(levels), *_within(scope))
        ):
            if (key, rest[1]) in found:
                found[key, rest[1]].append(Kept._make(rest))
        for where, rows in found.items():
            self._read[where].append((scope, rows))

    def crowds_ahead(self, keys: Iterable[str], scope: Scope) -> None:
        found: dict[str, list[Crowd]] = {key: [] for key in keys if key in self.kept}
        for key, *rest in db.session.execute(
            select(MonthlyCrowd.indicator, *CROWD).where(
                MonthlyCrowd.month_on >= scope.starts_on, MonthlyCrowd.month_on < scope.ends_on
            )
        ):
            if key in found:
                found[key].append(Crowd._make(rest))
        for key, rows in found.items():
            self._crowded[key].append((scope, rows))

    def _rows(self, indicator: Indicator, level: str, scope: Scope) -> list[Kept]:
        where = (indicator.key, level)
        for known, rows in self._read[where]:
            if known.starts_on <= scope.starts_on and scope.ends_on <= known.ends_on:
                return [one for one in rows if scope.starts_on <= one.month < scope.ends_on]
        if indicator.key in self.kept:
            found = db.session.execute(
                select(*_columns()[1:]).where(
                    MonthlyFigure.indicator == indicator.key,
                    MonthlyFigure.level == level,
                    *_within(scope),
                )
            )
            rows = [Kept._make(one) for one in found]
        else:
            rows = [one for one in self._counted_now(indicator, scope)[0] if one.level == level]
        self._read[where].append((scope, rows))
        return rows

    def _crowds(self, indicator: Indicator, scope: Scope) -> list[Crowd]:
        if indicator.key not in self.kept:
            return self._counted_now(indicator, scope)[1]
        for known, rows in self._crowded[indicator.key]:
            if known.starts_on <= scope.starts_on and scope.ends_on <= known.ends_on:
                return [one for one in rows if scope.starts_on <= one.month < scope.ends_on]
        rows = db.session.execute(
            select(*CROWD).where(
                MonthlyCrowd.indicator == indicator.key,
                MonthlyCrowd.month_on >= scope.starts_on,
                MonthlyCrowd.month_on < scope.ends_on,
            )
        )
        return [Crowd._make(one) for one in rows]

    def _counted_now(self, indicator: Indicator, scope: Scope):
        key = (indicator.key, scope.starts_on, scope.ends_on)
        if key not in self._live:
            facts = indicator.facts(scope.starts_on, scope.ends_on, self.today)
            self._live[key] = rolled(facts, self.sites)
        return self._live[key]

    def _group(self, one: Kept, scope: Scope, by: str | None) -> int | None:
        """The group a kept sum falls into; None where it is outside the scope."""
        cohort, department, site = one.cohort_id, 0, 0
        if one.level == COHORT:
            cohort = one.level_id
        elif one.level in (DEPARTMENT, CELL):
            department, site = one.level_id, self.sites.get(one.level_id, 0)
        elif one.level == SITE:
            site = one.level_id
        here = ((scope.cohort_id, cohort), (scope.department_id, department), (scope.site_id, site))
        if any(asked and asked != there for asked, there in here):
            return None
        return {None: 0, SITE: site, DEPARTMENT: department, COHORT: cohort}[by] or (
            None if by else 0
        )


def _level(scope: Scope, by: str | None) -> str:
    """The coarsest level that tells what is asked."""
    asked = {
        level
        for level, wanted in (
            (COHORT, scope.cohort_id),
            (DEPARTMENT, scope.department_id),
            (SITE, scope.site_id),
        )
        if wanted
    } | ({by} if by else set())
    if DEPARTMENT in asked:
        asked.discard(SITE)  # a department says its site
    if not asked:
        return BASE
    return asked.pop() if len(asked) == 1 else CELL


def _columns() -> tuple:
    return (
        MonthlyFigure.indicator,
        MonthlyFigure.month_on,
        MonthlyFigure.level,
        MonthlyFigure.level_id,
        MonthlyFigure.cohort_id,
        MonthlyFigure.part,
        MonthlyFigure.amount,
    )


def _within(scope: Scope) -> tuple:
    return (MonthlyFigure.month_on >= scope.starts_on, MonthlyFigure.month_on < scope.ends_on)
