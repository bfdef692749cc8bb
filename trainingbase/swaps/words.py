"""States of offers and exchanges in the viewer's language."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.planner.problem import Problem
from trainingbase.planner.situation import Breach
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.speaking import Speaker

STATES = {
    "open": _l("Open to takers"),
    "accepted": _l("Waits for the office"),
    "done": _l("Made"),
    "refused": _l("Office refused"),
    "withdrawn": _l("Withdrawn by a resident"),
    "expired": _l("Ended in time"),
    "void": _l("Void"),
    "undone": _l("Taken back by the office"),
}
KINDS = {
    "open": "info",
    "accepted": "waiting",
    "done": "good",
    "refused": "bad",
    "undone": "warning",
    "void": "warning",
}
"""Badges; the others are neutral."""


def stay(speaker: Speaker, row: Row) -> str:
    """The department, what it counts for where that differs, and the days."""
    where, what = speaker.place(row.department), speaker.standard(row.standard)
    name = where if what in where else f"{where} ({what})"
    return f"{name}, {speaker.span(row)}"


def stays(speaker: Speaker, rows: Iterable[Row]) -> str:
    return "; ".join(stay(speaker, row) for row in sorted(rows, key=lambda one: one.starts_on))


def breach_in_words(speaker: Speaker, problem: Problem, breach: Breach) -> str:
    """Without the names of those who are there already."""
    if breach.rule != "places":
        return speaker.breach(problem, breach)
    return _(
        "%(department)s has no place left in %(periods)s.",
        department=speaker.place(breach.departments[0]),
        periods=speaker.periods(breach.periods),
    )
