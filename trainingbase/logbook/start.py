"""The kinds of work a new base starts with, and their fields; each base changes them as it likes.

`kinds.csv` and `fields.csv` hold them.  The names of what is recorded at primary sites are those of
the official platforms' forms; "Base" marks a choice of this portal, as all ranges are: they find
slips of typing, and judge no patient.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert, select

from trainingbase.db import db
from trainingbase.logbook.models import Field, Kind

HERE = Path(__file__).parent


def put_kinds() -> None:
    """Add what is missing, with its fields; the caller commits."""
    have = set(db.session.scalars(select(Kind.code)))
    new = [row for row in _kinds() if row["code"] not in have]
    if not new:
        return
    db.session.execute(insert(Kind), new)
    ids = dict(db.session.execute(select(Kind.code, Kind.id)).all())
    codes = {row["code"] for row in new}
    db.session.execute(
        insert(Field),
        [row | {"kind_id": ids[code]} for code, row in _fields() if code in codes],
    )


def _kinds() -> Iterator[dict]:
    for position, row in enumerate(_rows("kinds.csv")):
        yield row | {
            "position": position,
            "by_day": bool(row["by_day"]),
            "unit": row["unit"] or None,
            "unit_en": row["unit_en"] or None,
            "most": int(row["most"]) if row["most"] else None,
            "primary_only": bool(row["primary_only"]),
            "in_use": True,
            "version": 1,
        }


def _fields() -> Iterator[tuple[str, dict]]:
    for position, row in enumerate(_rows("fields.csv")):
        code = row.pop("kind")
        yield (
            code,
            row
            | {
                "position": position,
                "unit": row["unit"] or None,
                "least": Decimal(row["least"]) if row["least"] else None,
                "most": Decimal(row["most"]) if row["most"] else None,
                "decimals": int(row["decimals"] or 0),
                "choices": [one.split(":") for one in row["choices"].split("|") if one],
                "required": bool(row["required"]),
                "in_use": True,
                "version": 1,
            },
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)
