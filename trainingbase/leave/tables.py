"""Lists of leave as tables for a file, in the viewer's language."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from trainingbase.enrolment.models import Leave
from trainingbase.i18n import month as month_in_words
from trainingbase.i18n import named
from trainingbase.leave.models import EndDateChange, LeaveRule
from trainingbase.leave.queries.ledger import Absence, Account
from trainingbase.leave.words import RULE_FIELDS, STATES
from trainingbase.sheets.write import Table
from trainingbase.words import LEAVE_KINDS


def of_leaves(leaves: Iterable[Leave]) -> Table:
    header = [_("Name"), _("Cohort"), _("Kind"), _("From"), _("To"), _("First day back"),
              _("Days"), _("Reason"), _("State")]  # fmt: skip
    rows = [
        [
            one.resident.name, named(one.resident.cohort), str(LEAVE_KINDS[one.kind]),
            one.starts_on, one.last_day, one.returned_on, one.days, one.reason,
            str(STATES[one.state]),
        ]
        for one in leaves
    ]  # fmt: skip
    return Table(_("Leave"), header, rows)


def of_absences(absences: Iterable[Absence], month: date) -> Table:
    header = [_("Site"), _("Department"), _("Name"), _("Kind"), _("From"), _("To"), _("State")]
    rows = [
        [
            named(one.placement.department.institution),
            named(one.placement.department),
            one.leave.resident.name,
            str(LEAVE_KINDS[one.leave.kind]),
            one.leave.starts_on,
            one.leave.until_on - timedelta(days=1),
            str(STATES[one.leave.state]),
        ]
        for one in absences
    ]
    return Table(month_in_words(month), header, rows)


def of_accounts(accounts: Iterable[Account], year: int, used: Sequence[str]) -> Table:
    header = [_("Name"), _("Cohort"), *(str(LEAVE_KINDS[kind]) for kind in used), _("Total")]
    rows = [
        [
            one.resident.name,
            named(one.resident.cohort),
            *(one.days.get(kind, 0) for kind in used),
            one.total,
        ]
        for one in accounts
    ]
    return Table(str(year), header, rows)


def of_end_dates(changes: Iterable[EndDateChange]) -> Table:
    header = [_("Name"), _("Leave"), _("From"), _("Days"), _("Moved"), _("Why")]
    states = {None: _("To decide"), True: _("Moved"), False: _("Left as it was")}
    rows = [
        [
            one.resident.name,
            str(LEAVE_KINDS[one.leave.kind]),
            one.leave.starts_on,
            one.days,
            states[one.done],
            one.reason,
        ]
        for one in changes
    ]
    return Table(_("End dates"), header, rows)


def of_rules(rules: Iterable[LeaveRule]) -> Table:
    header = [_("Kind"), *(str(label) for label in RULE_FIELDS.values())]
    rows = [
        [str(LEAVE_KINDS[one.kind]), *(_shown(getattr(one, name)) for name in RULE_FIELDS)]
        for one in rules
    ]
    return Table(_("Rules of leave"), header, rows)


def _shown(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value
