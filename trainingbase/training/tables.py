"""The list of activities as a table for a file, in the viewer's language."""

from flask_babel import gettext as _
from sqlalchemy import Select

from trainingbase.db import db
from trainingbase.i18n import named
from trainingbase.sheets.write import Table
from trainingbase.training.models import Activity
from trainingbase.training.words import STATES, kind_name


def activities(rows: Select[Activity], *, with_score: bool) -> Table:
    header = [
        _("Day"), _("Time"), _("Hours"), _("Kind"), _("Topic"), _("Department"), _("Site"),
        _("Speaker"), _("Attended"), _("State"),
    ]  # fmt: skip
    return Table(
        _("Teaching activities"),
        [*header, _("Score")] if with_score else header,
        [
            [
                one.held_on,
                one.starts_at,
                one.hours,
                kind_name(one.kind),
                one.topic,
                named(one.department) if one.department else _("Whole base"),
                named(one.department.institution) if one.department else None,
                one.speaker.name if one.speaker else None,
                one.attended,
                str(STATES[one.state]),
                *([one.score] if with_score else []),
            ]
            for one in db.session.scalars(rows)
        ],
    )
