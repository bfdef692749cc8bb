"""Lists of scholarly work as tables for files, in the viewer's language."""

from collections.abc import Iterable

from flask_babel import gettext as _

from trainingbase.research.models import Work
from trainingbase.research.words import FIELDS, KINDS, LEVELS, STATES, role_of
from trainingbase.sheets.write import Table


def of_works(rows: Iterable[Work]) -> Table:
    header = [
        _("Name"), str(FIELDS["kind"]), str(FIELDS["title"]), _("Part in it"),
        str(FIELDS["authors"]), str(FIELDS["venue"]), str(FIELDS["level"]),
        str(FIELDS["reference"]), str(FIELDS["done_on"]), str(FIELDS["ends_on"]),
        str(FIELDS["hours"]), _("State"), str(FIELDS["points"]), _("Decided by"), _("Reason"),
    ]  # fmt: skip
    return Table(
        _("Research and scholarship"),
        header,
        [
            [
                one.person.name,
                str(KINDS[one.kind]),
                one.title,
                role_of(one.kind, one.role, one.author_order),
                one.authors,
                one.venue,
                str(LEVELS[one.level]) if one.level else None,
                one.reference,
                one.done_on,
                one.ends_on,
                one.hours,
                str(STATES[one.state]),
                one.points,
                one.decided_by.name if one.decided_by else None,
                one.reason,
            ]
            for one in rows
        ],
    )
