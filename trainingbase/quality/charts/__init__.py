"""Rows in, Plotly figure out, as plain dicts (the browser draws them, and colours them for light,
dark and print).  Only bar, scatter and heatmap: the browser has a part of Plotly."""

from trainingbase.quality.charts.bars import lying, parts, shades, standing
from trainingbase.quality.charts.comparing import beside, curves, funnel, together
from trainingbase.quality.charts.labels import month_labels
from trainingbase.quality.charts.lines import control, dots, line

__all__ = [
    "beside",
    "control",
    "curves",
    "dots",
    "funnel",
    "line",
    "lying",
    "month_labels",
    "parts",
    "shades",
    "standing",
    "together",
]
