"""Content in, Plotly figure out, as plain dicts: radar, timeline, cumulative sum.

The browser has the part of Plotly with straight axes only, so the radar is drawn on them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from trainingbase.i18n import language
from trainingbase.judging.words import competency

if TYPE_CHECKING:
    from trainingbase.judging.queries.following import Chart

Figure = dict[str, Any]
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "star")
_DAYS = {"zh": {"tickformat": "%-m月%-d日\n%Y年"}}
"""How days stand below a chart, where Plotly's own words for it ("十 18") are not the reader's."""
RINGS = (25, 50, 75, 100)
HALF_A_PHONE, INWARDS = 155, 48
"""Pixels: half of the drawing on a phone, and how far a label at a side may run inwards."""


def shared_scale(rated: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The competencies rated on the scale that has most forms: only these can be compared."""
    forms: dict[tuple, int] = {}
    for one in rated:
        forms[tuple(one["scale"])] = forms.get(tuple(one["scale"]), 0) + one["forms"]
    if not forms:
        return []
    most = max(forms, key=lambda scale: forms[scale])
    return [one for one in rated if tuple(one["scale"]) == most]


def percent(one: Mapping[str, Any], value: str | None) -> float | None:
    """Where a value lies between the ends of its scale."""
    if value is None:
        return None
    lowest, highest = float(one["scale"][1]), float(one["scale"][2])
    return round(100 * (float(value) - lowest) / (highest - lowest), 1)


def radar(rated: Sequence[Mapping[str, Any]]) -> Figure | None:
    """Of three competencies or more that have a mean; raw, and freed of who judged."""
    shown = [one for one in shared_scale(rated) if one["mean"] is not None]
    if len(shown) < 3:
        return None
    labels = [competency(one["code"]) for one in shown]
    parts = [
        _polygon(_("Mean"), labels, [percent(one, one["mean"]) for one in shown], "solid"),
    ]
    if all(one["adjusted"] is not None for one in shown):
        freed = [percent(one, one["adjusted"]) for one in shown]
        parts.append(_polygon(_("Freed of who judged"), labels, freed, "dash"))
    return {
        "data": [*_web(len(shown)), *parts],
        "layout": {
            "height": 420,
            "showlegend": True,
            "xaxis": {"visible": False, "range": [-_edge(labels), _edge(labels)]},
            "yaxis": {"visible": False, "range": [-135, 135], "scaleanchor": "x"},
            "annotations": _corners(labels),
        },
    }


def _at(n: int, of: int, radius: float) -> tuple[float, float]:
    angle = pi / 2 - 2 * pi * n / of
    return round(radius * cos(angle), 2), round(radius * sin(angle), 2)


def _web(of: int) -> list[Figure]:
    """Rings at the quarters of the scale, and spokes."""
    made = []
    for ring in RINGS:
        points = [_at(n % of, of, ring) for n in range(of + 1)]
        made.append(_thin([x for x, _y in points], [y for _x, y in points]))
    for n in range(of):
        x, y = _at(n, of, 100)
        made.append(_thin([0, x], [0, y]))
    return made


def _thin(x: list[float], y: list[float]) -> Figure:
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "showlegend": False, "line": {"width": 1, "color": "#888"}, "opacity": 0.45,
    }  # fmt: skip


def _polygon(name: str, labels: Sequence[str], values: Sequence[float], dash: str) -> Figure:
    of = len(values)
    points = [_at(n % of, of, values[n % of]) for n in range(of + 1)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": [x for x, _y in points],
        "y": [y for _x, y in points],
        "customdata": [[labels[n % of], values[n % of]] for n in range(of + 1)],
        "line": {"dash": dash, "width": 2},
        "hovertemplate": "%{customdata[0]}: %{customdata[1]:.0f} %<extra>" + name + "</extra>",
    }


def _corners(labels: Sequence[str]) -> list[Figure]:
    """At the sides labels begin at the edge and run inwards, above or below their corner, so that
    a phone shows all of them and leaves the width to the web."""
    made, edge = [], _edge(labels)
    for n, label in enumerate(labels):
        x, y = _at(n, len(labels), 100)
        up = y > -1
        side = "center" if abs(x) < 20 else "right" if x > 0 else "left"
        made.append(
            {
                "x": 0 if side == "center" else edge if x > 0 else -edge,
                "y": y + (6 if up else -6),
                "text": label if side == "center" else "<br>".join(_broken(label)),
                "align": side,
                "showarrow": False,
                "xanchor": side,
                "yanchor": "bottom" if up else "top",
                "font": {"size": 12},
            }
        )
    return made


def _edge(labels: Sequence[str]) -> float:
    """How far from the middle the drawing ends, on the scale on which the web ends at 100."""
    lines = [line for label in labels for line in _broken(label)]
    longest = max(len(line) * (7 if line.isascii() else 12) for line in lines)
    return max(122, round(100 * HALF_A_PHONE / max(60, HALF_A_PHONE + INWARDS - longest)))


def _broken(label: str) -> list[str]:
    """In lines short enough for a phone."""
    if label.isascii():
        return label.split(" ") if len(label) > 16 else [label]
    return [label[at : at + 5] for at in range(0, len(label), 5)]


def timeline(rated: Sequence[Mapping[str, Any]], addresses: Mapping[int, str]) -> Figure | None:
    """Each form a point; `addresses` are of the forms, by submission, for the table beside."""
    shown = shared_scale(rated)
    if not shown:
        return None
    lowest, highest = float(shown[0]["scale"][1]), float(shown[0]["scale"][2])
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": competency(one["code"]),
                "x": [day for _form, day, _mean in one["points"]],
                "y": [float(mean) for _form, _day, mean in one["points"]],
                "customdata": [addresses.get(form, "") for form, _day, _mean in one["points"]],
                "marker": {"symbol": SYMBOLS[n % len(SYMBOLS)], "size": 9},
                "line": {"width": 1},
                "hovertemplate": "%{x|%Y-%m-%d}: %{y:.2f}<extra>"
                + competency(one["code"])
                + "</extra>",
            }
            for n, one in enumerate(shown)
        ],
        "layout": {
            "showlegend": True,
            "height": 420,
            "xaxis": {"type": "date", **_DAYS.get(language(), {})},
            "yaxis": {"title": {"text": _("Score")}, "range": [lowest - 0.3, highest + 0.3]},
        },
    }


def cusum(chart: "Chart") -> Figure | None:
    """The sum after each result, and its limit."""
    if chart.sums is None:
        return None
    days: list[date] = [one.observed_on for one in chart.values]
    labels = [f"{n + 1}" for n in range(len(days))]
    sums = [round(chart.sum_at(n), 3) for n in range(len(days))]
    limit = chart.sums.h
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines+markers", "name": _("Cumulative sum"),
                "x": labels, "y": sums,
                "customdata": [[day.isoformat(), one.value]
                               for day, one in zip(days, chart.values, strict=True)],
                "marker": {
                    "size": 9,
                    "symbol": ["x" if value > limit else "circle" for value in sums],
                },
                "hovertemplate": "%{customdata[0]} (%{customdata[1]:.2f}): %{y:.2f}<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines", "name": _("Limit"), "x": labels,
                "y": [limit] * len(labels), "line": {"dash": "dash", "width": 2},
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            "showlegend": True,
            "xaxis": {"type": "category", "title": {"text": _("Results in order")}},
            "yaxis": {
                "title": {"text": _("Standard deviations")},
                "range": [0, max([limit, *sums]) * 1.15],
            },
        },
    }  # fmt: skip
