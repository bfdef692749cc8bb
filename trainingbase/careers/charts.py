"""Curves of staying as a Plotly figure, as plain dicts, with the numbers at risk beneath."""

from collections.abc import Sequence
from typing import Any

from trainingbase.psychometrics.survival import Curve

Figure = dict[str, Any]
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
"""So that curves can be told apart without colour."""
TICK = 6
MOST_BANDS = 2
"""More intervals than that hide each other; they stand in the table."""


def ticks(curves: Sequence[Curve]) -> list[int]:
    """Every six months until the last known time."""
    last = max((one.last for one in curves), default=0.0)
    return list(range(0, int(last) + TICK, TICK))


def steps_of(one: Curve) -> tuple[list[float], list[float], list[float], list[float]]:
    """Times, shares, and the two ends of the interval; the last one repeats at the end."""
    times, share, low, high = [0.0], [100.0], [100.0], [100.0]
    for step in one.steps:
        times.append(step.time)
        share.append(step.share * 100)
        low.append((step.low if step.low is not None else step.share) * 100)
        high.append((step.high if step.high is not None else step.share) * 100)
    for values in (share, low, high):
        values.append(values[-1])
    return [round(t, 2) for t in (*times, one.last)], share, low, high


def staying(
    named: Sequence[tuple[str, Curve]], *, months: str, per_cent: str, interval: str
) -> Figure:
    data: list[Figure] = []
    for number, (name, one) in enumerate(named):
        times, share, low, high = steps_of(one)
        if len(named) <= MOST_BANDS:
            data += _band(times, low, high, interval)
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": times,
                "y": share,
                "line": {"shape": "hv", "dash": DASHES[number % len(DASHES)], "width": 2.5},
                "hovertemplate": "%{x:.1f}: %{y:.0f} %<extra>" + name + "</extra>",
            }
        )
    return {
        "data": data,
        "layout": {
            "showlegend": len(named) > 1,
            "legend": {"orientation": "h", "y": -0.25},
            "height": 380,
            "xaxis": {
                "title": {"text": months},
                "rangemode": "tozero",
                "tickvals": ticks([one for _name, one in named]),
            },
            "yaxis": {"title": {"text": per_cent}, "range": [0, 104], "ticksuffix": " %"},
        },
    }


def _band(times, low, high, interval: str) -> list[Figure]:
    edge = {"shape": "hv", "width": 1, "dash": "dot"}
    common = {
        "type": "scatter", "mode": "lines", "x": times, "line": edge, "showlegend": False,
        "hovertemplate": "%{x:.1f}: %{y:.0f} %<extra>" + interval + "</extra>", "opacity": 0.5,
    }  # fmt: skip
    return [{**common, "y": low, "name": interval}, {**common, "y": high, "name": interval}]


def at_risk(
    named: Sequence[tuple[str, Curve]],
) -> tuple[list[int], list[tuple[str, list[int]]]]:
    """The times, and of each curve who is still known of and there just before each."""
    times = ticks([one for _name, one in named])
    return times, [(name, [one.at_risk(time) for time in times]) for name, one in named]
