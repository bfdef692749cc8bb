"""The rows of a day's roster: each piece of them is drawn once and then filled in."""

from collections.abc import Collection, Iterable
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from trainingbase import clock
from trainingbase.access import may_open, viewer
from trainingbase.attendance.forms import FORGET
from trainingbase.attendance.queries.roster import OnDay
from trainingbase.attendance.rules.record import Cell
from trainingbase.attendance.words import (
    FIGURES,
    HALVES,
    KINDS,
    MARKED,
    MARKED_HALF,
    alike,
    in_words,
)
from trainingbase.drawn import patterns
from trainingbase.i18n import in_words as said_once
from trainingbase.i18n import named

NOTHING = escape("")
TAPS = ("present", "absence", "night", "rest", "lesson")


def roll(
    rows: Iterable[OnDay], day: date, problem: tuple[int, str] | None, token: str, query: Markup
) -> Markup:
    """`problem` is what is wrong with what was sent about a placement, `query` that of the page."""
    drawing = _Drawing(day, token, query)
    return drawing.parts["row"].each(
        drawing.row(one, problem[1] if problem and problem[0] == one.placement.id else "")
        for one in rows
    )


class _Drawing:
    def __init__(self, day: date, token: str, query: Markup):
        self.day, self.query = day, query
        self.parts, self.pieces = patterns("attendance/_day.html"), patterns("ui/patterns.html")
        self.is_to_come = day > clock.today()
        self.figures = said_once(FIGURES)
        self.states: dict[tuple, Markup] = {}
        self.root = url_for("attendance.day")
        self.timetable = ""
        if may_open(viewer(), "rotations.timetable"):
            self.timetable = url_for("rotations.timetable", resident_id=0)[:-1]
        self.alike = {
            "token": token,
            "day": day.isoformat(),
            "halves": self._options(HALVES),
            "states": self._options(MARKED_HALF),
            **{f"say_{state}": MARKED[state] for state in TAPS},
        }

    def _options(self, labels) -> Markup:
        said = said_once(labels).items()
        return self.parts["option"].each({"value": key, "label": label} for key, label in said)

    def row(self, one: OnDay, problem: str) -> dict[str, object]:
        placed = one.placement
        name: str | Markup = placed.resident
        if self.timetable:
            address = f"{self.timetable}{placed.resident_id}"
            name = self.parts["link"](address=address, name=placed.resident)
        return {
            "id": placed.id,
            "name": name,
            "cohort": named(placed.cohort),
            "department": named(placed.department),
            "institution": named(placed.institution),
            "state": self._state(one),
            "problem": self.parts["problem"](id=placed.id, said=problem) if problem else NOTHING,
            "forms": self._forms(one, is_open=bool(problem)),
        }

    def _state(self, one: OnDay) -> Markup:
        if one.cell is None:
            return self.parts["resting"]()
        kind = alike(one.cell)
        drawn = self.states.get(kind)
        if drawn is None:
            drawn = self.states[kind] = self._said(one.cell, one.figures)
        if one.cell.noted is None:
            return drawn
        address = f"{self.root}days/{one.placement.id}/{self.day.isoformat()}"
        return drawn + self.parts["before"](address=address)

    def _said(self, cell: Cell, figures: Collection[str]) -> Markup:
        first, *others = [name for name in FIGURES if name in figures] or [""]
        drawn = self.pieces[KINDS.get(first, "neutral")](said=in_words(cell))
        for name in others:
            drawn += self.pieces[KINDS[name]](said=self.figures[name])
        return drawn

    def _forms(self, one: OnDay, *, is_open: bool) -> Markup:
        cell, id_ = one.cell, one.placement.id
        if not one.may_mark or cell is None or self.is_to_come:
            return self.parts["closed" if one.is_closed else "nothing"]()
        return self.parts["forms"](
            **self.alike,
            **_pressed(cell),
            id=id_,
            there=escape(f"{self.root}marks/{id_}") + self.query,
            name=one.placement.resident,
            version=cell.noted.version if cell.noted else 0,
            reason=(cell.noted.reason or "") if cell.noted else "",
            why=self.parts["why"](id=id_) if one.is_closed else NOTHING,
            open=self.parts["opened"]() if is_open else NOTHING,
            take_back=self.parts["option"](value=FORGET, label=_("Take the record back"))
            if cell.noted
            else NOTHING,
        )


def _pressed(cell: Cell) -> dict[str, str]:
    """Which of the taps says what was recorded already."""
    now = cell.noted.halves if cell.noted else None
    return {state: "true" if now == (state, state) else "false" for state in TAPS}
