"""Lists of sites as tables for a file, in the viewer's language."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from flask_babel import gettext as _

from trainingbase.i18n import named
from trainingbase.sheets.write import Table
from trainingbase.sites.models import Department, Finding, Institution, Visit
from trainingbase.sites.words import VISIT_KINDS
from trainingbase.words import LEVELS


def _last(ends_on: date | None) -> date | None:
    return ends_on - timedelta(days=1) if ends_on else None


def of_institutions(
    rows: Iterable[Institution], counts: Mapping[int, tuple[int, int]], states: Mapping[int, str]
) -> Table:
    """`counts` are departments and places of this month by institution."""
    header = [
        _("Site"), _("English name"), _("Level"), _("Address"), _("Departments"),
        _("Places this month"), _("Beds"), _("Catchment"), _("Agreement from"),
        _("Agreement until"), _("Agreement"), _("Contact"), _("Telephone"),
        _("Takes no residents from"), _("Note"),
    ]  # fmt: skip
    return Table(
        _("Sites"),
        header,
        [
            [
                one.name, one.name_en, str(LEVELS[one.level]), one.address,
                *counts.get(one.id, (0, 0)), one.beds, one.catchment, one.agreement_starts_on,
                _last(one.agreement_ends_on), states[one.id], one.contact, one.telephone,
                one.retired_on, one.note,
            ]
            for one in rows
        ],
    )  # fmt: skip


def of_departments(rows: Iterable[Department], places: Mapping[int, tuple[int, int]]) -> Table:
    header = [
        _("Site"), _("Department"), _("English name"), _("Stands for"), _("Places this month"),
        _("Fewest a month"), _("Head"), _("Title of the head"), _("Secretary"),
        _("Takes no residents from"), _("Note"),
    ]  # fmt: skip
    return Table(
        _("Departments"),
        header,
        [
            [
                named(one.institution), one.name, one.name_en, [named(s) for s in one.standards],
                *places.get(one.id, (0, 0)), one.head_name, one.head_title, one.secretary_name,
                one.retired_on, one.note,
            ]
            for one in rows
        ],
    )  # fmt: skip


def of_visits(rows: Iterable[Visit]) -> Table:
    """One row for each finding; a visit without any has one."""
    header = [
        _("Site"), _("Day"), _("Kind"), _("Visitors"), _("Summary"), _("What was found"),
        _("To be put right by"), _("Put right on"), _("What was done"),
    ]  # fmt: skip
    lines = []
    for one in rows:
        head = [
            named(one.institution), one.visited_on, str(VISIT_KINDS[one.kind]), one.visitors,
            one.summary,
        ]  # fmt: skip
        found = [[two.what, two.due_on, two.done_on, two.remedy] for two in one.findings]
        lines += [[*head, *rest] for rest in found or [[None] * 4]]
    return Table(_("Visits"), header, lines)


def of_findings(rows: Iterable[Finding]) -> Table:
    header = [
        _("Site"), _("Day of the visit"), _("What was found"), _("To be put right by"),
        _("Put right on"), _("What was done"),
    ]  # fmt: skip
    return Table(
        _("What was found"),
        header,
        [
            [
                named(one.visit.institution), one.visit.visited_on, one.what, one.due_on,
                one.done_on, one.remedy,
            ]
            for one in rows
        ],
    )  # fmt: skip
