"""The sheets of guests' links as a PDF: two to a page, to be cut apart."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from trainingbase import codes
from trainingbase.assessments.models import GuestLink
from trainingbase.i18n import language, last_day, named
from trainingbase.paper import Block, Document, Heading, PageBreak, Picture, Text

ON_A_PAGE = 2


def sheets(links: Sequence[tuple[GuestLink, str]], *, at: datetime) -> Document:
    """`links` with the address each one opens."""
    blocks: list[Block] = []
    for number, (link, address) in enumerate(links):
        if number and number % ON_A_PAGE == 0:
            blocks.append(PageBreak())
        blocks += _sheet(link, address)
    return Document(
        title=_("Sheets to print"),
        language="en" if language() == "en" else "zh",
        blocks=blocks,
        made_at=at,
    )


def _sheet(link: GuestLink, address: str) -> list[Block]:
    for_whom = _("About: %(name)s", name=link.placement.resident.name)
    where = named(link.placement.department)
    said = f"{for_whom} · {where}"
    if link.name:
        said += " · " + _("For: %(name)s", name=link.name)
    asked = _("How was your doctor?") if link.kind == "patient" else named(link.instrument)
    return [
        Heading(asked),
        Text(said),
        Picture(codes.picture(address).getvalue(), _("Code to scan"), 50),
        Text(
            _(
                "Scan with your phone, answer, send. It takes a minute, "
                "needs no account and works once, until %(day)s.",
                day=last_day(link.expires_on),
            )
        ),
        Text(address),
    ]
