"""The official forms, from `instruments/*.csv`: an index, and one file of items for each.

Every item keeps the source it was read in and how surely: H in the source itself, M its
existence (type, scale or options are a reading), S a choice of this portal.  Left out are what the
portal knows of the placement (name, department, dates), what signing in stands for (signatures),
and items whose options or scale no source gives (complexity, satisfaction).
"""

import csv
import json
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from trainingbase.assessments.models import Instrument, Item
from trainingbase.db import db

FOLDER = Path(__file__).parent / "instruments"


def put_instruments() -> None:
    """Add the forms and versions that are missing; the caller commits.  An earlier version of a
    form that comes anew goes out of use."""
    have = {
        (instrument.code, instrument.version): instrument
        for instrument in db.session.scalars(select(Instrument))
    }
    for row in _rows("index"):
        if (row["code"], row["version"]) in have:
            continue
        for (code, _version), earlier in have.items():
            if code == row["code"]:
                earlier.is_in_use = False
        db.session.add(_instrument(row, _rows(row["code"])))
    db.session.flush()


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _instrument(row: dict[str, str], items: list[dict[str, str]]) -> Instrument:
    return Instrument(
        code=row["code"],
        version=row["version"],
        name=row["name"],
        name_en=row["name_en"],
        assessor=row["assessor"],
        source=row["source"],
        confidence=row["confidence"],
        pass_rules=json.loads(row["pass_rules"]) if row["pass_rules"] else None,
        items=[_item(position, item) for position, item in enumerate(items)],
    )


def _item(position: int, row: dict[str, str]) -> Item:
    return Item(
        position=position,
        code=row["code"],
        section=row["section"] or None,
        section_en=row["section_en"] or None,
        name=row["name"],
        name_en=row["name_en"],
        kind=row["kind"],
        lowest=_number(row["lowest"]),
        highest=_number(row["highest"]),
        points=_number(row["points"]),
        is_required=row["required"] == "Y",
        may_be_unobserved=row["may_be_unobserved"] == "Y",
        options=_named(row["options"]),
        anchors=_banded(row["anchors"]),
        competency=row["competency"] or None,
        known_as=row["known_as"] or None,
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _named(text: str) -> list[list] | None:
    """`1 病房|Ward;2 门诊|Clinic` as `[[1, 病房, Ward], …]`."""
    return [
        [int(value), *names.split("|")]
        for value, _blank, names in (part.partition(" ") for part in text.split(";") if part)
    ] or None


def _banded(text: str) -> list[list] | None:
    """`1-3 有待加强|Needs improvement` as `[[1, 3, 有待加强, Needs improvement]]`."""
    bands = []
    for part in filter(None, text.split(";")):
        span, _blank, names = part.partition(" ")
        bands.append([*map(int, span.split("-")), *names.split("|")])
    return bands or None
