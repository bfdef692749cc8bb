"""What the incentives cost, by source."""

from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.i18n import money
from trainingbase.incentives.words import source_name
from trainingbase.quality import charts, words
from trainingbase.quality.figures.figure import Asking, Figure
from trainingbase.quality.queries import base


def cost(asking: Asking) -> Figure:
    found = base.cost(asking.scope)
    months = [
        month for month in asking.scope.months if any(m == month for _source, m in found.amounts)
    ]
    sources = [(source.id if source else None, source_name(source)) for source in found.sources]
    amounts = [
        (name, [found.amounts.get((key, month), Decimal(0)) for month in months])
        for key, name in sources
    ]
    patterns = words.SOURCE_PATTERNS
    drawn = charts.standing(
        months,
        [
            (name, patterns[i % len(patterns)], [float(one) for one in row])
            for i, (name, row) in enumerate(amounts)
            if any(row)
        ],
        _("yuan"),
    )
    said = _("Lines of approved runs, in yuan, for the whole base.")
    if found.waiting:
        said += " " + _("Computed but not approved: %(amount)s.", amount=money(found.waiting))
    return Figure(
        name="cost",
        title=_("Incentive cost by source"),
        chart=drawn if months else None,
        columns=[_("Funding source"), *charts.month_labels(months), _("Sum")],
        rows=[
            [name, *(money(one) for one in row), money(sum(row, Decimal(0)))]
            for name, row in [*amounts, (_("Total"), _totals(amounts, len(months)))]
        ],
        of=said,
        target=_("within the year's budget"),
    )


def _totals(amounts: list[tuple[str, list[Decimal]]], months: int) -> list[Decimal]:
    return [sum((row[n] for _name, row in amounts), Decimal(0)) for n in range(months)]
