"""The official exit form on paper and as a workbook: the same fields, from the same content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from trainingbase.i18n import day, language, last_day, moment, number
from trainingbase.leaving.rules import form as exit_form
from trainingbase.leaving.rules.content import lines_of
from trainingbase.leaving.rules.form import Field
from trainingbase.leaving.words import (
    EFFECTS,
    GRADES,
    ITEMS,
    LINE_STATES,
    SIGNERS,
    VERDICTS,
    asked_in_words,
    done_in_words,
)
from trainingbase.paper import (
    Document,
    Facts,
    Heading,
    Picture,
    SignatureLine,
    Signatures,
    Text,
)
from trainingbase.paper import Table as PaperTable
from trainingbase.sheets.write import Table
from trainingbase.signatures.charts import qr
from trainingbase.signatures.models import Signature
from trainingbase.signatures.rules import in_groups


@dataclass(frozen=True)
class Printed:
    """What is printed: the content (signed, or as things stand), its signatures, where it is
    verified, and when it was made.  Without a signature it is a draft."""

    content: Mapping[str, Any]
    signatures: Sequence[Signature]
    address: str
    base: str
    made_at: datetime


def field_label(field: Field) -> str:
    return field.name_en if language() == "en" else field.name


def section_label(field: Field) -> str:
    return field.section_en if language() == "en" else field.section


def shown(field: Field, values: Mapping[str, Any]) -> str:
    """The value of a field as people read it; a dash where nothing is known."""
    value = values.get(field.code)
    if value is None or value == "":
        return "—"
    if field.filled_from == "period":
        starts_on, ends_on = (date.fromisoformat(value[key]) for key in ("starts_on", "ends_on"))
        return f"{day(starts_on)} – {last_day(ends_on)}"
    if isinstance(value, Mapping):
        return (language() == "en" and value.get("en")) or value["zh"]
    if field.kind == "grade":
        return str(GRADES[int(value)])
    if field.kind == "verdict":
        return str(VERDICTS[value])
    if field.kind == "text":
        return str(value)
    return number(Decimal(str(value))) + _share(field, values)


def _share(field: Field, values: Mapping[str, Any]) -> str:
    """Of what was to be done, in percent (应完成, 已完成, 比例)."""
    due = Decimal(str(values.get(exit_form.PER_CENT_OF.get(field.code, "")) or 0))
    if due <= 0:
        return ""
    part = min(Decimal(100), Decimal(str(values[field.code])) * 100 / due)
    return f" ({number(part.quantize(Decimal('0.1')))} %)"


def sections(values: Mapping[str, Any]) -> list[tuple[str, list[tuple[Field, str]]]]:
    """Each section of the form with its fields and what stands in them."""
    return [
        (label, [(one, shown(one, values)) for one in members])
        for label, members in groupby(exit_form.fields(), section_label)
    ]


def title() -> str:
    return _("Exit form of a rotation")


def document(printed: Printed) -> Document:
    content, blocks = printed.content, []
    review = content.get("review") or {}
    if not printed.signatures:
        blocks.append(Text(_("Draft: not signed. The figures are those of this moment.")))
    for label, members in sections(content["fields"]):
        blocks.append(Heading(label, level=2))
        rows = [(field_label(one), value) for one, value in members]
        blocks.append(Facts(rows, columns=2))
    blocks += _gate(content)
    blocks += _words(content, review)
    blocks.append(Signatures(_signed(printed)))
    if printed.signatures:
        digest = printed.signatures[0].digest
        blocks.append(Picture(qr(printed.address), _("Address to verify"), 28))
        blocks.append(Text(_("Digest: %(digest)s", digest=in_groups(digest)), small=True))
        blocks.append(Text(_("Verify at %(address)s", address=printed.address), small=True))
    return Document(
        title=title(),
        language="en" if language() == "en" else "zh",
        subtitle=f"{content['resident']} · {printed.base}",
        footer=printed.base,
        blocks=blocks,
        made_at=printed.made_at,
    )


def _gate(content: Mapping[str, Any]) -> list:
    head = [_("What is asked"), _("To reach"), _("Done"), _("State")]
    rows = [
        [str(ITEMS[one.item]), asked_in_words(one), done_in_words(one), _state(one)]
        for one in lines_of(content["lines"])
    ]
    return [
        Heading(_("Rules of this base"), level=2),
        Text(_score(content["score"]), small=True),
        PaperTable(head, rows, widths=[4, 3, 4, 3]),
    ]


def _state(line) -> str:
    return f"{LINE_STATES[line.state]} · {EFFECTS[line.effect]}"


def _score(score: Mapping[str, Any]) -> str:
    def part(name: str) -> str:
        got = score[name]
        most = number(Decimal(score[f"most_{name}"]))
        return f"{number(Decimal(got)) if got is not None else '—'} / {most}"

    total = score["total"]
    return _(
        "Exit score %(total)s: daily %(daily)s, theory %(theory)s, skill %(skill)s",
        total=number(Decimal(total)) if total is not None else "—",
        daily=part("daily"),
        theory=part("theory"),
        skill=part("skill"),
    )


def _words(content: Mapping[str, Any], review: Mapping[str, Any]) -> list:
    supervisor = content["supervisor"]
    rows = [
        (_("Supervisor"), supervisor.get("name")),
        (
            _("Comment of the supervisor"),
            supervisor.get("comment") or supervisor.get("form_comment"),
        ),
        (_("Teaching group"), "、".join(review.get("reviewers", []))),
        (_("Feedback to the resident"), review.get("feedback")),
        (_("Why the verdict is not the one proposed"), review.get("reason")),
        (_("Handed over although something is missing"), content.get("prepared_because")),
    ]
    said = [(label, value) for label, value in rows if value]
    return [Heading(_("Review"), level=2), Facts(said)] if said else []


def _comment(supervisor: Mapping[str, Any]) -> str | None:
    return supervisor.get("comment") or supervisor.get("form_comment")


def _signed(printed: Printed) -> list[SignatureLine]:
    supervisor = printed.content["supervisor"]
    first = SignatureLine(
        role=str(SIGNERS["supervisor"]),
        name=supervisor.get("signed_by") or "",
        signed_at_text=_moment(supervisor.get("signed_at")),
        digest=supervisor.get("digest") or "",
    )
    rest = [
        SignatureLine(
            role=str(SIGNERS[one.role]),
            name=one.name,
            signed_at_text=moment(one.signed_at),
            digest=one.digest,
        )
        for one in printed.signatures
    ]
    by_hand = {"leader": "leader", "resident": "resident"}
    have = {"leader" if one.role == "deputy" else one.role for one in printed.signatures}
    rest += [SignatureLine(role=str(SIGNERS[one])) for one in by_hand if one not in have]
    return [first, *rest]


def _moment(text: str | None) -> str:
    return moment(datetime.fromisoformat(text)) if text else ""


def workbook(printed: Printed) -> list[Table]:
    """Three sheets: the fields, the rules, the signatures."""
    content = printed.content
    fields = [
        [one.code, label, field_label(one), _cell(one, content["fields"]), value]
        for label, members in sections(content["fields"])
        for one, value in members
    ]
    lines = [
        [
            str(ITEMS[one.item]),
            str(EFFECTS[one.effect]),
            asked_in_words(one),
            done_in_words(one),
            one.done,
            one.counted,
            one.target,
            str(LINE_STATES[one.state]),
        ]
        for one in lines_of(content["lines"])
    ]
    signed = [[one.role, one.name, one.signed_at_text, one.digest] for one in _signed(printed)]
    return [
        Table(title(), [_("Code"), _("Section"), _("Field"), _("Value"), _("As printed")], fields),
        Table(
            _("Rules of this base"),
            [
                _("What is asked"),
                _("Effect"),
                _("To reach"),
                _("Done"),
                _("Figure"),
                _("Number counted"),
                _("To be done"),
                _("State"),
            ],
            lines,
        ),
        Table(_("Signatures"), [_("As"), _("Name"), _("Signed at"), _("Digest")], signed),
    ]


def _cell(field: Field, values: Mapping[str, Any]) -> Any:
    """Numbers as numbers, so that a sheet can reckon with them."""
    value = values.get(field.code)
    if value is not None and field.kind in ("count", "days", "mark"):
        return Decimal(str(value))
    return shown(field, values) if value is not None else None
