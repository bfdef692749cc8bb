"""Lists of an OSCE as tables for a file."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import Select

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.exams.models import Osce, OsceSlot
from trainingbase.exams.queries.scores import Scored
from trainingbase.exams.queries.standards import Statistics
from trainingbase.exams.words import SESSION_STATES, WHY_NOT
from trainingbase.i18n import named
from trainingbase.sheets.write import Table


def sessions(rows: Select[Osce]) -> Table:
    return Table(
        _("OSCE"),
        [_("Title"), _("Day"), _("Place"), _("Circuits"), _("State")],
        [
            [one.title, one.held_on, one.place, one.circuits, str(SESSION_STATES[one.state])]
            for one in db.session.scalars(rows)
        ],
    )


def timetable(session: Osce, slots: Sequence[OsceSlot]) -> Table:
    names = {one.id: named(one) for one in session.stations}
    return Table(
        _("Timetable"),
        [_("Round"), _("From"), _("To"), _("Circuit"), _("Station"), _("Number"), _("Resident")],
        [
            [
                one.round + 1,
                one.starts_at.astimezone(LOCAL),
                one.ends_at.astimezone(LOCAL),
                chr(ord("A") + one.circuit),
                names[one.station_id],
                one.candidate.number,
                one.candidate.resident.name,
            ]
            for one in slots
        ],
    )


def results(session: Osce, found: Sequence[Scored], statistics: Statistics) -> list[Table]:
    stations = {one.id: named(one) for one in session.stations}
    used = [one for one in session.stations if one.dropped_because is None]
    header = [
        _("Number"), _("Resident"), *(stations[one.id] for one in used), _("Total, %"),
        _("Pass mark, %"), _("Stations passed"), _("Passed"), _("Why not"),
    ]  # fmt: skip
    rows = [
        [
            one.candidate.number,
            one.candidate.resident.name,
            *(each.score for each in one.result.stations),
            one.result.total,
            one.result.cut,
            one.result.passed_stations,
            one.result.passed,
            ", ".join(str(WHY_NOT[why]) for why in one.result.why),
        ]
        for one in found
    ]
    figures = [
        [
            stations[station],
            one.people,
            round(one.mean, 2),
            round(one.deviation, 2),
            round(one.difficulty, 3),
            None if one.discrimination is None else round(one.discrimination, 3),
            round(statistics.dropped[station], 3) if station in statistics.dropped else None,
        ]
        for station, one in statistics.stations.items()
    ]
    return [
        Table(_("Results"), header, rows),
        Table(
            _("Stations"),
            [
                _("Station"), _("Candidates"), _("Mean"), _("Deviation"), _("Difficulty"),
                _("Discrimination"), _("Alpha without it"),
            ],
            figures,
        ),
    ]  # fmt: skip
