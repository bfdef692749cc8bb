"""The kinds of activities and the frequencies a new base starts from, in two files; a base
changes both.

E21: 住院医师规范化培训评估指标——全科专业基地 (2021), its teaching roster.
S23: the forms of the specialty bases of 2023.
What has no such source is a choice of this portal ("Base", S), and so are all minutes.
"""

import csv
from pathlib import Path

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.training.models import Frequency, Kind

HERE = Path(__file__).parent


def put_kinds() -> None:
    """Those that are missing; what the base has set stays.  The caller commits."""
    known = {one.name: one for one in db.session.scalars(select(Kind))}
    for position, row in enumerate(_rows("kinds")):
        if row["name"] not in known:
            kind = known[row["name"]] = _kind(position, row)
            kind.frequencies = [
                _frequency(due) for due in _rows("frequencies") if due["kind"] == row["name"]
            ]
            db.session.add(kind)


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _kind(position: int, row: dict[str, str]) -> Kind:
    return Kind(
        position=position,
        name=row["name"],
        name_en=row["name_en"],
        minutes=int(row["minutes"]),
        sheet=row["sheet"] or None,
        is_joint=row["joint"] == "Y",
        is_remote=row["remote"] == "Y",
        source=row["source"],
        confidence=row["confidence"],
    )


def _frequency(row: dict[str, str]) -> Frequency:
    return Frequency(
        scope=row["scope"],
        standard=row["standard"] or None,
        times=int(row["times"]),
        period=row["period"],
        source=row["source"],
        confidence=row["confidence"],
    )
