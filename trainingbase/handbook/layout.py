"""The record as a document of fixed layout, in the present language.

The same facts, edition and moment give the same document: nothing is asked of the database.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.handbook import chapters
from trainingbase.handbook.rules.content import grouped
from trainingbase.handbook.saying import said
from trainingbase.paper import (
    Block,
    Contents,
    Document,
    Facts,
    Heading,
    PageBreak,
    Picture,
    SignatureLine,
    Signatures,
    Text,
)

CODE_MM = 32
PHOTO_MM = 28


@dataclass(frozen=True)
class Imprint:
    """What stands on the cover beside the record: whose edition, when, and how it is verified."""

    base: str
    edition: int
    code: str
    digest: str
    issued_at: datetime
    issued_by: str
    address: str

    @property
    def link(self) -> str:
        """Where it is verified, with code and checksum."""
        return f"{self.address}?code={self.code}&checksum={self.digest}"


def document(facts: dict[str, Any], imprint: Imprint, photo: bytes | None = None) -> Document:
    """`photo` is the picture whose checksum the facts name."""
    name = said(facts["person"]["name"])
    blocks: list[Block] = [
        *_cover(facts, imprint, photo),
        PageBreak(),
        Contents(_("Contents"), depth=1),
    ]
    for chapter in chapters.CHAPTERS:
        blocks += chapter(facts, imprint.issued_at)
    blocks += _signatures()
    return Document(
        title=_("Training handbook"),
        subtitle=name,
        language="en" if i18n.language() == "en" else "zh",
        blocks=blocks,
        footer=_(
            "%(name)s · edition %(edition)s · code %(code)s",
            name=name,
            edition=imprint.edition,
            code=grouped(imprint.code),
        ),
        made_at=imprint.issued_at,
        cover=True,
    )


def _cover(facts: dict[str, Any], imprint: Imprint, photo: bytes | None) -> list[Block]:
    who = facts["person"]
    said_of = _("Photo of %(name)s", name=said(who["name"]))
    return [
        *([Picture(photo, said_of, PHOTO_MM)] if photo else []),
        Facts(
            [
                (_("Training base"), imprint.base),
                (_("Name"), said(who["name"])),
                (_("Cohort"), said(who["cohort"])),
                (_("Programme"), said(who["programme"])),
                (_("Edition"), imprint.edition),
                (_("Date of issue"), i18n.moment(imprint.issued_at)),
                (_("Handbook issued by"), imprint.issued_by),
                (_("Verification code"), grouped(imprint.code)),
                (_("Checksum (SHA-256)"), imprint.digest),
            ]
        ),
        Picture(_scan_code(imprint.link), _("Code to scan: opens the verification"), CODE_MM),
        Text(
            _(
                "Whoever holds this handbook can verify it: scan the code, or open %(address)s and"
                " enter code and checksum.",
                address=imprint.address,
            ),
            small=True,
        ),
    ]


def _scan_code(link: str) -> bytes:
    import io

    import segno

    drawn = io.BytesIO()
    segno.make(link, error="m").save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue()


def _signatures() -> list[Block]:
    roles = (_("Resident"), _("Tutor"), _("Training office"), _("Head of the base"))
    return [
        Heading(_("Signatures and seal")),
        Text(_("Signed by hand on paper: name, day and seal."), small=True),
        Signatures([SignatureLine(role) for role in roles]),
    ]
