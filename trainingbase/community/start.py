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
    rows = _rows()
    new = [row for row in rows if row["number"] not in have]
    if new:
        db.session.execute(insert(Dimension), new)
    else:
        _say_what_is_counted({row["number"]: row for row in rows})


def _say_what_is_counted(rows: dict[int, dict]) -> None:
    """Where nobody has said it, nor changed anything else."""
    silent = select(Dimension).where(Dimension.version == 1, Dimension.counted.is_(None))
    for one in db.session.scalars(silent):
        for name in ("counted", "counted_en", "beside", "beside_en"):
            setattr(one, name, rows[one.number][name] if one.number in rows else None)


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
