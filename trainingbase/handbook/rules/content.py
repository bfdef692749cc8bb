"""The record as data: one way to write it, its checksum, and how it is kept."""

import hashlib
import json
import secrets
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of a code: none that is taken for another when read aloud or copied by hand."""
CODE_LENGTH = 12
LEAST_OF_CHECKSUM = 12
"""Digits of the checksum that somebody who verifies must know, with the code."""


def canonical(facts: Mapping[str, Any]) -> bytes:
    """The same bytes for the same facts: keys in order, no blanks, UTF-8."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(facts: Mapping[str, Any]) -> str:
    """The sha256 of the canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def packed(facts: Mapping[str, Any]) -> bytes:
    return zlib.compress(canonical(facts), 6)


def unpacked(content: bytes) -> dict[str, Any]:
    return json.loads(zlib.decompress(content))


def plain(value: Any) -> Any:
    """A value of the database as JSON has it: days and moments in ISO, decimals as text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def grouped(code: str) -> str:
    """ABCD-EFGH-JKLM, as it is printed."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def as_code(typed: str) -> str:
    """What was typed or scanned, as codes are kept."""
    return "".join(one for one in typed.upper() if one.isalnum())


def as_checksum(typed: str) -> str:
    return "".join(typed.lower().split())


def agrees(typed: str, digest: str) -> bool:
    """Whether so much of the checksum was typed that nobody guesses it, and it is right."""
    return len(typed) >= LEAST_OF_CHECKSUM and secrets.compare_digest(
        typed.encode(), digest[: len(typed)].encode()
    )


def veiled(name: str) -> str:
    """A name of which a stranger sees enough to compare and not enough to learn it."""
    return name[:1] + "＊" * max(len(name.strip()) - 1, 1)
