"""Figures of examinations: rows in, Plotly out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from trainingbase.exams.rules.results import BORDERLINE
from trainingbase.exams.words import RATINGS

if TYPE_CHECKING:
    from trainingbase.psychometrics.standards import BorderlineRegression


def regression(
    pairs: Sequence[tuple[int, float]], found: BorderlineRegression | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Overall rating against score in percent, with the line and the cut; figure and numbers."""
    marks = {
        "type": "scatter",
        "mode": "markers",
        "name": _("Marks"),
        "x": [rating + 0.12 * ((number % 5) - 2) / 2 for number, (rating, _s) in enumerate(pairs)],
        "y": [score for _rating, score in pairs],
        "hovertemplate": "%{y:.1f} %<extra></extra>",
        "marker": {"size": 8, "opacity": 0.7},
    }
    data: list[dict[str, Any]] = [marks]
    if found is not None:
        data += _line(found)
    figure = {
        "data": data,
        "layout": {
            "xaxis": {
                "title": {"text": _("Overall rating")},
                "tickvals": list(RATINGS),
                "ticktext": [str(words) for words in RATINGS.values()],
                "range": [0.5, 5.5],
            },
            "yaxis": {"title": {"text": _("Score in percent")}, "range": [0, 105]},
        },
    }
    return figure, _numbers(pairs)


def _line(found: BorderlineRegression) -> list[dict[str, Any]]:
    ends = [1, 5]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": _("Regression"),
            "x": ends,
            "y": [found.intercept + found.slope * one for one in ends],
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": _("Pass mark"),
            "x": [BORDERLINE],
            "y": [found.cut],
            "error_y": {"type": "data", "array": [found.standard_error], "visible": True},
            "marker": {"size": 13, "symbol": "diamond"},
            "hovertemplate": "%{y:.1f} %<extra></extra>",
        },
    ]


def _numbers(pairs: Sequence[tuple[int, float]]) -> dict[str, Any]:
    rows = []
    for rating, words in RATINGS.items():
        given = [score for one, score in pairs if one == rating]
        mean = round(sum(given) / len(given), 1) if given else None
        low, high = (round(min(given), 1), round(max(given), 1)) if given else (None, None)
        rows.append([str(words), len(given), mean, low, high])
    return {
        "columns": [_("Overall rating"), _("Marks"), _("Mean score"), _("Lowest"), _("Highest")],
        "rows": rows,
    }
