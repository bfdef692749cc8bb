"""Signatures as a table for export."""

from collections.abc import Sequence

from flask_babel import gettext as _

from trainingbase.i18n import moment
from trainingbase.sheets.write import Table
from trainingbase.signatures.models import Signature
from trainingbase.signatures.words import KINDS


def of_signatures(rows: Sequence[Signature]) -> Table:
    header = [_("What was signed"), _("Number"), _("Signed at"), _("Digest"), _("Taken back")]
    return Table(_("My signatures"), header, [_row(one) for one in rows])


def _row(one: Signature) -> list:
    return [
        str(KINDS.get(one.kind, one.kind)),
        one.subject_id,
        moment(one.signed_at),
        one.digest,
        moment(one.withdrawn_at) if one.withdrawn_at else "",
    ]
