"""A form as a file: one JSON document, in the shape of `instrument.schema.json`."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from trainingbase.instruments.models import OWN, Instrument, Item
from trainingbase.instruments.rules.document import FORMAT, FORMAT_VERSION
from trainingbase.instruments.rules.items import number
from trainingbase.instruments.rules.scales import filled
from trainingbase.texts import cleaned

SCHEMA = Path(__file__).parent / "instrument.schema.json"
LARGEST = 400 * 1024


class NotJson(Exception):
    """The file cannot be read as JSON; `line` is where it stops making sense, or None."""

    def __init__(self, line: int | None):
        super().__init__(line)
        self.line = line


def read(content: bytes) -> Any:
    """The document of a file, its texts cleaned like those of a form.  Raises `NotJson`."""
    try:
        return _cleaned(json.loads(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise NotJson(None) from None
    except json.JSONDecodeError as error:
        raise NotJson(error.lineno) from None
    except (RecursionError, ValueError):
        raise NotJson(None) from None


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {cleaned(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return cleaned(value)


def written(instrument: Instrument) -> bytes:
    text = json.dumps(document_of(instrument), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def document_of(instrument: Instrument) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "identity": instrument.identity,
        "version": instrument.version,
        "name": {"zh": instrument.name, "en": instrument.name_en},
        "assessor": instrument.assessor,
        "subject": instrument.subject,
        "note": _both(instrument.note, instrument.note_en),
        "source": instrument.source,
        "confidence": instrument.confidence,
        "once": instrument.is_once,
        "confidential": bool(instrument.is_confidential),
        "veto": instrument.veto,
        "pass_rules": instrument.pass_rules,
        "items": [_document_of_item(item) for item in instrument.items],
    }


def _both(zh: str | None, en: str | None) -> dict[str, str] | None:
    return {"zh": zh, "en": en or zh} if zh else None


def _plain(value: Decimal | None) -> int | float | None:
    """As JSON writes it: 3, not 3.00."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _document_of_item(item: Item) -> dict[str, Any]:
    """Without what says nothing."""
    said = {
        "code": item.code,
        "section": _both(item.section, item.section_en),
        "name": {"zh": item.name, "en": item.name_en},
        "note": _both(item.note, item.note_en),
        "kind": "signature" if item.is_signature else item.kind,
        "scale": None if item.is_signature else item.scale,
        "lowest": _plain(item.lowest),
        "highest": _plain(item.highest),
        "points": _plain(item.points),
        "weight": _plain(item.weight),
        "required": item.is_required,
        "may_be_unobserved": item.may_be_unobserved,
        "options": [{"value": value, "zh": zh, "en": en} for value, zh, en in item.options or ()],
        "anchors": [
            {"from": first, "to": last, "zh": zh, "en": en}
            for first, last, zh, en in item.anchors or ()
        ],
        "shown_when": item.shown_when,
        "veto": item.is_veto,
        "competency": item.competency,
        "competencies": [
            {"framework": framework, "code": code} for framework, code in item.competencies or ()
        ],
        "known_as": item.known_as,
        "missing": item.missing,
    }
    return {key: value for key, value in said.items() if value not in (None, [], False)}


def form_of_document(document: Mapping[str, Any], *, code: str, version: str) -> Instrument:
    """A new draft of the base that says what a right document says."""
    note = document.get("note") or {}
    return Instrument(
        code=code,
        version=version,
        origin="base",
        name=document["name"]["zh"].strip(),
        name_en=document["name"]["en"].strip(),
        assessor=document["assessor"],
        subject=document["subject"],
        note=note.get("zh"),
        note_en=note.get("en"),
        source=str(document.get("source") or "—")[:500],
        confidence="S",
        pass_rules=document.get("pass_rules"),
        is_once=bool(document.get("once")),
        is_confidential=bool(document.get("confidential")),
        veto=document.get("veto"),
        copied_from=f"{document['identity']} {document['version']}",
        is_in_use=False,
        items=[item_of_document(place, one) for place, one in enumerate(document["items"])],
    )


def item_of_document(position: int, said: Mapping[str, Any]) -> Item:
    section, note = said.get("section") or {}, said.get("note") or {}
    kind = said["kind"]
    points = number(said.get("points"))
    columns = {
        "lowest": number(said.get("lowest")),
        "highest": number(said.get("highest")),
        "options": [
            [_plain(number(one["value"])), one["zh"], one["en"]]
            for one in said.get("options") or ()
        ]
        or None,
        "anchors": [
            [_plain(number(one["from"])), _plain(number(one["to"])), one["zh"], one["en"]]
            for one in said.get("anchors") or ()
        ]
        or None,
    }
    scale = "signature" if kind == "signature" else said.get("scale")
    if kind == "rating" and scale:
        standard = filled(scale)
        columns = {key: columns[key] or standard[key] for key in columns}
    if kind == "score":
        columns |= {"lowest": columns["lowest"] or Decimal(0), "highest": points}
    return Item(
        position=position,
        code=said["code"],
        section=section.get("zh"),
        section_en=section.get("en"),
        name=said["name"]["zh"].strip(),
        name_en=said["name"]["en"].strip(),
        note=note.get("zh"),
        note_en=note.get("en"),
        kind="text" if kind == "signature" else kind,
        scale=scale,
        points=points,
        weight=number(said.get("weight")),
        is_required=bool(said.get("required")),
        may_be_unobserved=bool(said.get("may_be_unobserved")),
        shown_when=said.get("shown_when"),
        is_veto=bool(said.get("veto")),
        competency=said.get("competency"),
        competencies=[[one["framework"], one["code"]] for one in said.get("competencies") or ()]
        or None,
        known_as=said.get("known_as"),
        missing=said.get("missing"),
        **columns,
    )


def own_code(name: str) -> str:
    """The code of a form of the base's own."""
    return OWN + name
