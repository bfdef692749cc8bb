"""Lists of training as tables for a file, in the viewer's language."""

from collections.abc import Callable, Sequence

from flask_babel import gettext as _
from sqlalchemy import Select

from trainingbase.db import db
from trainingbase.i18n import moment, named
from trainingbase.sheets.write import Table
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity, Attendance
from trainingbase.training.rules.keeping import Due, last_day
from trainingbase.training.words import HOW, KEPT, STATES

Name = Callable[[str], str]


def activities(rows: Select[Activity], *, with_score: bool, name_of: Name) -> Table:
    header = [
        _("Day"), _("Time"), _("Hours"), _("Kind"), _("Topic"), _("Department"), _("Site"),
        _("Speaker"), _("Attended"), _("State"), _("Room"),
    ]  # fmt: skip
    return Table(
        _("Teaching activities"),
        [*header, _("Score")] if with_score else header,
        [
            [
                one.held_on,
                one.starts_at,
                one.hours,
                name_of(one.kind),
                one.topic,
                named(one.department) if one.department else _("Whole base"),
                named(one.department.institution) if one.department else None,
                _speakers(one),
                one.attended,
                str(STATES[one.state]),
                one.room,
                *([one.score] if with_score else []),
            ]
            for one in db.session.scalars(rows)
        ],
    )


def _speakers(one: Activity) -> str | None:
    first = [one.speaker] if one.speaker else []
    return "、".join(person.name for person in [*first, *one.others]) or None


def attendance(one: Activity, rows: Sequence[Attendance]) -> Table:
    return Table(
        _("Who attended"),
        [
            _("Resident"),
            _("Cohort"),
            _("Signed in"),
            _("Signed out"),
            _("Recorded"),
            _("Came late"),
            _("Counts"),
            _("Reason"),
        ],
        [
            [
                row.resident.name,
                named(row.resident.cohort),
                moment(row.signed_in_at) if row.signed_in_at else None,
                moment(row.signed_out_at) if row.signed_out_at else None,
                str(HOW[row.how]),
                _("yes") if row.is_late else _("no"),
                _("yes") if one.counts and row.counts else _("no"),
                row.reason,
            ]
            for row in rows
        ],
    )


def own(rows: Select[Activity], *, name_of: Name) -> Table:
    return Table(
        _("My activities"),
        [_("Day"), _("Time"), _("Hours"), _("Kind"), _("Topic"), _("Department"), _("Speaker"),
         _("State")],
        [
            [
                one.held_on,
                one.starts_at,
                one.hours,
                name_of(one.kind),
                one.topic,
                named(one.department) if one.department else _("Whole base"),
                _speakers(one),
                str(STATES[one.state]),
            ]
            for one in db.session.scalars(rows)
        ],
    )  # fmt: skip


def roster(rows: Sequence[Due], places: dict[int, Department], *, name_of: Name) -> Table:
    return Table(
        _("Roster kept"),
        [_("Site"), _("Department"), _("Kind"), _("From"), _("Until"), _("Number due"), _("Held"),
         _("State")],
        [
            [
                named(places[one.department_id].institution),
                named(places[one.department_id]),
                name_of(one.kind),
                one.period[0],
                last_day(one.period),
                one.times,
                one.held,
                str(KEPT[one.state]),
            ]
            for one in rows
        ],
    )  # fmt: skip
