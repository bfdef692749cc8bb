"""Lists of attendance as tables for a file, in the viewer's language."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext as _

from trainingbase.attendance.models import Appeal, ChoiceRow
from trainingbase.attendance.queries.months import Square
from trainingbase.attendance.queries.roster import InMonth, OnDay
from trainingbase.attendance.words import (
    APPEAL_STATES,
    CHOICE_FIELDS,
    COUNTINGS,
    MODES,
    SQUARES,
    STATES,
    counted_by,
    in_words,
)
from trainingbase.i18n import month as month_in_words
from trainingbase.i18n import named
from trainingbase.sheets.write import Table
from trainingbase.sites.models import CalendarException, DayOff, Department


def of_day(rows: Iterable[OnDay], day: date) -> Table:
    header = [_("Site"), _("Department"), _("Name"), _("Cohort"), _("Morning"), _("Afternoon"),
              _("What and why"), _("Supervisor")]  # fmt: skip
    return Table(
        day.isoformat(),
        header,
        [
            [
                named(one.placement.institution),
                named(one.placement.department),
                one.placement.resident,
                named(one.placement.cohort),
                *(str(STATES[half]) for half in (one.cell.halves if one.cell else ())),
                *(() if one.cell else ("", "")),
                in_words(one.cell) if one.cell else "",
                one.placement.supervisor,
            ]
            for one in rows
        ],
    )


def of_totals(rows: Sequence[InMonth], title: str) -> Table:
    """What each was, by kind; only kinds that somebody has."""
    used = used_kinds(rows)
    header = [_("Site"), _("Department"), _("Name"), _("Cohort"), _("Expected"), _("Present"),
              _("On leave"), _("Missing from work"), _("Not confirmed"), _("Nights on duty"),
              *(str(STATES[kind]) for kind in used), _("Counted by")]  # fmt: skip
    return Table(
        title,
        header,
        [
            [
                named(one.placement.department.institution),
                named(one.placement.department),
                one.placement.resident.name,
                named(one.placement.resident.cohort),
                one.days.expected,
                one.days.present,
                one.days.leave,
                one.days.absent,
                one.days.unknown,
                one.days.nights,
                *(one.days.of(kind) for kind in used),
                counted_by(one.days.counted_by),
            ]
            for one in rows
        ],
    )


def used_kinds(rows: Iterable[InMonth]) -> list[str]:
    """Of leave and absence, those that somebody has, in the order of the words."""
    some = {kind for one in rows for kind in one.days.kinds}
    return [kind for kind in STATES if kind in some and kind not in ("present", "unknown", "free")]


def of_matrix(
    months: Sequence[date], rows: Iterable[tuple[Department, Sequence[Square]]], title: str
) -> Table:
    header = [_("Site"), _("Department"), *(month_in_words(one) for one in months)]
    return Table(
        title,
        header,
        [
            [
                named(department.institution),
                named(department),
                *(str(SQUARES[square.state]) for square in squares),
            ]
            for department, squares in rows
        ],
    )


def of_appeals(appeals: Iterable[Appeal]) -> Table:
    header = [_("Name"), _("Department"), _("Day"), _("Stood as"), _("Should be"), _("Reason"),
              _("State"), _("Decided by"), _("Reply")]  # fmt: skip
    return Table(
        _("Appeals"),
        header,
        [
            [
                one.resident.name,
                named(one.placement.department),
                one.day_on,
                " / ".join(str(STATES[half]) for half in one.before),
                " / ".join(str(STATES[half]) if half else "—" for half in wanted(one)),
                one.reason,
                str(APPEAL_STATES[one.state]),
                one.decided_by.name if one.decided_by else None,
                one.answer,
            ]
            for one in appeals
        ],
    )


def wanted(one: Appeal) -> tuple[str | None, str | None]:
    return one.morning, one.afternoon


def of_calendar(
    differing: Iterable[tuple[date, bool, str]],
    base: Iterable[DayOff],
    exceptions: Iterable[CalendarException],
    year: int,
) -> Table:
    header = [_("Day"), _("Applies to"), _("This day is"), _("Reason")]
    off, working = _("a day off"), _("a working day")
    rows = [[day, _("everybody"), working if w else off, name] for day, w, name in differing]
    rows += [
        [one.day_on, _("the whole base"), working if one.is_working else off, one.name]
        for one in base
    ]
    rows += [
        [
            one.day_on,
            named(one.department or one.institution),
            working if one.is_working else off,
            one.reason,
        ]
        for one in exceptions
    ]
    return Table(str(year), header, sorted(rows, key=lambda row: row[0]))


def of_choices(rows: Iterable[ChoiceRow]) -> Table:
    header = [str(label) for label in CHOICE_FIELDS.values()]
    words = {"mode": MODES, "counting": COUNTINGS}
    return Table(
        _("How attendance is taken"),
        header,
        [
            [
                str(words[name][getattr(one, name)]) if name in words else getattr(one, name)
                for name in CHOICE_FIELDS
            ]
            for one in rows
        ],
    )
