"""Completion as a table for a file, in the viewer's language."""

from collections.abc import Sequence

from flask_babel import gettext as _

from trainingbase.i18n import day, language, last_day, named
from trainingbase.logbook.models import Appeal
from trainingbase.logbook.queries.completion import completions
from trainingbase.logbook.queries.residents import Row
from trainingbase.logbook.words import APPEAL_STATES, CATEGORIES
from trainingbase.programmes.queries import standard_departments
from trainingbase.sheets.write import Table
from trainingbase.training.words import kind_name


def of_completions(rows: Sequence[Row]) -> list[Table]:
    """A sheet of residents by departments, and one of every line under their figures."""
    found = completions(row.id for row in rows)
    names = {one.id: named(one) for one in standard_departments()}
    shown = [key for key in names if any(key in row.departments for row in rows)]
    return [
        Table(
            _("Log completion"),
            [
                _("Name"), _("Cohort"), _("What counts"), _("To be done"), _("Waiting"),
                _("Percent"), *(names[key] for key in shown),
            ],
            [
                [
                    row.name,
                    cohort_of(row),
                    row.whole.counted,
                    row.whole.target,
                    row.whole.waiting,
                    row.whole.percent,
                    *(row.departments[key].percent if key in row.departments else None
                      for key in shown),
                ]
                for row in rows
            ],
        ),
        Table(
            _("Lines"),
            [
                _("Name"), _("Standard department"), _("Kind"), _("Item"), _("Minimum"),
                _("To be done"), _("Confirmed"), _("Waiting"), _("What counts"),
                _("Not asked by decision"),
            ],
            [
                [
                    row.name,
                    names[line.standard_department_id],
                    str(CATEGORIES[line.category]),
                    kind_name(line.item),
                    line.minimum,
                    line.target,
                    line.done,
                    line.waiting,
                    line.counted,
                    line.eased,
                ]
                for row in rows
                for line in found[row.id].lines
            ],
        ),
    ]  # fmt: skip


def cohort_of(row: Row) -> str:
    return row.cohort_en if language() == "en" and row.cohort_en else row.cohort


def of_appeals(rows: Sequence[Appeal]) -> Table:
    return Table(
        _("Appeals"),
        [
            _("Name"), _("Department"), _("First day"), _("Last day"), _("Kind"), _("Item"),
            _("How many cannot be done here"), _("Why"), _("Appealed on"), _("State"), _("Opinion"),
            _("Eased"), _("In which department"), _("Reason"), _("Decided by"),
        ],
        [
            [
                one.resident.name,
                named(one.placement.department),
                day(one.placement.starts_on),
                last_day(one.placement.ends_on),
                str(CATEGORIES[one.category]),
                kind_name(one.item),
                one.asked,
                one.reason,
                day(one.asked_at.date()),
                str(APPEAL_STATES[one.state]),
                one.opinion,
                one.eased,
                named(one.elsewhere) if one.elsewhere else None,
                one.answer,
                one.decided_by.name if one.decided_by else None,
            ]
            for one in rows
        ],
    )  # fmt: skip
