"""The rows behind a figure, a stretch of time at a time."""

from datetime import date

from trainingbase.months import months_later
from trainingbase.quality.figures import Asking
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.queries.rows import facts_of
from trainingbase.quality.rules.facts import Fact
from trainingbase.quality.rules.hiding import quarter_of


def stretches_of(indicator: Indicator, asking: Asking) -> list[date]:
    """The months (years of a yearly one; quarters for who sees no names) that have rows, the newest
    first: a page shows the rows of one of them, so that no page has to read them all."""
    scope = indicator.narrowed(asking.scope)
    months = {month for _group, month in asking.book.series(indicator, scope)}
    if not asking.sees_names and not indicator.yearly:
        months = {quarter_of(month) for month in months}
    return sorted(months, reverse=True)


def facts_within(indicator: Indicator, asking: Asking, begins: date) -> list[Fact]:
    """Of one of the stretches."""
    months = 12 if indicator.yearly else 1 if asking.sees_names else 3
    first = max(begins, indicator.narrowed(asking.scope).starts_on)
    last = min(months_later(begins, months), indicator.narrowed(asking.scope).ends_on)
    return facts_of(indicator, asking.scope.of(first, last), asking.today)
