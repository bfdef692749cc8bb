"""The fourteen indicators of the community, from `dimensions.csv`.

Names and dimensions are those of the monitoring list; which number is asked of whom, and what
training adds (`link`), is this portal's reading of it.
"""

import csv
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert, select

from trainingbase.community.models import Dimension
from trainingbase.db import db

FILE = Path(__file__).with_name("dimensions.csv")


def put_dimensions() -> None:
    """Add what is missing; the caller commits."""
    have = set(db.session.scalars(select(Dimension.number)))
    new = [row for row in _rows() if row["number"] not in have]
    if new:
        db.session.execute(insert(Dimension), new)


def _rows() -> list[dict]:
    with FILE.open(encoding="utf-8", newline="") as source:
        rows = [
            {key: value or None for key, value in one.items()} for one in csv.DictReader(source)
        ]
    return [
        one
        | {
            "number": int(one["number"] or 0),
            "times": Decimal(one["times"] or 1),
            "unit": one["unit"] or "",
            "in_use": True,
            "version": 1,
        }
        for one in rows
    ]
