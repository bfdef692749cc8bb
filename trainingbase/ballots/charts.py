"""Released means over time, as a Plotly figure."""

from collections.abc import Sequence
from typing import Any

Figure = dict[str, Any]


def over_time(
    labels: Sequence[str],
    means: Sequence[float],
    errors: Sequence[float],
    *,
    lowest: float,
    highest: float,
    name: str,
) -> Figure:
    """One point a batch, with its standard error; `labels` are its days."""
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": list(labels),
                "y": list(means),
                "error_y": {"type": "data", "array": list(errors), "visible": True},
                "hovertemplate": "%{x}: %{y:.2f}<extra></extra>",
            }
        ],
        "layout": {
            "showlegend": False,
            "xaxis": {"type": "category"},
            "yaxis": {"range": [lowest, highest], "title": {"text": name}},
        },
    }
