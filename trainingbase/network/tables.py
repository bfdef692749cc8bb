"""Lists of the network as tables for a file, in the viewer's language."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.i18n import named
from trainingbase.network.models import Posting, Proposal, ShortCourse
from trainingbase.network.queries.county import SiteState
from trainingbase.network.queries.readiness import Readiness
from trainingbase.network.rules.capacity import Cell
from trainingbase.network.words import CELLS, WEEKDAYS, WORK
from trainingbase.sheets.write import Table
from trainingbase.sites.models import Department
from trainingbase.sites.words import AGREEMENT_STATES
from trainingbase.words import LEVELS


def _last(ends_on: date | None) -> date | None:
    return ends_on - timedelta(days=1) if ends_on else None


def of_calendar(
    departments: Iterable[Department],
    months: Sequence[date],
    cells: Mapping[int, Mapping[date, Cell]],
) -> Table:
    header = [
        _("Site"), _("Department"), _("Month"), _("Places, first half"), _("Places, second half"),
        _("Planned"), _("Present"), _("On leave"), _("Places free"), _("State"),
    ]  # fmt: skip
    return Table(
        _("Places by month"),
        header,
        [
            [
                named(one.institution), named(one), f"{month:%Y-%m}", *cell.places.halves,
                cell.planned, cell.present, cell.absent, cell.free, str(CELLS[cell.state][1]),
            ]
            for one in departments
            for month in months
            if (cell := cells[one.id][month])
        ],
    )  # fmt: skip


def of_county(sites: Iterable[SiteState]) -> Table:
    header = [
        _("Site"), _("Level"), _("Residents today"), _("Places today"), _("Agreement"),
        _("Agreement until"), _("Requirements met"), _("Requirements"), _("Closed today"),
    ]  # fmt: skip
    return Table(
        _("The network"),
        header,
        [
            [
                named(one.institution), str(LEVELS[one.institution.level]), one.residents,
                one.places, str(AGREEMENT_STATES[one.agreement][1]),
                _last(one.institution.agreement_ends_on), one.readiness.met,
                len(one.readiness.found), [named(c.department) for c in one.closed],
            ]
            for one in sites
        ],
    )  # fmt: skip


def of_readiness(sites: Iterable[Readiness]) -> Table:
    header = [
        _("Site"), _("Level"), _("Requirement"), _("At least"), _("There is"), _("Gap"),
        _("Met"), _("Source"),
    ]  # fmt: skip
    return Table(
        _("Readiness"),
        header,
        [
            [
                named(one.institution), str(LEVELS[one.institution.level]), named(rule),
                rule.least, found.have, found.gap or None, found.is_met, rule.source,
            ]
            for one in sites
            for rule, found in one.lines
        ],
    )  # fmt: skip


def of_proposals(rows: Iterable[Proposal]) -> Table:
    header = [
        _("Site"), _("Department"), _("First day"), _("Last day"), _("Most a month"), _("Why"),
        _("Asked by"), _("State"), _("Reason"),
    ]  # fmt: skip
    states = {None: _("Waiting"), True: _("Granted"), False: _("Refused")}
    return Table(
        _("Closures asked for"),
        header,
        [
            [
                named(one.department.institution), named(one.department), one.starts_on,
                _last(one.ends_on), one.most, one.why, one.proposed_by.name, states[one.granted],
                one.reason,
            ]
            for one in rows
        ],
    )  # fmt: skip


def of_postings(rows: Iterable[Posting], hours: Mapping[int, Decimal]) -> Table:
    header = [
        _("Expert"), _("From department"), _("To site"), _("Kind of work"), _("Weekday"),
        _("Hours of a session"), _("First day"), _("Last day"), _("Hours confirmed"), _("Note"),
    ]  # fmt: skip
    return Table(
        _("Experts sent"),
        header,
        [
            [
                one.person.name, named(one.department), named(one.institution),
                str(WORK[one.kind]),
                str(WEEKDAYS["" if one.weekday is None else str(one.weekday)]), one.hours,
                one.starts_on, _last(one.ends_on), hours.get(one.id, Decimal(0)), one.note,
            ]
            for one in rows
        ],
    )  # fmt: skip


def of_courses(rows: Iterable[tuple[ShortCourse, bool]]) -> Table:
    header = [
        _("Name"), _("Site"), _("Learns in department"), _("First day"), _("Last day"),
        _("Counts"), _("Certificate"), _("Note"),
    ]  # fmt: skip
    return Table(
        _("Staff sent up"),
        header,
        [
            [
                one.name, named(one.institution), named(one.department), one.starts_on,
                _last(one.ends_on), counts, one.certificate, one.note,
            ]
            for one, counts in rows
        ],
    )  # fmt: skip
