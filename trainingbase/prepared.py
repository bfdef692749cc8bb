"""Statements built once: putting a `select` together costs more than asking a small one."""

from collections.abc import Callable, Collection
from functools import wraps
from inspect import Parameter, signature
from typing import Any, get_origin

from sqlalchemy import Executable, bindparam


def prepared(build: Callable[..., Executable]) -> Callable[..., tuple[Executable, dict[str, Any]]]:
    """Calls `build` once, with a placeholder for each argument; afterwards every call gives that
    statement and the values to fill it with:

        @prepared
        def _of(person_id: int): return select(Notice).where(Notice.person_id == person_id)

        db.session.scalars(*_of(viewer.id))

    An argument whose annotation is a collection goes where `in_` wants one.  `build` must not
    look at its arguments: what depends on them is two statements.  None finds nothing, as `=`
    does in SQL.
    """
    asked = signature(build)
    many = {name for name, one in asked.parameters.items() if _is_collection(one)}
    kept: list[Executable] = []

    @wraps(build)
    def fill(*args, **kwargs) -> tuple[Executable, dict[str, Any]]:
        if not kept:
            kept.append(build(*(bindparam(n, expanding=n in many) for n in asked.parameters)))
        values = asked.bind(*args, **kwargs).arguments
        return kept[0], {n: list(v) if n in many else v for n, v in values.items()}

    return fill


def _is_collection(one: Parameter) -> bool:
    kind = get_origin(one.annotation) or one.annotation
    return isinstance(kind, type) and issubclass(kind, Collection) and kind is not str
