"""What the editor's form says as columns of an item, and back."""

import re
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from trainingbase.form import options
from trainingbase.instruments.forms.editing import NEEDED, ItemForm, RuleForm
from trainingbase.instruments.models import Instrument, Item
from trainingbase.instruments.rules.items import number
from trainingbase.instruments.rules.scales import filled

LINE = re.compile(r"\s*(\S+)\s+([^|]+?)\s*(?:\|\s*(.+?)\s*)?$")


class BadLine(Exception):
    """A line that cannot be read; `line` is it."""

    def __init__(self, line: str):
        super().__init__(line)
        self.line = line


def options_of(text: str) -> list[list[Any]] | None:
    """`1 病房 | Ward` on each line as `[[1, 病房, Ward], …]`.  Raises `BadLine`."""
    found = []
    for line in filter(str.strip, (text or "").splitlines()):
        said = LINE.match(line)
        value = number(said[1]) if said else None
        if said is None or value is None:
            raise BadLine(line)
        plain = int(value) if value == int(value) else float(value)
        found.append([plain, said[2], said[3] or said[2]])
    return found or None


def anchors_of(text: str) -> list[list[Any]] | None:
    """`1-3 有待加强 | Weak` on each line as `[[1, 3, 有待加强, Weak], …]`.  Raises `BadLine`."""
    found = []
    for line in filter(str.strip, (text or "").splitlines()):
        said = re.match(r"\s*(\d{1,3})\s*[-–]\s*(\d{1,3})\s+([^|]+?)\s*(?:\|\s*(.+?)\s*)?$", line)
        if said is None:
            raise BadLine(line)
        found.append([int(said[1]), int(said[2]), said[3], said[4] or said[3]])
    return found or None


def competencies_of(text: str) -> list[list[str]] | None:
    """Raises `BadLine`."""
    found = []
    for line in filter(str.strip, (text or "").splitlines()):
        parts = line.split()
        if len(parts) != 2 or parts[0].count("/") != 2:
            raise BadLine(line)
        found.append(parts)
    return found or None


def as_lines(item: Item) -> dict[str, str]:
    """The lists of an item as the form shows them."""
    when = item.shown_when or {}
    return {
        "options": "\n".join(f"{value} {zh} | {en}" for value, zh, en in item.options or ()),
        "anchors": "\n".join(f"{a}-{b} {zh} | {en}" for a, b, zh, en in item.anchors or ()),
        "competencies": "\n".join(" ".join(one) for one in item.competencies or ()),
        "shown_item": when.get("item", ""),
        "shown_in": ", ".join(str(one) for one in when.get("in", ())),
        "kind": "signature" if item.is_signature else item.kind,
        "scale": "" if item.is_signature else item.scale or "",
        "competency": item.competency or "",
    }


PLAIN = (
    "code", "section", "section_en", "name", "name_en", "points", "weight", "lowest", "highest",
    "is_required", "may_be_unobserved", "is_veto", "note", "note_en",
)  # fmt: skip


def present(item: Item) -> dict[str, Any]:
    """An item as the form shows it."""
    return {name: getattr(item, name) for name in PLAIN} | as_lines(item)


def item_form(draft: Instrument, item: Item | None) -> ItemForm:
    form = ItemForm(data=present(item) if item else {"is_required": True})
    earlier = [one for one in draft.items if item is None or one.position < item.position]
    names = {one.code: f"{one.code} {one.name}" for one in earlier if one.kind != "text"}
    form.shown_item.choices = options({"": _("Always asked"), **names})
    return form


def columns_of(form: ItemForm) -> dict[str, Any] | None:
    """What the form says as columns of an item; None where a line was refused (said beside it)."""
    said = dict(form.answers())
    readers = {
        "options": options_of, "anchors": anchors_of, "competencies": competencies_of,
    }  # fmt: skip
    for name, read in readers.items():
        try:
            said[name] = read(said[name])
        except BadLine as bad:
            form.refuse(name, _("This line cannot be read: %(line)s", line=bad.line[:80]))
    item, values = said.pop("shown_item"), said.pop("shown_in")
    said["shown_when"] = _condition(form, item, values)
    if form.errors:
        return None
    for name in ("section", "section_en", "note", "note_en", "competency", "scale"):
        said[name] = said[name] or None
    if said["section"] and not said["section_en"]:
        said["section_en"] = said["section"]
    if said["note"] and not said["note_en"]:
        said["note_en"] = said["note"]
    return {**said, **_of_kind(said), "missing": None}


def _condition(form: ItemForm, item: str, values: str) -> dict | None:
    if not item:
        return None
    parts = [number(one.strip()) for one in re.split(r"[,，、]", values) if one.strip()]
    wanted = [one for one in parts if one is not None]
    if len(wanted) < len(parts):
        wanted = []
    if not wanted:
        form.refuse("shown_in", _("Give the values, with commas between them."))
        return None
    return {"item": item, "in": [int(one) if one == int(one) else float(one) for one in wanted]}


def _of_kind(said: dict[str, Any]) -> dict[str, Any]:
    """The columns that a kind decides; what it has no use for is empty."""
    kind = said["kind"]
    columns: dict[str, Any] = {"kind": kind, "scale": None}
    if kind == "signature":
        return {"kind": "text", "scale": "signature", "options": None, "anchors": None,
                "points": None, "weight": None, "lowest": None, "highest": None,
                "is_veto": False, "may_be_unobserved": False}  # fmt: skip
    if kind != "score":
        columns |= {"points": None, "weight": None}
    else:
        columns |= {"lowest": Decimal(0), "highest": said["points"]}
    if kind == "rating" and said["scale"]:
        standard = filled(said["scale"])
        columns |= standard | {"scale": said["scale"]}
        columns["anchors"] = said["anchors"] or standard["anchors"]
    elif kind != "rating":
        columns["anchors"] = None
    if kind not in ("rating", "choice", "score"):
        columns["options"] = None
    if kind != "boolean":
        columns["is_veto"] = False
    return columns


def rule_form(draft: Instrument) -> RuleForm:
    form = RuleForm()
    names = {one.code: f"{one.code} {one.name}" for one in draft.items if one.kind != "text"}
    form.item.choices = form.due.choices = options({"": "—", **names})
    return form


def rule_of(form: RuleForm) -> dict[str, str] | None:
    """None where something is missing (said beside it)."""
    kind, least = form.kind.data, form.least.data
    rule = {"kind": kind}
    if kind != "none":
        if least is None:
            form.refuse("least", NEEDED)
        else:
            rule["least"] = format(least.normalize(), "f")
    if kind in ("item", "none", "a_month", "ratio") and not form.item.data:
        form.refuse("item", NEEDED)
    if kind == "ratio":
        if not form.due.data:
            form.refuse("due", NEEDED)
        rule |= {"done": form.item.data, "due": form.due.data}
    elif kind in ("item", "none", "a_month"):
        rule["item"] = form.item.data
    return None if form.errors else rule
