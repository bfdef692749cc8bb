"""Two versions side by side: what the second adds, takes away and changes."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trainingbase.programmes.rules.content import Content

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Difference:
    """`part`: requirements, groups, rules, minimums, assessments, competencies, frameworks, head.
    `subject` is the standard department or what else it is about; `old` and `new` are the values
    themselves (None where there is none)."""

    part: str
    kind: str
    subject: str
    old: Any
    new: Any


def differences(old: Content, new: Content) -> list[Difference]:
    return [
        *_of("head", {"months": old.months}, {"months": new.months}),
        *_of("requirements", _by(old.rotations), _by(new.rotations)),
        *_of("groups", dict(old.groups), dict(new.groups)),
        *_of(
            "rules",
            {(o.standard, o.kind): o for o in old.orders},
            {(o.standard, o.kind): o for o in new.orders},
        ),
        *_of("minimums", _leasts(old), _leasts(new)),
        *_of("assessments", _assessed(old), _assessed(new)),
        *_of("frameworks", _same(old.frameworks), _same(new.frameworks)),
        *_of("competencies", _served(old), _served(new)),
    ]


def _by(rows: Iterable[Any]) -> dict[str, Any]:
    return {one.standard: one for one in rows}


def _leasts(content: Content) -> dict[tuple, Any]:
    return {(one.standard, one.category, one.item): one for one in content.leasts}


def _assessed(content: Content) -> dict[tuple, Any]:
    return {(one.standard or "", one.instrument, one.timing): one for one in content.assessed}


def _served(content: Content) -> dict[tuple, Any]:
    return {(one.subject, *one.competency): one for one in content.served}


def _same(names: Iterable[str]) -> dict[str, str]:
    return {name: name for name in names}


def _of(part: str, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[Difference]:
    keys: list[Hashable] = [*old, *(key for key in new if key not in old)]
    if part not in ("requirements", "head"):
        keys.sort(key=str)
    for key in keys:
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        kind = ADDED if before is None else REMOVED if after is None else CHANGED
        subject = key[0] if isinstance(key, tuple) else key
        yield Difference(part, kind, str(subject), before, after)


def by_department(found: Iterable[Difference]) -> dict[str, list[Difference]]:
    """Those about a standard department, by its name, in the order in which they were found."""
    rows: dict[str, list[Difference]] = {}
    for one in found:
        if one.part in ("requirements", "rules", "minimums"):
            rows.setdefault(one.subject, []).append(one)
    return rows
