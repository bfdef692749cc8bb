"""An indicator month by month: its parts, and whether a month is more than chance."""

from datetime import date

from flask_babel import gettext as _

from trainingbase.months import months_later
from trainingbase.quality import charts, words
from trainingbase.quality.figures.figure import Asking, Figure, interval, part_names
from trainingbase.quality.figures.finding import finding
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.indicators.indicator import COUNT, MEAN, MONEY, RATE
from trainingbase.quality.rules import spc
from trainingbase.quality.rules.facts import Sum, added
from trainingbase.quality.rules.hiding import quarter_of


def by_month(indicator: Indicator, asking: Asking) -> dict[date, Sum | None]:
    """In order; None where a month is of too few people.  Whoever sees no names sees a part of the
    base by quarters."""
    scope = indicator.narrowed(asking.scope)
    hidden = asking.hidden(indicator)
    months = asking.book.by_month(indicator, scope)
    if asking.sees_names or not indicator.personal:
        return dict(months)
    if scope.is_whole:
        return {
            month: None if month in hidden.months or hidden.base([month]) else one
            for month, one in months.items()
        }
    quarters: dict[date, list[date]] = {}
    for month in months:
        quarters.setdefault(quarter_of(month), []).append(month)
    return {
        quarter: None
        if asking.is_hidden(indicator, scope.of(quarter, months_later(quarter, 3)))
        else indicator.of(
            months[max(some)].parts
            if indicator.stock
            else added(months[month].parts for month in some)
        )
        for quarter, some in quarters.items()
    }


def label(indicator: Indicator, month: date) -> str:
    return f"{month:%Y}" if indicator.yearly else f"{month:%Y-%m}"


def months(indicator: Indicator, asking: Asking) -> Figure:
    found = by_month(indicator, asking)
    seen = {month: one for month, one in found.items() if one is not None and not one.is_empty}
    names = part_names(indicator)
    stacked = indicator.unit not in (MEAN, RATE) and indicator.key != "cost-per-month"
    labels = [label(indicator, month) for month in seen]
    if stacked:
        drawn = charts.standing(
            labels, charts.parts(names, [one.parts for one in seen.values()]),
            str(indicator.unit_name) if indicator.unit in (MONEY, COUNT) else _("How many"),
        )  # fmt: skip
    else:
        drawn = charts.line(
            labels,
            [one.value for one in seen.values()],
            [interval(indicator, one) for one in seen.values()],
            str(indicator.unit_name or "%"),
            asking.target(indicator),
        )
    said = finding(indicator, asking)
    columns, rows = table(
        indicator,
        [_("Year") if indicator.yearly else _("Month")],
        [([label(indicator, month)], one) for month, one in found.items()],
    )
    return Figure(
        key=indicator.key,
        view="months",
        title=said.sentence,
        chart=drawn if seen else None,
        columns=columns,
        rows=rows,
        of=str(indicator.definition),
        target=said.target_said,
    )


def table(
    indicator: Indicator, first: list[str], groups: list[tuple[list, Sum | None]]
) -> tuple[list[str], list[list]]:
    """Parts, numerator, denominator, value and interval of each group; hidden ones say so."""
    names = {} if indicator.unit == MEAN else part_names(indicator)
    has_bottom = bool(indicator.bottom)
    columns = [*first, *(str(one) for one in names.values())]
    columns += [_("Numerator"), _("Denominator")] if has_bottom else []
    columns.append(str(indicator.name))
    has_interval = indicator.cases or indicator.unit == MEAN
    columns += [_("Interval (95 in 100)")] if has_interval else []
    rows = []
    for heads, one in groups:
        if one is None:
            rows.append([*heads, str(words.HIDDEN), *["—"] * (len(columns) - len(heads) - 1)])
            continue
        row = [*heads, *(plain(one.parts.get(name, 0)) for name in names)]
        row += [plain(one.top), plain(one.bottom)] if has_bottom else []
        row.append(words.shown(indicator, one.value))
        row += [words.between(interval(indicator, one))] if has_interval else []
        rows.append(row)
    return columns, rows


def plain(amount) -> int | float:
    """As a number of a sheet: whole where it is."""
    if amount is None:
        return 0
    return int(amount) if amount == int(amount) else round(float(amount), 2)


def control(indicator: Indicator, asking: Asking) -> Figure:
    """Which months are more than chance, by the rules of statistical process control."""
    ahead = asking.today.replace(day=1)
    found = {
        month: one
        for month, one in by_month(indicator, asking).items()
        if one is not None and one.value is not None and month < ahead
    }
    points, kind = points_of(indicator, list(found.values()))
    labels = [label(indicator, month) for month in found][: len(points)]
    fired = [
        _("%(month)s (%(rules)s)", month=month, rules=rules_said(one))
        for month, one in zip(labels, points, strict=True)
        if one.fired
    ]  # fmt: skip
    name = str(indicator.name)
    if len(points) < spc.FEWEST_POINTS:
        title = _(
            "%(name)s: too few months to tell chance from change (%(found)s of %(needed)s)",
            name=name,
            needed=spc.FEWEST_POINTS,
            found=len(points),
        )
    elif fired:
        title = _("%(name)s: more than chance in %(months)s", name=name, months=_(", ").join(fired))
    else:
        title = _("%(name)s: no month is more than chance", name=name)
    return Figure(
        key=indicator.key,
        view="control",
        title=title,
        chart=charts.control(labels, points, str(indicator.unit_name or "%"))
        if len(points) >= spc.FEWEST_POINTS
        else None,
        columns=[
            _("Month"), str(indicator.name), _("Middle"), _("Lower limit"), _("Upper limit"),
            _("Rules"),
        ],
        rows=[
            [
                month, round(one.value, 2), round(one.middle, 2), limit(one.low), limit(one.high),
                rules_said(one) or "—",
            ]
            for month, one in zip(labels, points, strict=True)
        ],
        of=_("Control chart (%(kind)s) of the months that are over: limits at three standard "
             "deviations around the middle of all of them. Rules: %(rules)s.",
             kind=kind, rules=_("; ").join(str(one) for one in words.RULES.values())),
    )  # fmt: skip


def rules_said(point: spc.Point) -> str:
    return _(", ").join(str(words.RULES[rule]) for rule in point.fired)


def limit(value: float) -> float | str:
    return "—" if value in (float("inf"), float("-inf")) else round(value, 2)


def points_of(indicator: Indicator, sums: list[Sum]) -> tuple[list[spc.Point], str]:
    """p for shares of cases, u for counts, XmR for everything else."""
    if indicator.cases:
        return spc.p_chart([(float(one.top), float(one.bottom or 0)) for one in sums]), "p"
    if indicator.unit == COUNT:
        return spc.u_chart([(float(one.top), 1.0) for one in sums]), "u"
    return spc.xmr_chart([one.value or 0.0 for one in sums]), "XmR"
