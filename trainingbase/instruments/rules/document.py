"""A form as a document (the shape of `instrument.schema.json`), and what is wrong with one.

The same check holds a file that comes in and a draft that is to be published.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from trainingbase.instruments.rules.items import (
    Wrong,
    both_languages,
    number,
    one_of,
    text,
    wrongs_of_item,
)
from trainingbase.instruments.rules.scales import ENTRUSTMENT

FORMAT = "trainingbase/instrument"
FORMAT_VERSION = 1
ASSESSORS = ("faculty", "supervisor_expert", "nurse", "patient", "peer", "resident", "examiner")
SUBJECTS = ("resident", "record", "activity", "faculty", "department", "base")
VETOES = ("fail", "zero")
RULES = {
    "total": ("least",),
    "share": ("least",),
    "item": ("item", "least"),
    "ratio": ("done", "due", "least"),
    "a_month": ("item", "least"),
    "none": ("item",),
}
HEAD = (
    "format", "format_version", "identity", "version", "name", "assessor", "subject", "note",
    "source", "confidence", "once", "confidential", "veto", "pass_rules", "items",
)  # fmt: skip
NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
MOST_ITEMS = 200


def wrongs(document: Any) -> list[Wrong]:
    """Everything that is wrong with it, in the order of the document."""
    if not isinstance(document, Mapping):
        return [Wrong("", "no_form")]
    found = list(_head(document))
    items = document.get("items")
    if not isinstance(items, list) or not all(isinstance(one, Mapping) for one in items):
        return [*found, Wrong("items", "no_list")]
    if not 0 < len(items) <= MOST_ITEMS:
        found.append(Wrong("items", "no_items" if not items else "too_many"))
    earlier: dict[str, Mapping[str, Any]] = {}
    for place, item in enumerate(items):
        found += wrongs_of_item(f"items[{place}]", item, earlier)
        earlier[str(item.get("code"))] = item
    found += _entrustment(items)
    return found + list(_pass_rules(document.get("pass_rules"), earlier, items))


def _head(document: Mapping[str, Any]) -> Iterator[Wrong]:
    for key in document:
        if key not in HEAD:
            yield Wrong(str(key), "unknown_key")
    if document.get("format") != FORMAT:
        yield Wrong("format", "not_this_format", str(document.get("format", "")))
    elif document.get("format_version") != FORMAT_VERSION:
        yield Wrong("format_version", "not_this_format", str(document.get("format_version", "")))
    origin, _slash, name = str(document.get("identity", "")).partition("/")
    if origin not in ("national", "base") or not NAME.fullmatch(name):
        yield Wrong("identity", "identity", str(document.get("identity", "")))
    yield from text("version", document.get("version"), longest=40)
    yield from both_languages("name", document.get("name"))
    if document.get("note") is not None:
        yield from both_languages("note", document["note"])
    yield from one_of("assessor", document.get("assessor"), ASSESSORS)
    yield from one_of("subject", document.get("subject"), SUBJECTS)
    if document.get("veto") is not None:
        yield from one_of("veto", document["veto"], VETOES)


def _entrustment(items: list[Mapping[str, Any]]) -> Iterator[Wrong]:
    """What the supervisor had to do and what the resident may do next are not asked together."""
    by_section: dict[str, set[str]] = {}
    for place, item in enumerate(items):
        scale, section = item.get("scale"), item.get("section")
        if scale not in ENTRUSTMENT:
            continue
        name = str(section.get("zh")) if isinstance(section, Mapping) else ""
        seen = by_section.setdefault(name, set())
        if seen - {scale}:
            yield Wrong(f"items[{place}].scale", "entrustment_mixed")
        seen.add(scale)


def _pass_rules(
    rules: Any, by_code: Mapping[str, Any], items: list[Mapping[str, Any]]
) -> Iterator[Wrong]:
    if rules is None:
        return
    if not isinstance(rules, list):
        yield Wrong("pass_rules", "no_list")
        return
    for place, rule in enumerate(rules):
        path = f"pass_rules[{place}]"
        kind = rule.get("kind") if isinstance(rule, Mapping) else None
        if not isinstance(kind, str) or kind not in RULES:
            yield Wrong(f"{path}.kind", "not_one_of", ", ".join(RULES))
            continue
        for key in RULES[kind]:
            value = rule.get(key)
            if key == "least" and number(value) is None:
                yield Wrong(f"{path}.least", "number", str(value or ""))
            elif key != "least" and str(value) not in by_code:
                yield Wrong(f"{path}.{key}", "no_such_item", str(value or ""))
        if kind in ("total", "share") and not any(one.get("kind") == "score" for one in items):
            yield Wrong(path, "nothing_adds_up")
