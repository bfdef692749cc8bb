"""The forms that come with the portal, from `data/*.csv` (an index, and one file of items for
each) and from the frameworks.

Every item keeps the source it was read in and how surely: H in the source itself, M its
existence (type, scale or options are a reading), S a choice of this portal, L where the source
gives no item at all.  Left out are what the portal knows of the placement (name, department,
dates), what signing in stands for, and whatever would name a patient.  `missing` marks what no
source gives: such a line asks nothing, and its form is not in use, until a base has defined it.
"""

import csv
import json
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from trainingbase import clock
from trainingbase.db import db
from trainingbase.instruments.from_frameworks import forms_of_frameworks
from trainingbase.instruments.models import Instrument, Item

FOLDER = Path(__file__).parent / "data"


def put_instruments() -> None:
    """Add the forms and versions that are missing; the caller commits.  An earlier version of a
    form that comes anew goes out of use; a version of the base's own stays, and the new one then
    waits until the office puts it in use."""
    have = list(db.session.scalars(select(Instrument)))
    known = {(one.code, one.version) for one in have}
    own = {one.code for one in have if one.origin == "base" and one.is_in_use}
    for made in shipped():
        if (made.code, made.version) in known:
            continue
        if made.code in own:
            made.is_in_use = False
        if made.is_in_use:
            made.published_at = clock.now()
            for earlier in have:
                if earlier.code == made.code and earlier.is_in_use:
                    earlier.is_in_use = False
                    earlier.published_at = earlier.published_at or clock.now()
                    earlier.retired_at = clock.now()
        db.session.add(made)
    db.session.flush()


def shipped() -> list[Instrument]:
    """Everything that comes with the portal, as new rows."""
    forms = [_instrument(row, _rows(row["code"])) for row in _rows("index")]
    return [*forms, *forms_of_frameworks()]


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
        subject=row["subject"],
        source=row["source"],
        confidence=row["confidence"],
        pass_rules=json.loads(row["pass_rules"]) if row["pass_rules"] else None,
        is_in_use=row["published"] == "Y",
        is_once=row["is_once"] == "Y",
        origin="national",
        note=row["note"] or None,
        note_en=row["note_en"] or None,
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
        scale=row.get("scale") or None,
        is_veto=row.get("veto") == "Y",
        shown_when=_condition(row.get("shown_when") or ""),
        missing=row.get("missing") or None,
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _condition(text: str) -> dict | None:
    """`IR0.7=2` as `{"item": "IR0.7", "in": [2]}`."""
    code, _equals, values = text.partition("=")
    return {"item": code, "in": [int(one) for one in values.split(",")]} if values else None


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
