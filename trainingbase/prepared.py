"""Statements built once: putting a `select` together costs more than asking a small one."""

from collections.abc import Callable, Collection
from functools import wraps
from inspect import Parameter, signature
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

from sqlalchemy import Executable, bindparam

S = TypeVar("S", bound=Executable)
Values = dict[str, Any]


def prepared(build: Callable[..., S]) -> Callable[..., tuple[S, Values]]:
    """Calls `build` once, with a placeholder for each argument; afterwards every call gives that
    statement and the values to fill it with:

        @prepared
        def _of(person_id: int): return select(Notice).where(Notice.person_id == person_id)

        db.session.scalars(*_of(viewer.id))

    An argument whose annotation is a collection goes where `in_` wants one.  `build` must not
    look at its arguments but for two kinds, of which every combination is a statement of its own:
    one that may be None is None to `build` as well where None, or nothing at all ("", 0, ()), is
    given, and one that is a `Literal` is itself.  Any other None finds nothing, as `=` does.
    """
    asked = signature(build)
    many = {name for name, one in asked.parameters.items() if _is_collection(one)}
    optional = [name for name, one in asked.parameters.items() if type(None) in _kinds(one)]
    literal = [n for n, one in asked.parameters.items() if get_origin(one.annotation) is Literal]
    kept: dict[tuple, S] = {}

    @wraps(build)
    def fill(*args, **kwargs) -> tuple[S, Values]:
        given = asked.bind(*args, **kwargs).arguments
        if optional or literal:
            given = {n: v for n, v in given.items() if v or n not in optional}
        key = (*[name in given for name in optional], *[given.pop(name) for name in literal])
        statement = kept.get(key)
        if statement is None:
            fixed = dict.fromkeys(optional) | dict(zip(literal, key[len(optional) :], strict=True))
            places = {name: bindparam(name, expanding=name in many) for name in given}
            statement = kept[key] = build(**{**fixed, **places})
        return statement, {n: list(v) if n in many else v for n, v in given.items()}

    return fill


def _kinds(one: Parameter) -> tuple:
    """What an annotation allows."""
    return get_args(one.annotation) if isinstance(one.annotation, UnionType) else (one.annotation,)


def _is_collection(one: Parameter) -> bool:
    kinds = [get_origin(kind) or kind for kind in _kinds(one)]
    return any(isinstance(k, type) and issubclass(k, Collection) and k is not str for k in kinds)
