"""The numbers a new base starts from, in `starting_point.csv`.

Sources are named by the keys of the official forms.
E21: 住院医师规范化培训评估指标——全科专业基地 (2021).
E23: 住院医师规范化培训基地评估指标 (2023).
KH15: 住院医师规范化培训考核实施办法（试行）(2015).
"Base" marks a choice of this portal that no official document prescribes.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from trainingbase.thresholds.models import Threshold

FILE = Path(__file__).with_name("starting_point.csv")


def starting_point() -> Iterator[Threshold]:
    """New rows, not yet in the session."""
    with FILE.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            yield Threshold(**row | {"value": Decimal(row["value"])})
