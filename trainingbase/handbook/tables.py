"""Lists of handbooks as tables for files, in the viewer's language."""

from collections.abc import Iterable

from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.handbook.models import Handbook, OrderLine
from trainingbase.handbook.rules.content import grouped
from trainingbase.handbook.words import LANGUAGES, LINE_STATES, STATES
from trainingbase.sheets.write import Table


def of_handbooks(rows: Iterable[Handbook]) -> Table:
    header = [
        _("Name"), _("Cohort"), _("Edition"), _("Language"), _("State"), _("Date of issue"),
        _("Handbook issued by"), _("Verification code"), _("Checksum (SHA-256)"),
        _("Checksum of the file"),
    ]  # fmt: skip
    return Table(
        _("Training handbooks"),
        header,
        [
            [
                one.resident.name,
                i18n.named(one.resident.cohort),
                one.edition,
                str(LANGUAGES[one.language]),
                str(STATES[one.state]),
                i18n.moment(one.issued_at),
                one.issued_by.name,
                grouped(one.code),
                one.digest,
                one.file.sha256,
            ]
            for one in rows
        ],
    )


def of_lines(rows: Iterable[OrderLine]) -> Table:
    """What an order made and what failed: also the list in an archive."""
    header = [
        _("Name"), _("Cohort"), _("State"), _("Edition"), _("Verification code"),
        _("Checksum (SHA-256)"), _("File"), _("Why not"),
    ]  # fmt: skip
    return Table(
        _("Training handbooks"),
        header,
        [
            [
                one.resident.name,
                i18n.named(one.resident.cohort),
                str(LINE_STATES[one.state]),
                one.handbook.edition if one.handbook else None,
                grouped(one.handbook.code) if one.handbook else None,
                one.handbook.digest if one.handbook else None,
                name_in_archive(one) if one.handbook else None,
                one.failed_because,
            ]
            for one in rows
        ],
    )


def name_in_archive(line: OrderLine) -> str:
    """Two residents of one name keep files of their own."""
    stem = line.handbook.file.name.removesuffix(".pdf")
    return f"{line.position:03}-{stem}.pdf"
