"""The official exit form (Jiangsu), field by field: read from `exit_form.csv`.

A field is filled `from` what the portal knows (a key of `values`), from what the supervisor
`graded` (1 excellent to 4 poor) or `typed`.  Signatures stand below it, not among its fields.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FORM = "jiangsu-undated"
GRADES = (1, 2, 3, 4)
"""优 良 中 差"""

FILE = Path(__file__).parent.parent / "exit_form.csv"
PER_CENT_OF = {"EX2.2": "EX2.1", "EX2.4": "EX2.3", "EX2.6": "EX2.5", "EX2.8": "EX2.7"}
"""Fields shown with their share of another."""


@dataclass(frozen=True)
class Field:
    code: str
    section: str
    section_en: str
    name: str
    name_en: str
    kind: str
    filled_from: str
    source: str
    confidence: str


@cache
def fields() -> tuple[Field, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Field(filled_from=row.pop("from"), **row) for row in csv.DictReader(file))


def graded() -> tuple[Field, ...]:
    return tuple(one for one in fields() if one.filled_from == "graded")


def typed() -> tuple[Field, ...]:
    return tuple(one for one in fields() if one.filled_from == "typed")


def copied(answers: Mapping[str, Any]) -> tuple[dict[str, int], dict[str, int]]:
    """Grades and counts from the same form answered as an assessment, where 4 is the best: grades
    1 (excellent) to 4 (poor), and what is typed.  What is not answered is left out."""
    turned = len(GRADES) + 1
    grades = {
        one.code: turned - int(answers[one.code])
        for one in graded()
        if one.code in answers and turned - int(answers[one.code]) in GRADES
    }
    counts = {one.code: int(answers[one.code]) for one in typed() if one.code in answers}
    return grades, counts


def filled(
    known: Mapping[str, Any], *, grades: Mapping[str, int], counts: Mapping[str, int]
) -> dict[str, Any]:
    """The value of every field by its code, None where nothing is known.  `known` has what the
    portal knows by the keys of `from`; of `activity:` it asks each kind that counts."""
    return {one.code: _value(one, known, grades, counts) for one in fields()}


def _value(
    field: Field, known: Mapping[str, Any], grades: Mapping[str, int], counts: Mapping[str, int]
) -> Any:
    if field.filled_from == "graded":
        return grades.get(field.code)
    if field.filled_from == "typed":
        return counts.get(field.code)
    what, _colon, kinds = field.filled_from.partition(":")
    if what == "activity":
        attended = known.get("activities") or {}
        return sum(attended.get(kind, 0) for kind in kinds.split("|"))
    return known.get(field.filled_from)
