"""When a rule of early warning fires: what is known of a resident in, the facts of it out.

Settings are the base's own numbers: whole numbers and decimals as text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

KINDS = {
    "late_log": ("days",),
    "few_forms": ("least", "days"),
    "short_comments": ("percent", "signs", "forms", "days"),
    "absences": ("most", "days"),
    "cusum": ("k", "h", "fewest", "target", "deviation"),
}
"""The numbers each kind of rule has."""

SERIES = ("verdicts", "mini_cex", "dops")
"""What a cusum rule follows: unsatisfactory results, or the means of one form."""

AGAIN_DAYS = "again"
"""For so long after it is over a rule keeps quiet about a resident; every rule has it."""


@dataclass(frozen=True)
class Form:
    """A form about the resident; `signs` is the length of what was written in words."""

    id: int
    observed_on: date
    signs: int


@dataclass(frozen=True)
class Known:
    """Of one resident; `trained_days` have passed since the first day of the stay today."""

    trained_days: int
    logged_on: date | None = None
    forms: Sequence[Form] = ()
    unexcused: Decimal = Decimal(0)
    absences: Sequence[tuple[str, str]] = field(default_factory=tuple)


def fired(
    kind: str, settings: Mapping[str, Any], known: Known, today: date
) -> dict[str, Any] | None:
    """Why it fires, with the rows; None where it does not.  Nobody is warned about days before
    they could have done anything."""
    if known.trained_days < int(settings["days"]):
        return None
    return JUDGES[kind](settings, known, today)


def _late_log(settings: Mapping[str, Any], known: Known, today: date) -> dict[str, Any] | None:
    last = known.logged_on
    if last is not None and (today - last).days <= int(settings["days"]):
        return None
    return {"last": last.isoformat() if last else None, "days": int(settings["days"])}


def _few_forms(settings: Mapping[str, Any], known: Known, today: date) -> dict[str, Any] | None:
    recent = _recent(settings, known, today)
    least = int(settings["least"])
    if len(recent) >= least:
        return None
    return {"found": len(recent), "least": least, "days": int(settings["days"]),
            "forms": [one.id for one in recent]}  # fmt: skip


def _short_comments(
    settings: Mapping[str, Any], known: Known, today: date
) -> dict[str, Any] | None:
    recent = _recent(settings, known, today)
    short = [one for one in recent if one.signs < int(settings["signs"])]
    if len(recent) < int(settings["forms"]):
        return None
    if 100 * len(short) <= int(settings["percent"]) * len(recent):
        return None
    return {"found": len(short), "of": len(recent), "signs": int(settings["signs"]),
            "days": int(settings["days"]), "forms": [one.id for one in short]}  # fmt: skip


def _absences(settings: Mapping[str, Any], known: Known, today: date) -> dict[str, Any] | None:
    if known.unexcused <= Decimal(str(settings["most"])):
        return None
    return {
        "found": format(known.unexcused.normalize(), "f"),
        "most": str(settings["most"]),
        "days": int(settings["days"]),
        "stays": [list(one) for one in known.absences],
    }


def _recent(settings: Mapping[str, Any], known: Known, today: date) -> list[Form]:
    since = today - timedelta(days=int(settings["days"]))
    return [one for one in known.forms if one.observed_on >= since]


JUDGES = {
    "late_log": _late_log,
    "few_forms": _few_forms,
    "short_comments": _short_comments,
    "absences": _absences,
}
