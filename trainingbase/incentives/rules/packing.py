"""The facts, rules and rates of a month as bytes, to compute it again years later."""

import hashlib
import json
import types
import zlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from trainingbase.incentives.rules.engine import Book
from trainingbase.incentives.rules.facts import Facts


def packed(facts: Facts, book: Book) -> bytes:
    said = {"facts": _plain(facts), "book": _plain(book)}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return zlib.compress(text.encode(), 6)


def unpacked(content: bytes) -> tuple[Facts, Book]:
    """Fields that came with a later version of the portal have their defaults."""
    said = json.loads(zlib.decompress(content))
    return _reader(Facts)(said["facts"]), _reader(Book)(said["book"])


def sealed(amounts: Mapping[str, Decimal]) -> bytes:
    """Amounts by identity, of a month whose facts nobody kept: they show later changes, no more."""
    text = json.dumps({"lines": _plain(dict(amounts))}, ensure_ascii=False, sort_keys=True)
    return zlib.compress(text.encode(), 6)


def amounts_sealed(content: bytes) -> dict[str, Decimal] | None:
    """None of a content that holds facts."""
    said = json.loads(zlib.decompress(content)).get("lines")
    return None if said is None else {one: Decimal(amount) for one, amount in said.items()}


def digest(content: bytes) -> str:
    return hashlib.sha256(zlib.decompress(content)).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """A function that reads a value of this type."""
    if hint is Decimal:
        return Decimal
    if hint is date:
        return date.fromisoformat
    if is_dataclass(hint):
        return _fields_reader(hint)
    origin, of = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _reader(next(one for one in of if one is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple and of[-1] is Ellipsis:
        inner = _reader(of[0])
        return lambda value: tuple(inner(one) for one in value)
    if origin is tuple:
        readers = [_reader(one) for one in of]
        return lambda value: tuple(read(one) for read, one in zip(readers, value, strict=True))
    if origin is dict:
        inner = _reader(of[1])
        return lambda value: {name: inner(one) for name, one in value.items()}
    return lambda value: value


def _fields_reader(hint: Any) -> Callable[[Any], Any]:
    readers = {name: _reader(one) for name, one in get_type_hints(hint).items()}
    return lambda value: hint(**{name: readers[name](one) for name, one in value.items()})
