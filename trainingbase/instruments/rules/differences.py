"""What differs between two versions of a form, both as documents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NOT_COMPARED = {"format", "format_version", "items"}


@dataclass(frozen=True)
class Difference:
    """`code` is the item's, or None for the form itself; `what` is new, gone, moved or changed;
    `field`, `before` and `after` of what was changed."""

    code: str | None
    what: str
    field: str | None = None
    before: Any = None
    after: Any = None


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Difference]:
    """From `one` to `other`: the form itself first, then the items in the order of `other`, then
    the items that are gone."""
    return [*_head(one, other), *_items(one["items"], other["items"])]


def _head(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Difference]:
    for field in dict.fromkeys([*one, *other]):
        if field not in NOT_COMPARED and one.get(field) != other.get(field):
            yield Difference(None, "changed", field, one.get(field), other.get(field))


def _items(before: list, after: list) -> Iterator[Difference]:
    was, now = {i["code"]: i for i in before}, {i["code"]: i for i in after}
    kept_before = [code for code in was if code in now]
    kept_after = [code for code in now if code in was]
    for code, item in now.items():
        if code not in was:
            yield Difference(code, "new", after=item.get("name"))
            continue
        if kept_before.index(code) != kept_after.index(code):
            yield Difference(code, "moved")
        for field in dict.fromkeys([*was[code], *item]):
            if was[code].get(field) != item.get(field):
                yield Difference(code, "changed", field, was[code].get(field), item.get(field))
    for code, item in was.items():
        if code not in now:
            yield Difference(code, "gone", before=item.get("name"))
