"""The official score sheets of teaching activities, as they were read: `score_sheets.csv`.

Item texts are shortened from the forms; points are theirs, and each sheet's add up to 100.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from pathlib import Path

FILE = Path(__file__).with_name("score_sheets.csv")


@dataclass(frozen=True)
class Item:
    """`points` is the most it gives."""

    code: str
    section: str
    section_en: str
    name: str
    name_en: str
    points: Decimal


@dataclass(frozen=True)
class Sheet:
    code: str
    edition: str
    name: str
    name_en: str
    source: str
    items: tuple[Item, ...]

    @property
    def highest(self) -> Decimal:
        return sum((one.points for one in self.items), Decimal(0))

    @property
    def sections(self) -> list[tuple[Item, list[Item]]]:
        """The items of each section, after one of them that names it."""
        parts = [list(items) for _name, items in groupby(self.items, lambda one: one.section)]
        return [(items[0], items) for items in parts]


@lru_cache
def sheets() -> dict[tuple[str, str], Sheet]:
    """By code and edition."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for (code, edition), lines in groupby(rows, lambda row: (row["sheet"], row["edition"])):
        items = list(lines)
        found[code, edition] = Sheet(
            code=code,
            edition=edition,
            name=items[0]["name"],
            name_en=items[0]["name_en"],
            source=items[0]["source"],
            items=tuple(_item(row) for row in items),
        )
    return found


def _item(row: dict[str, str]) -> Item:
    return Item(
        code=row["code"],
        section=row["section"],
        section_en=row["section_en"],
        name=row["item"],
        name_en=row["item_en"],
        points=Decimal(row["points"]),
    )


def sheet_of(code: str, edition: str) -> Sheet | None:
    return sheets().get((code, edition))


def newest() -> dict[str, Sheet]:
    """The latest edition of each, by code."""
    return {code: sheet for (code, _edition), sheet in sorted(sheets().items())}
