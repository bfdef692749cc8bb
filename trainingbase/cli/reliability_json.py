"""What `trainingbase reliability` found, for machines."""

from collections.abc import Iterable
from dataclasses import asdict
from math import isnan
from typing import Any

from trainingbase.psychometrics.agreement import Agreement
from trainingbase.psychometrics.consistency import Alpha
from trainingbase.psychometrics.generalizability import Projection
from trainingbase.psychometrics.leniency import Leniency
from trainingbase.psychometrics.study import Note, Study
from trainingbase.psychometrics.words import note_in_words

LANGUAGES = ("zh", "en")


def notes_json(notes: Iterable[Note]) -> list[dict[str, Any]]:
    return [
        {"note": key, **{language: note_in_words(key, facts, language) for language in LANGUAGES}}
        for key, facts in notes
    ]


def study_json(told: Study) -> dict[str, Any]:
    found, now = told.found, told.now
    return {
        "design": found.design.text,
        "measured": found.design.object,
        "fixed": list(told.fixed),
        "scores": found.scores,
        "conditions": dict(found.conditions),
        "components": dict(found.estimates),
        "set_to_zero": list(found.set_to_zero),
        "balanced": found.balanced,
        "n": {facet: round(number, 10) for facet, number in told.met.items()},
        "g": now.g,
        "phi": now.phi,
        "universe": now.universe,
        "error_relative": now.relative,
        "error_absolute": now.absolute,
        "sem_relative": now.sem_relative,
        "sem_absolute": now.sem_absolute,
        "d_study": [_projection(one) for one in told.projections],
        "target": told.target,
        "enough": {by: one and _projection(one) for by, one in told.enough.items()},
    }


def _projection(one: Projection) -> dict[str, Any]:
    found = one.coefficients
    return {
        **one.numbers,
        "g": found.g,
        "phi": found.phi,
        "sem_relative": found.sem_relative,
        "sem_absolute": found.sem_absolute,
    }


def alpha_json(found: Alpha) -> dict[str, Any]:
    return {
        "alpha": found.alpha,
        "ci": list(found.interval),
        "standardised": _number(found.standardised),
        "dropped": {str(item): _number(value) for item, value in found.dropped.items()},
        "people": found.people,
        "items": found.items,
        "left_out": found.left_out,
    }


def icc_json(found: Agreement) -> dict[str, Any]:
    return {
        "icc": {name: _number(value) for name, value in found.values.items()},
        "icc_ci": {name: [_number(one) for one in both] for name, both in found.intervals.items()},
        "targets": found.targets,
        "judges": found.judges,
        "left_out": found.left_out,
    }


def leniency_json(found: Leniency) -> dict[str, Any]:
    return {
        "mean": found.mean,
        "variances": {
            "people": found.people_variance,
            "judges": found.judge_variance,
            "together": found.together_variance,
            "error": found.error_variance,
        },
        "adjusted": [asdict(one) for one in found.people],
        "leniency": [asdict(one) for one in found.judges],
    }


def _number(value: float) -> float | None:
    return None if isnan(value) else value
