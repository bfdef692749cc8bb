"""What is required of sites when a base begins; the office changes it for its own base.

`readiness.csv` holds it.  E21: 住院医师规范化培训评估指标——全科专业基地 (2021).  E16c: its form of
2016 for clinical bases.  "Base" marks a choice of this portal.
"""

import csv
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.network.models import ReadinessRule

STARTING_POINT = Path(__file__).with_name("readiness.csv")


def put_rules() -> None:
    """Those that are missing; what a base has set stays.  The caller commits."""
    have = set(db.session.scalars(select(ReadinessRule.code)))
    with STARTING_POINT.open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["code"] not in have]
    db.session.add_all(
        ReadinessRule(
            code=row["code"],
            levels=row["levels"].split(),
            kind=row["kind"],
            what=row["what"].split(),
            least=Decimal(row["least"]),
            name=row["name"],
            name_en=row["name_en"],
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in rows
    )
