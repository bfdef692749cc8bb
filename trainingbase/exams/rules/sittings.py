"""Who must sit, what two people typed differently, and which attempt it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

LARGEST_SCORE = Decimal(100)
NAMES = ("attended", "theory", "skills", "passed")
PARTS_OF = {"theory": "theory", "skills": "skills", "passed": "verdict"}


@dataclass(frozen=True)
class Trainee:
    """What the rules look at.  `passed` and `failed` whether the examination was passed, or sat
    and not passed, before; `is_licensed` whether a licence or a passed licence exam is known."""

    resident_id: int
    starts_on: date | None
    ends_on: date | None
    is_in_training: bool
    passed: bool
    failed: bool
    is_licensed: bool


@dataclass(frozen=True)
class WhoSits:
    """See `models.ExamKind`."""

    year_from: int | None
    year_to: int | None
    months_before_end: int | None
    only_unpassed: bool


def training_year(starts_on: date, day: date) -> int:
    """1 in the first twelve months; 0 and less before."""
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    if day.day < starts_on.day:
        months -= 1
    return months // 12 + 1


def months_to(day: date, ends_on: date) -> int:
    """Whole months begun until then."""
    months = (ends_on.year - day.year) * 12 + ends_on.month - day.month
    return months if ends_on.day <= day.day else months + 1


def must_sit(one: Trainee, rule: WhoSits, *, day: date) -> str | None:
    """Why: a key of `words.ADDED`; None for who need not."""
    if rule.only_unpassed:
        if one.passed:
            return None
        if one.failed:
            return "failed_before"
    if not one.is_in_training or one.starts_on is None or one.starts_on > day:
        return None
    year = training_year(one.starts_on, day)
    if rule.year_from is not None and year < rule.year_from:
        return None
    if rule.year_to is not None and year > rule.year_to:
        return None
    if rule.months_before_end is None:
        return "in_training"
    if one.ends_on is None or months_to(day, one.ends_on) > rule.months_before_end:
        return None
    return "before_end"


def blanks(figures: Mapping[str, Any], parts: Iterable[str]) -> list[str]:
    """What must still be typed: whether somebody came, and every part of who did."""
    if figures.get("attended") is None:
        return ["attended"]
    if not figures["attended"]:
        return []
    asked = {"theory": "theory", "skills": "skills", "verdict": "passed"}
    return [asked[part] for part in parts if figures.get(asked[part]) is None]


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The figures in which two people differ."""
    return [name for name in NAMES if one.get(name) != other.get(name)]


def tidy(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Who did not come has no figures."""
    if figures.get("attended") is False:
        return {"attended": False, "theory": None, "skills": None, "passed": None}
    return {name: figures.get(name) for name in NAMES}


def part_passed(score: Decimal | None, mark: Decimal | None) -> bool | None:
    return None if score is None or mark is None else score >= mark


@dataclass(frozen=True)
class Before:
    """A result that stands already: of `year`, of which parts."""

    id: int
    year: int
    attended: bool
    has_theory: bool
    has_skills: bool
    has_verdict: bool


def is_first(
    parts: Iterable[str], before: Iterable[Before], *, year: int, each_year: bool, own: int | None
) -> bool:
    """Whether nobody can name an earlier attempt at one of these parts.  Who did not come has not
    attempted it.  `own` is the result that is being written anew."""
    asked = set(parts)
    for one in before:
        if one.id == own or not one.attended or one.year > year or (each_year and one.year != year):
            continue
        had = {
            "theory": one.has_theory,
            "skills": one.has_skills,
            "verdict": one.has_verdict,
        }
        if any(had[part] for part in asked):
            return False
    return True
