"""Lists as tables for a workbook, in the viewer's language."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from trainingbase.assessments.models import Submission
from trainingbase.faculty.words import against
from trainingbase.i18n import named
from trainingbase.rotations.models import Placement
from trainingbase.sheets.write import Table
from trainingbase.supervision.queries.desk import Row
from trainingbase.supervision.queries.load import Load
from trainingbase.supervision.words import why
from trainingbase.training.models import Activity


def _last(ends_on: date) -> date:
    return ends_on - timedelta(days=1)


def of_arrivals(rows: Iterable[Row]) -> Table:
    header = [
        _("Resident"), _("Department"), _("Site"), _("From"), _("Until"), _("Supervisor"),
        _("Against this supervisor"), _("Proposed supervisor"), _("Why"),
    ]  # fmt: skip
    return Table(_("Supervisors"), header, [_arrival(row) for row in rows])


def _arrival(row: Row) -> list:
    one = row.placement
    names = {option.teacher.id: option.teacher.name for option in row.options}
    return [
        one.resident.name,
        named(one.department),
        named(one.department.institution),
        one.starts_on,
        _last(one.ends_on),
        one.supervisor.name if one.supervisor else None,
        [against(reason) for reason in row.against],
        names.get(row.proposed) if row.needs else None,
        why(row.why) if row.why else None,
    ]


def of_load(load: Load) -> Table:
    header = [
        _("Name"), _("Staff number"), _("Departments"), _("Most residents"),
        *(f"{month:%Y-%m}" for month in load.months), _("Resident-months"),
    ]  # fmt: skip
    rows = [
        [
            one.member.name,
            one.member.staff_number,
            [named(post.department) for post in one.member.posts],
            one.member.most_residents,
            *(cell.there for cell in one.cells),
            one.total,
        ]
        for one in load.lines
    ]
    return Table(_("Workload by month"), header, rows)


def of_placements(rows: Sequence[Placement]) -> Table:
    header = [_("Resident"), _("Cohort"), _("Department"), _("Site"), _("From"), _("Until")]
    return Table(
        _("Residents supervised"),
        header,
        [
            [
                one.resident.name,
                named(one.resident.cohort),
                named(one.department),
                named(one.department.institution),
                one.starts_on,
                _last(one.ends_on),
            ]
            for one in rows
        ],
    )


def of_activities(rows: Sequence[Activity]) -> Table:
    header = [_("Day"), _("Kind"), _("Topic"), _("Department"), _("Hours"), _("Residents")]
    return Table(
        _("Teaching activities"),
        header,
        [
            [
                one.held_on,
                one.kind,
                one.topic,
                named(one.department) if one.department else None,
                one.hours,
                one.attended,
            ]
            for one in rows
        ],
    )


def of_exits(rows: Sequence[Submission]) -> Table:
    header = [_("Submitted"), _("Resident"), _("Department"), _("Form")]
    return Table(
        _("Exit assessments"),
        header,
        [
            [
                one.submitted_at.date(),
                one.placement.resident.name,
                named(one.placement.department),
                named(one.instrument),
            ]
            for one in rows
        ],
    )
