"""An ad-hoc view: a measure, a split, a second split by month, a filter.  It asks the same places
as every other figure, so it cannot say another number."""

from flask_babel import gettext as _

from trainingbase.quality import charts, words
from trainingbase.quality.figures import Asking, Figure
from trainingbase.quality.figures.months import label, plain
from trainingbase.quality.indicators import Indicator

MOST_LINES = 8
VALUE = "value"


def explored(asking: Asking, indicator: Indicator, by: str, part: str) -> Figure:
    """`by` is a split, or empty; `part` VALUE or the name of a part.  By group and month."""
    series = asking.book.series(indicator, asking.scope, by or None)
    months = sorted({month for _group, month in series})
    groups = asking.ordered(by, {group for group, _month in series}) if by else [0]
    rows, lines = [], []
    sums = asking.book.sums(indicator, asking.scope, by or None)
    for group in groups:
        values = [_value(indicator, series.get((group, month), {}), part) for month in months]
        whole = _value(indicator, sums[group].parts, part) if group in sums else None
        name = asking.full(by, group) if by else _("The whole base")
        rows.append([name, *values, whole])
        lines.append((asking.label(by, group) if by else name, values))
    labels = [label(indicator, month) for month in months]
    measure = str(indicator.name)
    if part != VALUE:
        measure = f"{measure}: {indicator.parts[part]}"
    title = measure
    if by:
        title = _("%(said)s, by %(split)s", said=measure, split=str(words.SPLITS[by]))
    return Figure(
        key="explore",
        view="explored",
        title=title,
        chart=charts.together(labels, lines[:MOST_LINES], words.unit(indicator))
        if any(value is not None for _name, values in lines for value in values)
        else None,
        columns=[str(words.SPLITS[by]) if by else "", *labels, _("Period")],
        rows=rows,
        of=str(indicator.definition),
    )


def _value(indicator: Indicator, parts, part: str):
    if part == VALUE:
        return indicator.of(parts).value
    return plain(parts.get(part, 0))
