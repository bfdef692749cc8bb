"""Labels and axes that fit a phone."""

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Any
from unicodedata import east_asian_width

Figure = dict[str, Any]

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


def months_axis(months: Sequence) -> Figure:
    """Months as categories, 2026-10: short, and the same in every language."""
    return {"type": "category", "tickangle": 0 if len(months) <= 6 else -45}


def month_labels(months: Sequence[date]) -> list[str]:
    return [f"{month:%Y-%m}" for month in months]


def places_axis(labels: Sequence[str]) -> Figure:
    """By number, since two places may have the same short name."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
    }
