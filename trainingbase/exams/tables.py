"""Lists as tables for a file, in the viewer's language."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import Select

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.exams.models import ExamSitting
from trainingbase.exams.queries.figures import Means, Rate
from trainingbase.exams.words import (
    ADDED,
    AGAINST,
    APPEAL_STATES,
    PARTS,
    RESULT_KINDS,
    SOURCES,
)
from trainingbase.i18n import language
from trainingbase.sheets.write import Table


def _local(moment):
    return moment.astimezone(LOCAL) if moment else None


def _name(name: str | None, name_en: str | None) -> str | None:
    return (language() == "en" and name_en) or name


def sittings(rows: Select) -> Table:
    header = [
        _("Which examination"), _("Title"), _("Year"), _("Day"), _("Candidates"),
        _("With figures"), _("Released"),
    ]  # fmt: skip
    return Table(
        _("Sittings"),
        header,
        [
            [
                _name(one.name, one.name_en), one.title, one.year, one.held_on, one.candidates,
                one.settled, _local(one.released_at),
            ]
            for one in db.session.execute(rows)
        ],
    )  # fmt: skip


def candidates(sitting: ExamSitting, rows: Select) -> Table:
    header = [
        _("Resident"), _("Cohort"), _("Why a candidate"), _("Attended"), _("Theory"), _("Skills"),
        _("Passed"), _("First attempt"), _("Where the figures are from"),
        _("Does not sit, because"),
    ]  # fmt: skip
    return Table(
        _name(sitting.kind.name, sitting.kind.name_en) or "",
        header,
        [
            [
                one.name, _name(one.cohort, one.cohort_en), str(ADDED[one.added_because]),
                one.attended, one.theory, one.skills, one.passed, one.is_first,
                str(SOURCES[one.source]) if one.source else None, one.excused_because,
            ]
            for one in db.session.execute(rows)
        ],
    )  # fmt: skip


def appeals(rows: Select) -> Table:
    header = [_("Resident"), _("Which examination"), _("Day"), _("Sent"), _("State"), _("Decided")]
    return Table(
        _("Appeals"),
        header,
        [
            [
                one.who, one.title or _name(one.kind, one.kind_en), one.sat_on or one.went_on,
                _local(one.made_at), str(APPEAL_STATES[state_of(one)]), _local(one.decided_at),
            ]
            for one in db.session.execute(rows)
        ],
    )  # fmt: skip


def state_of(row) -> str:
    """Of a row of `queries.appeals.appeals`."""
    return "withdrawn" if row.withdrawn_at else row.decision or "waiting"


def figures(rates: Sequence[Rate], means: Sequence[Means]) -> list[Table]:
    return [
        Table(
            _("Passed at the first attempt"),
            [
                _("Which examination"), _("Year"), _("Part"), _("Passed"), _("Sat"), _("Rate, %"),
                _("From, %"), _("To, %"), _("Province, %"), _("Against the province"),
            ],
            [
                [
                    str(RESULT_KINDS[one.kind]), one.year, str(PARTS[one.part]), one.passed, one.of,
                    *(
                        None if value is None else round(value, 1)
                        for value in (one.rate, one.low, one.high, one.province)
                    ),
                    str(AGAINST[one.against]) if one.against else None,
                ]
                for one in rates
            ],
        ),
        Table(
            _("Mean scores"),
            [
                _("Year"), _("Part"), _("Sat"), _("Absent"), _("Mean"), _("Province"),
                _("Difference"),
            ],
            [
                [
                    one.year, str(PARTS[one.part]), one.sat, one.absent, one.mean, one.province,
                    one.difference,
                ]
                for one in means
            ],
        ),
    ]  # fmt: skip
