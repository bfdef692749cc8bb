"""The editions a base begins with; it may enter others.

`editions/e21_*.csv`: 住院医师规范化培训评估指标——全科专业基地 (2021), 39 items, 100 points, 15 of
them core, as in the base's facts; how an item's points fall to parts is this portal's reading of
its rule.
"""

import csv
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.selfassessment.models import (
    BasicCondition,
    EditionVerdict,
    Indicator,
    IndicatorPart,
    OfficialForm,
)

FOLDER = Path(__file__).with_name("editions")

E21_VERDICTS = (
    ("合格", "Pass", "85", "38.25"),
    ("基本合格", "Basic pass", "70", "31.5"),
    ("限期整改", "Rectify in time", "60", "27"),
)


E21_FAILED = {"failed_name": "撤销", "failed_name_en": "Status withdrawn"}
"""Below all bars, or where basic conditions are not met."""


def put_editions() -> None:
    """Those that are missing; what a base has set stays.  The caller commits."""
    edition = db.session.scalar(select(OfficialForm).where(OfficialForm.code == "E21"))
    if edition is None:
        edition = _e21()
        db.session.add(edition)
    if not edition.conditions and edition.failed_name is None:
        edition.failed_name, edition.failed_name_en = E21_FAILED.values()
        edition.conditions = [_independent()]


def _independent() -> BasicCondition:
    """The one condition that the sources name: they say that basic conditions decide by themselves,
    but not what else belongs to them.  The base enters the rest from its own document."""
    return BasicCondition(
        name="独立设置全科医学科",
        name_en="General practice is a department of its own",
        source="E21 1.1.3",
        confidence="H",
        needs_department="全科医学科",
    )


def _e21() -> OfficialForm:
    edition = OfficialForm(
        code="E21",
        name="住院医师规范化培训评估指标——全科专业基地（2021）",
        name_en="Evaluation of residency training: general practice base (2021)",
        source="E21",
        quality_section="4",
        core_met_share=Decimal("0.7"),
        first_year=2021,
    )
    edition.verdicts = [
        EditionVerdict(
            position=n, name=name, name_en=name_en, total=Decimal(total), quality=Decimal(quality),
            core=0,
        )
        for n, (name, name_en, total, quality) in enumerate(E21_VERDICTS)
    ]  # fmt: skip
    parts: dict[str, list[IndicatorPart]] = {}
    for row in _rows("e21_parts.csv"):
        mine = parts.setdefault(row["code"], [])
        mine.append(_part(row, len(mine)))
    edition.items = [
        Indicator(
            position=n,
            code=row["code"],
            name=row["title"],
            name_en=row["title_en"],
            section=row["section"],
            section_en=row["section_en"],
            is_core=bool(row["core"]),
            source=row["source"],
            confidence=row["confidence"],
            parts=parts[row["code"]],
        )
        for n, row in enumerate(_rows("e21_items.csv"))
    ]
    return edition


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _part(row: dict[str, str], position: int) -> IndicatorPart:
    return IndicatorPart(
        position=position,
        points=Decimal(row["points"]),
        name=row["text"],
        name_en=row["text_en"],
        finding=row["finding"] or None,
        settings=dict(one.split("=", 1) for one in row["settings"].split()),
    )
