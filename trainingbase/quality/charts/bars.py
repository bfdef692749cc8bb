"""Bars and shades.  Parts of a bar differ by pattern as well as colour, so that they can be told
apart without it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from trainingbase.quality.charts.labels import (
    Figure,
    month_labels,
    months_axis,
    places_axis,
    short,
)

PATTERNS = ("", "/", "x", ".", "-", "\\", "|", "+")
ROW, ROOM = 30, 110
"""Height in pixels of a row of a lying chart, and of what stands around them."""
BAR = 0.45
"""The width of a bar among few, in months."""


def parts(
    names: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]
) -> list[tuple[str, str, list[float]]]:
    """(name, pattern, one number a group) of each part; one that never occurs is not drawn, and
    keeps its pattern for when it does."""
    drawn = [
        (str(label), PATTERNS[n % len(PATTERNS)], [float(one.get(key, 0)) for one in groups])
        for n, (key, label) in enumerate(names.items())
    ]
    return [one for one in drawn if any(one[2])]


def standing(
    labels: Sequence[str], parts: Sequence[tuple[str, str, Sequence[Any]]], unit: str
) -> Figure:
    """Bars by month, stacked.  `parts` are (name, pattern, one number a month)."""
    return {
        "data": [
            {
                "type": "bar",
                "name": name,
                "x": list(labels),
                "y": list(numbers),
                "width": BAR if len(labels) <= 3 else None,
                "marker": {"pattern": {"shape": pattern}},
                "hovertemplate": "%{x}: %{y:,}<extra>" + name + "</extra>",
            }
            for name, pattern, numbers in parts
        ],
        "layout": {
            "barmode": "relative",
            "showlegend": True,
            "xaxis": months_axis(labels),
            "yaxis": {"title": {"text": unit}, "rangemode": "tozero", "tickformat": ","},
        },
    }


def lying(
    labels: Sequence[str],
    parts: Sequence[tuple[str, str, Sequence[Any]]],
    unit: str,
    *,
    as_shares: bool = False,
) -> Figure:
    """Bars by place, stacked, the first on top; `as_shares` makes each bar 100 percent long and
    puts its number of cases beside its name."""
    where = list(range(len(labels)))
    if as_shares:
        cases = [sum(numbers) for numbers in zip(*(part[2] for part in parts), strict=True)]
        labels = [f"{short(label)} ({n:g})" for label, n in zip(labels, cases, strict=True)]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": name,
                "y": where,
                "x": list(numbers),
                "customdata": list(labels),
                "marker": {"pattern": {"shape": pattern}},
                "hovertemplate": "%{customdata}: %{x:,}<extra>" + name + "</extra>",
            }
            for name, pattern, numbers in parts
        ],
        "layout": {
            "barmode": "stack",
            "barnorm": "percent" if as_shares else "",
            "showlegend": True,
            "legend": {"traceorder": "normal"},
            "height": ROOM + ROW * len(labels),
            "xaxis": {
                "title": {"text": _("%(unit)s, %%", unit=unit) if as_shares else unit},
                "rangemode": "tozero",
            },
            "yaxis": places_axis(labels if as_shares else [short(label) for label in labels]),
        },
    }


def shades(
    labels: Sequence[str],
    months: Sequence[date],
    shares: Sequence[Sequence[float | None]],
    texts: Sequence[Sequence[str]],
) -> Figure:
    """One cell for each place and month, dark where it is full.  `shares` are percent; a cell
    without places is empty."""
    return {
        "data": [
            {
                "type": "heatmap",
                "x": month_labels(months),
                "y": list(range(len(labels))),
                "z": [list(row) for row in shares],
                "text": [list(row) for row in texts],
                "customdata": [[label] * len(months) for label in labels],
                "texttemplate": "%{text}" if len(months) <= 6 else "",
                "zmin": 0,
                "zmax": 100,
                "showscale": False,  # a colour bar writes inline styles, and the cells say it
                "hoverongaps": False,
                "hovertemplate": "%{customdata}, %{x}: %{text} (%{z:.0f} %)<extra></extra>",
            }
        ],
        "layout": {
            "height": ROOM + 24 * len(labels),
            "xaxis": {"type": "category", "tickangle": -90, "side": "top"},
            "yaxis": places_axis([short(label) for label in labels]),
        },
    }
