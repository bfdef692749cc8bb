"""Lists of leaving as tables for export."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from trainingbase.i18n import day, last_day, named
from trainingbase.leaving.models import Gate, TeachingGroup
from trainingbase.leaving.queries.lists import Row
from trainingbase.leaving.queries.standing import Standing
from trainingbase.leaving.rules.gate import ITEMS as UNITS
from trainingbase.leaving.words import DUTIES, EFFECTS, ITEMS, STATES, VERDICTS, amount
from trainingbase.sheets.write import Table


def of_leavings(rows: Sequence[Row], standings: Mapping[int, Standing]) -> Table:
    header = [
        _("Resident"),
        _("Cohort"),
        _("Site"),
        _("Department"),
        _("First day"),
        _("Last day"),
        _("Supervisor"),
        _("Reached"),
        _("To reach"),
        _("Exit score"),
        _("State"),
        _("Verdict"),
        _("Left on"),
        _("Days late"),
    ]
    return Table(_("Leaving"), header, [_row(one, standings[one.placement.id]) for one in rows])


def _row(one: Row, standing: Standing) -> list:
    placement, leaving = one.placement, one.leaving
    return [
        placement.resident.name,
        named(placement.resident.cohort),
        named(placement.department.institution),
        named(placement.department),
        placement.starts_on,
        last_day(placement.ends_on),
        placement.supervisor.person.name if placement.supervisor else "",
        standing.done,
        len(standing.lines),
        standing.score.total,
        str(STATES[one.state]),
        str(VERDICTS[leaving.verdict]) if leaving and leaving.verdict else "",
        one.left.left_on if one.left else None,
        one.days_late or None,
    ]


def of_gates(gates: Sequence[Gate], families: Mapping[str, str]) -> Table:
    header = [
        _("Programme"),
        _("Standard department"),
        _("Holds from"),
        _("What is asked"),
        _("Effect"),
        _("To reach"),
        _("Source"),
        _("Confidence"),
    ]
    rows = [
        [
            families.get(gate.family, gate.family) if gate.family else _("All"),
            named(gate.standard_department) if gate.standard_department else _("All"),
            day(gate.starts_on),
            str(ITEMS[one.item]),
            str(EFFECTS[one.effect]),
            amount(UNITS[one.item], one.least),
            one.source,
            one.confidence,
        ]
        for gate in gates
        for one in gate.items
    ]
    return Table(_("Rules of leaving"), header, rows)


def of_groups(groups: Sequence[TeachingGroup]) -> Table:
    header = [_("Site"), _("Department"), _("Member"), _("Duty"), _("From"), _("Last day")]
    rows = [
        [
            named(group.department.institution) if group.department else _("All"),
            named(group.of),
            one.faculty_member.person.name,
            str(DUTIES[one.duty]),
            one.starts_on,
            last_day(one.ends_on) if one.ends_on else "",
        ]
        for group in groups
        for one in group.members
    ]
    return Table(_("Teaching groups"), header, rows)
