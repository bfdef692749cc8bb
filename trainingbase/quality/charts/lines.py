"""Lines, points and curves, each with how far chance may move it."""

from collections.abc import Sequence
from math import isfinite

from flask_babel import gettext as _

from trainingbase.quality.charts.labels import Figure, months_axis, places_axis, wrapped
from trainingbase.quality.rules.intervals import Interval
from trainingbase.quality.rules.spc import Point

ROOM = 110
"""Height in pixels of what stands around the rows."""


def line(
    labels: Sequence[str],
    values: Sequence[float | None],
    ranges: Sequence[Interval | None],
    unit: str,
    target: float | None,
) -> Figure:
    """Values month by month, each with its interval, and the target as a broken line."""
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": unit,
            "x": list(labels),
            "y": list(values),
            "error_y": errors(values, ranges),
            "marker": {"size": 8},
            "hovertemplate": "%{x}: %{y:,}<extra></extra>",
        }
    ]
    if target is not None:
        data.append(level(labels, target, _("Target"), "dash"))
    return {
        "data": data,
        "layout": {
            "showlegend": target is not None,
            "xaxis": months_axis(labels),
            "yaxis": {"title": {"text": unit}, "tickformat": ","},
        },
    }


def errors(values: Sequence[float | None], ranges: Sequence[Interval | None]) -> Figure:
    pairs = [
        (0.0, 0.0) if one is None or value is None else (one.high - value, value - one.low)
        for value, one in zip(values, ranges, strict=True)
    ]
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, round(up, 3)) for up, _down in pairs],
        "arrayminus": [max(0.0, round(down, 3)) for _up, down in pairs],
        "width": 4,
        "visible": any(up or down for up, down in pairs),
    }


def level(labels: Sequence, value: float, name: str, dash: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": list(labels),
        "y": [value] * len(labels),
        "line": {"dash": dash, "width": 2},
        "hovertemplate": name + ": %{y:,.2f}<extra></extra>",
    }


def control(labels: Sequence[str], points: Sequence[Point], unit: str) -> Figure:
    """Values, the middle, the limits where they are finite, and crosses where a rule fired."""
    fired = [(month, one.value) for month, one in zip(labels, points, strict=True) if one.fired]
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": _("Value"),
            "x": list(labels),
            "y": [round(one.value, 2) for one in points],
            "marker": {"size": 8},
            "hovertemplate": "%{x}: %{y:,.2f}<extra></extra>",
        },
        level(labels, round(points[0].middle, 2), _("Middle"), "solid"),
    ]
    for name, values in (
        (_("Lower limit"), [one.low for one in points]),
        (_("Upper limit"), [one.high for one in points]),
    ):
        if all(isfinite(one) for one in values):
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": name,
                    "x": list(labels),
                    "y": [round(one, 2) for one in values],
                    "line": {"dash": "dot", "shape": "hvh", "width": 2},
                    "hovertemplate": name + ": %{y:,.2f}<extra></extra>",
                }
            )
    if fired:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": _("More than chance"),
                "x": [month for month, _value in fired],
                "y": [round(value, 2) for _month, value in fired],
                "marker": {"size": 15, "symbol": "x-open", "line": {"width": 3}},
                "hovertemplate": "%{x}: %{y:,.2f}<extra></extra>",
            }
        )
    return {
        "data": data,
        "layout": {
            "showlegend": True,
            "xaxis": months_axis(labels),
            "yaxis": {"title": {"text": unit}, "tickformat": ","},
        },
    }


def dots(
    labels: Sequence[str],
    values: Sequence[float | None],
    ranges: Sequence[Interval | None],
    unit: str,
    target: float | None,
    *,
    line: str = "",
) -> Figure:
    """Values with their intervals, the target as a line across; `line` is what it is called where
    it is something else."""
    where = list(range(len(labels)))
    data = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": _("Value with its interval"),
            "x": list(values),
            "y": where,
            "customdata": list(labels),
            "marker": {"size": 11},
            "error_x": errors(values, ranges),
            "hovertemplate": "%{customdata}: %{x:.2f}<extra></extra>",
        }
    ]
    if target is not None:
        across = level([target, target], 0, line or _("Target"), "dash")
        across["y"], across["hoverinfo"] = [-0.5, len(labels) - 0.5], "skip"
        del across["hovertemplate"]
        data.append(across)
    return {
        "data": data,
        "layout": {
            "showlegend": target is not None,
            "height": ROOM + 52 * len(labels),
            "xaxis": {"title": {"text": unit}, "tickangle": 0},
            "yaxis": places_axis([wrapped(label) for label in labels]),
        },
    }
