"""The kinds of examination a new base starts from, each with where it was read."""

import csv
from pathlib import Path

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.exams.models import ExamKind

KINDS = Path(__file__).parent / "kinds.csv"


def put_kinds() -> None:
    """Those that are missing; what the base has set stays.  The caller commits."""
    known = set(db.session.scalars(select(ExamKind.code)))
    with KINDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] not in known:
                db.session.add(_kind(row))


def _kind(row: dict[str, str]) -> ExamKind:
    parts = row["parts"].split()
    return ExamKind(
        **{name: row[name] for name in ("code", "name", "name_en", "result_kind")},
        **{name: row[name] == "1" for name in ("only_unpassed", "needs_licence", "each_year")},
        **{f"has_{part}": part in parts for part in ("theory", "skills", "verdict")},
        months_before_end=int(row["months_before_end"]) if row["months_before_end"] else None,
        source=row["source"],
        confidence=row["confidence"],
    )
