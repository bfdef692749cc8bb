"""What a resident still lacks for graduation (结业资格).  Pure; the rules are the base's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from trainingbase.courses.rules.months import (
    Earned,
    Stay,
    Wanted,
    counted_since,
    done_by_standard,
    owed,
)

LACKS = (
    "months",
    "not_left",
    "exit_failed",
    "leave",
    "annual",
    "theory",
    "skills",
    "licence",
    "activities",
    "log",
    "not_training",
)


@dataclass(frozen=True)
class Limits:
    """What the base asks for: see the thresholds of the same names; 0 asks for nothing."""

    exits: bool = True
    leave_days: int = 0
    annual_tests: int = 0
    examination: bool = True
    licence: bool = True
    activities: int = 0
    log: Decimal = Decimal(0)


@dataclass(frozen=True)
class Exam:
    id: int
    kind: str
    year: int
    attended: bool
    theory_passed: bool | None
    skills_passed: bool | None
    passed: bool | None


@dataclass(frozen=True)
class Record:
    """What is known of one resident.  `verdicts` are by placement: passed and left, or failed;
    those that were not left are not there.  `leaves` are (id, days) of granted leave up to the
    day; `log` is how much of the log is done, in per cent."""

    starts_on: date | None
    ends_on: date | None
    is_training: bool
    wanted: Sequence[Wanted]
    earned: Sequence[Earned] = ()
    stays: Sequence[Stay] = ()
    verdicts: dict[int, bool] = field(default_factory=dict)
    leaves: Sequence[tuple[int, int]] = ()
    exams: Sequence[Exam] = ()
    has_licence: bool = False
    activities: int = 0
    log: Decimal = Decimal(100)


@dataclass(frozen=True)
class Lack:
    """One thing that is missing.  `rows` are what it was found in: (table, id)."""

    kind: str
    standards: tuple[int, ...] = ()
    wanted: Decimal = Decimal(0)
    found: Decimal = Decimal(0)
    rows: tuple[tuple[str, int], ...] = ()


def lacking(record: Record, limits: Limits, day: date) -> list[Lack]:
    """Everything that is missing on that day (exclusive end of what counts)."""
    found = [] if record.is_training else [Lack("not_training")]
    found += _months(record, day)
    found += _exits(record, limits, day)
    found += _leave(record, limits)
    found += _exams(record, limits, day)
    if limits.activities > record.activities:
        found.append(
            Lack(
                "activities",
                wanted=Decimal(limits.activities),
                found=Decimal(record.activities),
            )
        )
    if limits.log > record.log:
        found.append(Lack("log", wanted=limits.log, found=record.log))
    return found


def _months(record: Record, day: date) -> list[Lack]:
    done = done_by_standard(record.earned, record.stays, day)
    return [
        Lack(
            "months",
            one.standards,
            one.wanted,
            one.done,
            tuple(
                ("placements", stay.id) for stay in record.stays if stay.standard in one.standards
            ),
        )
        for one in owed(record.wanted, done)
    ]


def _exits(record: Record, limits: Limits, day: date) -> list[Lack]:
    """Of placements that are over: each is left, and passed, or passed when it was repeated.  What
    is credited as done here before it was recorded asks for nothing."""
    if not limits.exits:
        return []
    found = []
    for stay in record.stays:
        verdict = record.verdicts.get(stay.id)
        if stay.ends_on > day or verdict or _settled(stay, verdict, record):
            continue
        kind = "not_left" if verdict is None else "exit_failed"
        found.append(Lack(kind, (stay.standard,), rows=(("placements", stay.id),)))
    return found


def _settled(stay: Stay, verdict: bool | None, record: Record) -> bool:
    """Credited as done, or failed and passed in a later placement of the same kind."""
    if verdict is None:
        since = counted_since(record.earned)
        return since is not None and stay.starts_on < since
    return any(
        later.standard == stay.standard
        and later.starts_on >= stay.ends_on
        and record.verdicts.get(later.id) is True
        for later in record.stays
    )


def _leave(record: Record, limits: Limits) -> list[Lack]:
    days = sum(days for _id, days in record.leaves)
    if not limits.leave_days or days <= limits.leave_days:
        return []
    rows = tuple(("leaves", key) for key, _days in record.leaves)
    return [Lack("leave", wanted=Decimal(limits.leave_days), found=Decimal(days), rows=rows)]


def _exams(record: Record, limits: Limits, day: date) -> list[Lack]:
    found = []
    rows = {
        kind: tuple(("exam_results", one.id) for one in record.exams if one.kind == kind)
        for kind in ("annual", "graduation", "licence")
    }
    sat = {one.year for one in record.exams if one.kind == "annual" and one.attended}
    needed = limits.annual_tests * whole_years(record.starts_on, record.ends_on or day)
    if len(sat) < needed:
        found.append(
            Lack("annual", wanted=Decimal(needed), found=Decimal(len(sat)), rows=rows["annual"])
        )
    if limits.examination:
        final = [one for one in record.exams if one.kind == "graduation"]
        if not any(one.theory_passed or one.passed for one in final):
            found.append(Lack("theory", rows=rows["graduation"]))
        if not any(one.skills_passed or one.passed for one in final):
            found.append(Lack("skills", rows=rows["graduation"]))
    passed = any(one.kind == "licence" and one.passed for one in record.exams)
    if limits.licence and not (record.has_licence or passed):
        found.append(Lack("licence", rows=rows["licence"]))
    return found


def whole_years(starts_on: date | None, ends_on: date) -> int:
    """Full years of training; a test belongs to each."""
    if starts_on is None:
        return 0
    months = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month
    if ends_on.day < starts_on.day:
        months -= 1
    return max(0, months // 12)
