"""How wide the columns of a table stand, from what is written in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

NARROWEST, WIDEST = 4.0, 36.0
WIDEST_LABEL = 24.0
USUAL = 0.9  # a column is as wide as nine in ten of its cells need
NUMBER = re.compile(r"[-+−]?\d[\d,]*(\.\d+)?( ?%)?")


def shares(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Shares of the width, one a column: what its longest usual cell and its head need."""
    found = []
    for column, title in enumerate(head):
        lengths = sorted(length(row[column]) for row in rows)
        usual = lengths[int((len(lengths) - 1) * USUAL)] if lengths else 0
        found.append(min(max(usual, length(title), NARROWEST), WIDEST))
    return found


def label_width(pairs: Sequence[Sequence[str]]) -> float:
    """The width of the longest label, in letters."""
    return min(max((length(label) for label, _ in pairs), default=0), WIDEST_LABEL)


def length(text: str) -> float:
    """The width of the longest line in letters of the Latin script; a Chinese one counts two."""
    return max(
        (
            sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)
            for line in text.split("\n")
        ),
        default=0,
    )


def numeric_columns(rows: Sequence[Sequence[str]], columns: int) -> list[bool]:
    """Which columns hold numbers only (and at least one)."""
    return [
        any(row[column] for row in rows)
        and all(NUMBER.fullmatch(row[column]) for row in rows if row[column])
        for column in range(columns)
    ]
