"""What is wrong with one item of a form."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from trainingbase.instruments.rules.scales import SCALES

KINDS = (
    "score", "rating", "choice", "count", "minutes", "text", "boolean", "signature",
)  # fmt: skip
MISSING = ("item", "scale", "options", "points")
OF_ITEM = (
    "code", "section", "name", "note", "kind", "scale", "lowest", "highest", "points", "weight",
    "required", "may_be_unobserved", "options", "anchors", "shown_when", "veto", "competency",
    "competencies", "known_as", "missing",
)  # fmt: skip
LISTS = ("options", "anchors", "competencies")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")
MOST_MARKS, LONGEST, LARGEST = 21, 500, 9999
CORE = (
    "professionalism", "knowledge_skills", "patient_care", "communication", "teaching", "learning",
)  # fmt: skip


@dataclass(frozen=True)
class Wrong:
    """`path` is where (items[3].points), `why` a key of `words.WRONG`, `what` what stands there."""

    path: str
    why: str
    what: str = ""


def listed(item: Mapping[str, Any], key: str) -> list[Any]:
    """What stands there as a list; empty where it is none."""
    found = item.get(key)
    return found if isinstance(found, list) else []


def text(path: str, value: Any, longest: int = LONGEST) -> Iterator[Wrong]:
    if not isinstance(value, str) or not value.strip():
        yield Wrong(path, "missing")
    elif len(value) > longest:
        yield Wrong(path, "too_long", str(longest))


def both_languages(path: str, value: Any) -> Iterator[Wrong]:
    """A text in both languages."""
    if not isinstance(value, Mapping):
        yield Wrong(path, "both_languages")
        return
    for tongue in ("zh", "en"):
        yield from text(f"{path}.{tongue}", value.get(tongue))


def one_of(path: str, value: Any, known: tuple[str, ...]) -> Iterator[Wrong]:
    if value not in known:
        yield Wrong(path, "not_one_of", ", ".join(known))


def number(value: Any) -> Decimal | None:
    """None where it is no number, or one beyond all forms."""
    if value is None or isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and -LARGEST <= found <= LARGEST else None


def wrongs_of_item(
    path: str, item: Mapping[str, Any], earlier: Mapping[str, Any]
) -> Iterator[Wrong]:
    for key in item:
        if key not in OF_ITEM:
            yield Wrong(f"{path}.{key}", "unknown_key")
    for key in LISTS:
        if item.get(key) is not None and not isinstance(item[key], list):
            yield Wrong(f"{path}.{key}", "no_list")
    code = item.get("code")
    if not isinstance(code, str) or not CODE.fullmatch(code):
        yield Wrong(f"{path}.code", "code", str(code or ""))
    elif code in earlier or code.replace(".", "_") in {c.replace(".", "_") for c in earlier}:
        yield Wrong(f"{path}.code", "twice", code)
    yield from both_languages(f"{path}.name", item.get("name"))
    for key in ("section", "note"):
        if item.get(key) is not None:
            yield from both_languages(f"{path}.{key}", item[key])
    if item.get("known_as") is not None:
        yield from text(f"{path}.known_as", item["known_as"])
    kind = item.get("kind")
    yield from one_of(f"{path}.kind", kind, KINDS)
    yield from _shape(path, item, earlier)
    if item.get("missing") is not None:
        yield from one_of(f"{path}.missing", item["missing"], MISSING)
        return
    if kind == "score":
        yield from _score(path, item)
    if kind == "rating":
        yield from _rating(path, item)
    if kind == "choice" and len(listed(item, "options")) < 2:
        yield Wrong(f"{path}.options", "two_options")
    if item.get("veto") and kind != "boolean":
        yield Wrong(f"{path}.veto", "veto_is_yes_or_no")


def _shape(path: str, item: Mapping[str, Any], earlier: Mapping[str, Any]) -> Iterator[Wrong]:
    """What holds for a line that is still to be defined, too."""
    yield from _numbers(path, item)
    yield from _options(path, item)
    if item.get("shown_when") is not None:
        yield from _condition(f"{path}.shown_when", item["shown_when"], earlier)
    yield from _competencies(path, listed(item, "competencies"))
    if item.get("competency") is not None:
        yield from one_of(f"{path}.competency", item["competency"], CORE)
    if item.get("known_as") is not None:
        yield from text(f"{path}.known_as", item["known_as"], longest=40)


def _numbers(path: str, item: Mapping[str, Any]) -> Iterator[Wrong]:
    for key in ("lowest", "highest", "points", "weight"):
        value = item.get(key)
        if value is None:
            continue
        found = number(value)
        if found is None:
            yield Wrong(f"{path}.{key}", "number", str(value))
        elif key in ("points", "weight") and found <= 0:
            yield Wrong(f"{path}.{key}", "above_nothing", str(value))
    low, high = number(item.get("lowest")), number(item.get("highest"))
    if low is not None and high is not None and low > high:
        yield Wrong(f"{path}.highest", "below_lowest")


def _score(path: str, item: Mapping[str, Any]) -> Iterator[Wrong]:
    points, high = number(item.get("points")), number(item.get("highest"))
    if points is None:
        yield Wrong(f"{path}.points", "missing")
    elif high is not None and high != points:
        yield Wrong(f"{path}.highest", "not_the_points", str(points))


def _rating(path: str, item: Mapping[str, Any]) -> Iterator[Wrong]:
    scale = item.get("scale")
    known = isinstance(scale, str) and scale in SCALES
    if scale is not None and not known:
        yield Wrong(f"{path}.scale", "not_one_of", ", ".join(SCALES))
    if known or listed(item, "options"):
        return
    low, high = number(item.get("lowest")), number(item.get("highest"))
    if low is None or high is None:
        yield Wrong(f"{path}.scale", "no_scale")
    elif high - low > MOST_MARKS or low % 1 or high % 1 or low < 0:
        yield Wrong(f"{path}.highest", "too_many_marks", str(MOST_MARKS))


def _options(path: str, item: Mapping[str, Any]) -> Iterator[Wrong]:
    values = set()
    for place, option in enumerate(listed(item, "options")):
        where = f"{path}.options[{place}]"
        if not isinstance(option, Mapping):
            yield Wrong(where, "option")
            continue
        value = number(option.get("value"))
        if value is None:
            yield Wrong(f"{where}.value", "number", str(option.get("value", "")))
        elif value in values:
            yield Wrong(f"{where}.value", "twice", str(value))
        values.add(value)
        yield from both_languages(where, option)
    for place, anchor in enumerate(listed(item, "anchors")):
        where = f"{path}.anchors[{place}]"
        if not isinstance(anchor, Mapping):
            yield Wrong(where, "option")
            continue
        first, last = number(anchor.get("from")), number(anchor.get("to"))
        if first is None or last is None or first > last or first % 1 or last % 1:
            yield Wrong(where, "anchor")
        yield from both_languages(where, anchor)


def _condition(path: str, when: Any, earlier: Mapping[str, Any]) -> Iterator[Wrong]:
    if not isinstance(when, Mapping) or not isinstance(when.get("in"), list) or not when["in"]:
        yield Wrong(path, "condition")
        return
    other = earlier.get(str(when.get("item")))
    if other is None:
        yield Wrong(f"{path}.item", "not_earlier", str(when.get("item", "")))
        return
    options = [one for one in listed(other, "options") if isinstance(one, Mapping)]
    allowed = {number(one.get("value")) for one in options}
    if other.get("kind") == "boolean":
        allowed = {Decimal(0), Decimal(1)}
    for place, value in enumerate(when["in"]):
        if number(value) is None or (allowed and number(value) not in allowed):
            yield Wrong(f"{path}.in[{place}]", "not_an_answer", str(value))


def _competencies(path: str, those: list[Any]) -> Iterator[Wrong]:
    for place, one in enumerate(those):
        said = [one.get("framework"), one.get("code")] if isinstance(one, Mapping) else [None]
        if not all(isinstance(part, str) and 0 < len(part) <= LONGEST for part in said):
            yield Wrong(f"{path}.competencies[{place}]", "competency")
