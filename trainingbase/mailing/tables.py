"""What was mailed, as a table for a file."""

from flask_babel import gettext as _
from sqlalchemy import Select

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.mailing.models import Message
from trainingbase.mailing.words import CHANNELS, KINDS, STATES
from trainingbase.sheets.write import Table


def messages(rows: Select[Message]) -> Table:
    header = [
        _("Person"), _("Address"), _("Channel"), _("What"), _("State"), _("Tries"), _("Composed"),
        _("Mailed"), _("Fault"),
    ]  # fmt: skip
    return Table(
        _("Mail"),
        header,
        [
            [
                one.person.name if one.person else None,
                one.address or None,
                str(CHANNELS[one.channel]),
                str(KINDS[one.kind]),
                str(STATES[one.state]),
                one.tries,
                one.made_at.astimezone(LOCAL),
                one.sent_at.astimezone(LOCAL) if one.sent_at else None,
                one.fault,
            ]
            for one in db.session.scalars(rows)
        ],
    )
