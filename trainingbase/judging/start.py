"""The rules of early warning a new base starts with; each is silent until the base switches it
on."""

import csv
import json
from pathlib import Path

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.judging.models import WatchRule

FILE = Path(__file__).with_name("watch_rules.csv")


def put_rules() -> None:
    """Add what is missing; the caller commits."""
    have = set(db.session.scalars(select(WatchRule.code)))
    with FILE.open(encoding="utf-8", newline="") as source:
        db.session.add_all(
            WatchRule(**{**row, "settings": json.loads(row["settings"])})
            for row in csv.DictReader(source)
            if row["code"] not in have
        )
