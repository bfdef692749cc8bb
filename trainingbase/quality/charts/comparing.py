"""Charts that hold one against others: funnels, shares beside those of the province, curves."""

from collections.abc import Sequence

from flask_babel import gettext as _

from trainingbase.quality.charts.labels import Figure
from trainingbase.quality.charts.lines import errors, level
from trainingbase.quality.rules.intervals import Interval, binomial_limits


def funnel(
    labels: Sequence[str],
    cases: Sequence[tuple[int, float]],
    share: float,
    tails: Sequence[float],
) -> Figure:
    """Shares in percent by the number of cases, and the limits of chance around the whole."""
    most = max(n for n, _value in cases)
    steps = sorted({max(1, round(most * step / 40)) for step in range(1, 43)})
    data = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": _("One each"),
            "x": [n for n, _value in cases],
            "y": [value for _n, value in cases],
            "customdata": list(labels),
            "marker": {"size": 11},
            "hovertemplate": "%{customdata}: %{y:.1f} % (n=%{x})<extra></extra>",
        },
        level(steps, round(100 * share, 1), _("The whole base"), "solid"),
    ]
    for tail, dash in zip(tails, ("dash", "dot"), strict=True):
        limits = [binomial_limits(share, n, tail) for n in steps]
        chance = _("%(share)s of 1,000 lie outside by chance", share=round(2000 * tail))
        for side in (0, 1):
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": chance,
                    "showlegend": side == 0,
                    "legendgroup": dash,
                    "x": steps,
                    "y": [round(one[side], 1) for one in limits],
                    "line": {"dash": dash, "width": 1.5},
                    "hoverinfo": "skip",
                }
            )
    return {
        "data": data,
        "layout": {
            "showlegend": True,
            "height": 420,
            "xaxis": {"title": {"text": _("Cases")}, "rangemode": "tozero"},
            "yaxis": {"title": {"text": "%"}, "range": [-3, 103]},
        },
    }


def beside(
    labels: Sequence[str],
    ours: Sequence[float | None],
    ranges: Sequence[Interval | None],
    theirs: Sequence[float | None],
) -> Figure:
    """Our shares with their intervals beside those of the province."""
    return {
        "data": [
            {
                "type": "bar",
                "name": _("This base"),
                "x": list(labels),
                "y": list(ours),
                "error_y": errors(ours, ranges),
                "hovertemplate": "%{x}: %{y:.1f} %<extra></extra>",
            },
            {
                "type": "bar",
                "name": _("Province"),
                "x": list(labels),
                "y": list(theirs),
                "marker": {"pattern": {"shape": "/"}},
                "hovertemplate": "%{x}: %{y:.1f} %<extra></extra>",
            },
        ],
        "layout": {
            "barmode": "group",
            "showlegend": True,
            "xaxis": {"type": "category"},
            "yaxis": {"title": {"text": "%"}, "range": [0, 105]},
        },
    }


def curves(named: Sequence[tuple[str, Sequence[tuple[float, float]]]]) -> Figure:
    """Lorenz curves, and the line of evenness."""
    dashes = ("solid", "dash", "dot", "dashdot", "longdash")
    even = {
        "type": "scatter",
        "mode": "lines",
        "name": _("Even"),
        "x": [0, 100],
        "y": [0, 100],
        "line": {"width": 1},
        "hoverinfo": "skip",
    }
    return {
        "data": [
            even,
            *(
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": name,
                    "x": [round(100 * x, 1) for x, _y in points],
                    "y": [round(100 * y, 1) for _x, y in points],
                    "line": {"dash": dashes[n % len(dashes)], "width": 2},
                    "hovertemplate": "%{x:.0f} %: %{y:.0f} %<extra>" + name + "</extra>",
                }
                for n, (name, points) in enumerate(named)
            ),
        ],
        "layout": {
            "showlegend": True,
            "height": 420,
            "xaxis": {"title": {"text": _("Share of the sites in per cent")}, "range": [0, 100]},
            "yaxis": {"title": {"text": _("Share of all in per cent")}, "range": [0, 101]},
        },
    }


def together(
    labels: Sequence[str], named: Sequence[tuple[str, Sequence[float | None]]], unit: str
) -> Figure:
    """Several series month by month, each with a dash and a symbol of its own."""
    dashes = ("solid", "dash", "dot", "dashdot")
    symbols = ("circle", "square", "diamond", "cross", "x", "triangle-up", "star", "hexagon")
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": list(labels),
                "y": list(values),
                "line": {"dash": dashes[n % len(dashes)]},
                "marker": {"symbol": symbols[n % len(symbols)], "size": 8},
                "hovertemplate": "%{x}: %{y:,}<extra>" + name + "</extra>",
            }
            for n, (name, values) in enumerate(named)
        ],
        "layout": {
            "showlegend": len(named) > 1,
            "height": 420,
            "xaxis": {"type": "category", "tickangle": 0 if len(labels) <= 6 else -45},
            "yaxis": {"title": {"text": unit}, "tickformat": ","},
        },
    }
