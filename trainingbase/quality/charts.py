"""Rows in, Plotly figure out, as plain dicts (the browser draws them, and colours them for light,
dark and print).  Only bar, scatter and heatmap: the browser has a part of Plotly.

Parts of a bar differ by pattern as well as colour, so that they can be told apart without it.
"""

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any
from unicodedata import east_asian_width

from flask_babel import gettext as _

Figure = dict[str, Any]

ROW, ROOM = 30, 110
"""Height in pixels of a row of a lying chart, and of what stands around them."""
BAR = 0.45
"""The width of a bar among few, in months."""
WIDEST_LABEL = 22
"""In Latin letters; a Chinese character is as wide as two."""


def width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def short(label: str) -> str:
    """A label that leaves room for the chart on a phone."""
    if width(label) <= WIDEST_LABEL:
        return label
    while width(label) >= WIDEST_LABEL:
        label = label[:-1]
    return label.rstrip() + "…"


def wrapped(label: str) -> str:
    """In several lines, where it has blanks to break at."""
    return "<br>".join(wrap(label, width=17, break_long_words=False)) or label


def months_axis(months: Sequence[date]) -> Figure:
    """Months as categories, 2026-10: short, and the same in every language."""
    return {"type": "category", "tickangle": 0 if len(months) <= 6 else -45}


def month_labels(months: Sequence[date]) -> list[str]:
    return [f"{month:%Y-%m}" for month in months]


def standing(
    months: Sequence[date], parts: Sequence[tuple[str, str, Sequence[Any]]], unit: str
) -> Figure:
    """Bars by month, stacked.  `parts` are (name, pattern, one number a month)."""
    labels = month_labels(months)
    return {
        "data": [
            {
                "type": "bar",
                "name": name,
                "x": labels,
                "y": list(numbers),
                "width": BAR if len(months) <= 3 else None,
                "marker": {"pattern": {"shape": pattern}},
                "hovertemplate": "%{x}: %{y:,}<extra>" + name + "</extra>",
            }
            for name, pattern, numbers in parts
        ],
        "layout": {
            "barmode": "relative",
            "showlegend": True,
            "xaxis": months_axis(months),
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
        labels = [f"{short(label)} ({n})" for label, n in zip(labels, cases, strict=True)]
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
            "yaxis": _places_axis(labels if as_shares else [short(label) for label in labels]),
        },
    }


def _places_axis(labels: Sequence[str]) -> Figure:
    """By number, since two places may have the same short name."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
    }


def dots(
    labels: Sequence[str],
    means: Sequence[float | None],
    spreads: Sequence[float | None],
    highest: float,
) -> Figure:
    """Means with one standard deviation to either side, on the scale of the form."""
    where = list(range(len(labels)))
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "name": _("Mean ± standard deviation"),
                "x": list(means),
                "y": where,
                "customdata": list(labels),
                "marker": {"size": 11},
                "error_x": {"type": "data", "array": [one or 0 for one in spreads], "width": 4},
                "hovertemplate": "%{customdata}: %{x:.2f}<extra></extra>",
            }
        ],
        "layout": {
            "showlegend": False,
            "height": ROOM + 52 * len(labels),
            "xaxis": {
                "title": {"text": _("Score")},
                "range": [0.5, highest + 0.5],
                "dtick": 2,
                "tick0": 1,
                "tickangle": 0,
            },
            "yaxis": _places_axis([wrapped(label) for label in labels]),
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
            "yaxis": _places_axis([short(label) for label in labels]),
        },
    }
