"""Lists as tables for a workbook, in the viewer's language."""

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import gettext as _

from trainingbase.entering.models import InductionItem
from trainingbase.entering.queries.desk import Row
from trainingbase.entering.queries.inductions import Line
from trainingbase.entering.words import MISSED, STATES, beds_in_words, matter_in_words
from trainingbase.i18n import named
from trainingbase.sheets.write import Table


def of_arrivals(rows: Iterable[Row], title: str) -> Table:
    header = [
        _("Resident"), _("Cohort"), _("Comes from"), _("Department"), _("Site"), _("From"),
        _("Until"), _("Expected on"), _("State"), _("Day of arrival"), _("Supervisor"),
        _("Proposed supervisor"), _("Beds in their care"), _("Against the beds"),
        _("Day of the induction"), _("To be known"), _("Why they did not come"), _("Note"),
    ]  # fmt: skip
    return Table(title, header, [_arrival(row) for row in rows])


def _arrival(row: Row) -> list:
    one, record = row.placement, row.arrival
    before = row.came_from.department if row.came_from is not None else None
    names = {}
    if row.choice is not None and row.choice.needs:
        names = {option.teacher.id: option.teacher.name for option in row.choice.options}
    return [
        one.resident.name,
        named(one.resident.cohort),
        f"{named(before)} · {named(before.institution)}" if before is not None else None,
        named(one.department),
        named(one.department.institution),
        one.starts_on,
        one.ends_on - timedelta(days=1),
        row.standing.expected_on,
        str(STATES[row.state]),
        record.arrived_on if record else None,
        one.supervisor.name if one.supervisor else None,
        names.get(row.choice.proposed) if row.choice and row.choice.proposed else None,
        record.beds if record else None,
        beds_in_words(row.beds_against, row.bounds) if row.beds_against else None,
        record.inducted_on if record else None,
        [matter_in_words(matter) for matter in row.matters],
        str(MISSED[record.missed_because]) if record and record.missed_because else None,
        record.missed_note if record else None,
    ]


def of_inductions(lines: Iterable[Line]) -> Table:
    header = [
        _("Department"), _("Site"), _("Where to meet"), _("At what time"), _("Whom to meet"),
        _("Telephone"), _("Papers to read"), _("Ward of general practice"), _("Last changed"),
    ]  # fmt: skip
    return Table(
        _("Induction pages"),
        header,
        [
            [
                named(line.department),
                named(line.department.institution),
                *(getattr(line.induction, name, None) for name in PAGE),
                line.papers,
                (_("yes") if line.induction.is_general_practice else _("no"))
                if line.induction
                else None,
                line.induction.changed_at.date() if line.induction else None,
            ]
            for line in lines
        ],
    )


PAGE = ("place", "meets_at", "contact", "telephone")


def of_items(items: Iterable[InductionItem]) -> Table:
    header = [_("Place in the list"), _("Chinese"), _("English"), _("State")]
    return Table(
        _("Checklist"),
        header,
        [
            [
                one.position if one.retired_at is None else None,
                one.name,
                one.name_en,
                _("In use") if one.retired_at is None else _("Retired"),
            ]
            for one in items
        ],
    )
