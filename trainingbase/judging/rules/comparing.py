"""What has changed since a packet was frozen: the frozen content and that of today in, the
differences out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """`what` names the figure (a key of `words.FIGURES`), `of` which one, where there are many."""

    what: str
    of: Any
    then: Any
    now: Any


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    """Of the figures first, then forms that were not there, or are not there any more."""
    found = [
        Difference(what, None, _at(then, path), _at(now, path))
        for what, path in FIGURES
        if _at(then, path) != _at(now, path)
    ]
    found += _means(then, now)
    old, new = _forms(then), _forms(now)
    found += [Difference("form_gone", old[key], old[key], None) for key in old.keys() - new.keys()]
    found += [Difference("form_new", new[key], None, new[key]) for key in new.keys() - old.keys()]
    found += _reworded(then, now, set(old) & set(new))
    return found


FIGURES = (
    ("tutor", ("resident", "tutor")),
    ("ends_on", ("resident", "ends_on")),
    ("log_counted", ("log", "counted")),
    ("log_target", ("log", "target")),
    ("present", ("attendance", "present")),
    ("unexcused", ("attendance", "unexcused")),
    ("exams", ("exams",)),
    ("exits", ("exits",)),
)


def _at(content: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = content
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return len(value) if isinstance(value, list) else value


def _means(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[Difference]:
    old, new = _by_key(then), _by_key(now)
    for key in [*old, *(one for one in new if one not in old)]:
        before, after = (one.get(key, {}).get("mean") for one in (old, new))
        if before != after:
            yield Difference("mean", key[0], before, after)


def _by_key(content: Mapping[str, Any]) -> dict[tuple, Mapping[str, Any]]:
    return {(one["code"], *one["scale"]): one for one in content.get("competencies", ())}


def _forms(content: Mapping[str, Any]) -> dict[int, Mapping[str, Any]]:
    return {one["submission"]: one for one in content.get("forms", ())}


def _reworded(
    then: Mapping[str, Any], now: Mapping[str, Any], both: set[int]
) -> Iterable[Difference]:
    """Forms to which something was added: what was sent stays, an amendment stands beside it."""
    forms, now_forms = _forms(then), _forms(now)
    for key in sorted(both):
        if forms[key].get("amendments") != now_forms[key].get("amendments"):
            yield Difference("form_amended", forms[key], None, now_forms[key])
