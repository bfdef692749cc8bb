"""The whole record of one resident as data, in as many statements for a long one as for a short."""

from datetime import date
from typing import Any

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.handbook.queries import assessed, course, logged, placed
from trainingbase.handbook.rules.content import plain
from trainingbase.programmes.models import StandardDepartment

EDITION_OF_CONTENT = 2
"""Counts how the facts are laid out, for whoever reads an old handbook's."""


def facts_of(resident: Resident, *, today: date) -> dict[str, Any]:
    """Everything the handbook says, without the language it says it in and the day it is made."""
    standards = _standards()
    facts = {
        "edition": EDITION_OF_CONTENT,
        "person": course.person(resident),
        "programme": course.programme(resident, standards),
        "credits": course.credits(resident),
        "placements": placed.placements(resident),
        "leaves": placed.leaves(resident),
        "log": logged.log(resident, standards),
        "activities": logged.activities(resident),
        "assessments": assessed.assessments(resident),
        "exams": assessed.exams(resident),
        "research": assessed.research(resident),
        "courses": course.courses(resident),
        "lacks": course.lacks(resident, today=today),
    }
    return _plain(facts)


def _standards() -> dict[int, dict]:
    """Names of standard departments in both languages."""
    rows = db.session.query(
        StandardDepartment.id, StandardDepartment.name, StandardDepartment.name_en
    )
    return {key: {"zh": name, "en": name_en} for key, name, name_en in rows}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return plain(value)
