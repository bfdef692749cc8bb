"""On paper: the certificate of an obligation fulfilled, and the evidence for a promotion."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.careers.models import Award
from trainingbase.careers.queries.evidence import Shown
from trainingbase.careers.queries.promotion import Candidate
from trainingbase.careers.words import AWARD_LEVELS, condition_in_words, missing_in_words
from trainingbase.i18n import day, language, last_day, moment, named, number
from trainingbase.paper import (
    Document,
    Facts,
    Heading,
    Picture,
    SignatureLine,
    Signatures,
    Table,
    Text,
)
from trainingbase.signatures.charts import qr
from trainingbase.signatures.models import Signature
from trainingbase.signatures.rules import in_groups


def certificate(signature: Signature, *, address: str, base: str) -> Document:
    """From what was signed, whatever the records say by now."""
    content = signature.content
    rows = [
        [
            f"{day(date.fromisoformat(one['starts_on']))} – "
            f"{last_day(date.fromisoformat(one['ends_on']))}",
            one["place"] or _("Training"),
            number(Decimal(one["days"])),
        ]
        for one in content["rows"]
    ]
    said = _(
        "%(name)s has fulfilled the service obligation of %(years)s years.",
        name=content["resident"], years=number(Decimal(content["years"])),
    )  # fmt: skip
    return Document(
        title=_("Certificate of service"),
        language=_tongue(),
        subtitle=base,
        footer=base,
        made_at=signature.signed_at,
        blocks=[
            Text(said),
            Facts(
                [
                    (_("Name"), content["resident"]),
                    (_("ID number"), content["id_number"]),
                    (_("Cohort"), content["cohort"]),
                    (_("Place of service"), content["place"]),
                    (_("Rule"), content["rule"]),
                    (_("Days owed"), number(content["owed_days"])),
                    (_("Days served"), number(Decimal(content["served_days"]))),
                    (_("On"), day(date.fromisoformat(content["on"]))),
                ],
                columns=2,
            ),
            Heading(_("What was counted"), level=2),
            Table([_("Period"), _("Place of work"), _("Days")], rows),
            Signatures(
                [
                    SignatureLine(
                        _("Training office"), signature.name, moment(signature.signed_at),
                        signature.digest,
                    )
                ]
            ),
            Picture(qr(address), _("Address to verify"), 28),
            Text(_("Digest: %(digest)s", digest=in_groups(signature.digest)), small=True),
            Text(_("Verify at %(address)s", address=address), small=True),
        ],
    )  # fmt: skip


def evidence_pack(
    scheme,
    candidate: Candidate,
    rows: Mapping[tuple[str, int], Shown],
    awards: Sequence[Award],
    *,
    base: str,
    made_at: datetime,
) -> Document:
    """Each condition with what was found, and every row behind it; then what was given to them."""
    blocks = [
        Facts(
            [
                (_("Name"), candidate.name),
                (_("Title or cohort"), candidate.detail),
                (_("Applied for"), named(scheme)),
                (_("Source"), scheme.source),
                (_("Meets everything"), _("yes") if candidate.is_ready else _("no")),
            ]
        ),
        Table(
            [_("What is asked for"), _("Found"), _("State")],
            [
                [
                    condition_in_words(one.asked),
                    number(one.found.value) if one.found.value is not None else "—",
                    missing_in_words(one),
                ]
                for one in candidate.met
            ],
            widths=[5, 2, 3],
        ),
    ]
    for one in candidate.met:
        found = [rows[row] for row in one.found.rows if row in rows]
        blocks.append(Heading(condition_in_words(one.asked), level=2))
        if found:
            blocks.append(Table([_("What"), _("When")], _rows(found), widths=[7, 4]))
        else:
            blocks.append(Text(_("A figure without rows of its own."), small=True))
    if awards:
        blocks.append(Heading(_("Honours and awards"), level=2))
        blocks.append(_awards(awards))
    blocks.append(
        Signatures(
            [SignatureLine(_("The person who applies")), SignatureLine(_("Training office"))]
        )
    )
    return Document(
        title=_("Evidence for promotion or honour"),
        language=_tongue(),
        subtitle=f"{candidate.name} · {base}",
        footer=base,
        made_at=made_at,
        blocks=blocks,
    )


def _awards(awards: Sequence[Award]) -> Table:
    return Table(
        [_("Award"), _("Level"), _("Given on"), _("Given by"), _("Number")],
        [
            [one.name, str(AWARD_LEVELS[one.level]), day(one.given_on), one.given_by or "—",
             one.number or "—"]
            for one in awards
        ],
    )  # fmt: skip


def _rows(found: Sequence[Shown]) -> list[list[str]]:
    return [[name_of(one), when(one)] for one in found]


def name_of(one: Shown) -> str:
    return (language() == "en" and one.name_en) or one.name


def when(one: Shown) -> str:
    if one.starts_on is None:
        return "—"
    if one.ends_on is not None:
        return f"{day(one.starts_on)} – {last_day(one.ends_on)}"
    return day(one.starts_on)


def _tongue():
    return "en" if language() == "en" else "zh"
