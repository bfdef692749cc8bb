"""What exactly was signed, as a digest: values in, text out."""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Proof:
    """The password as it was typed again, from which address, and when in truth (whatever day the
    portal is pinned to): wrong ones count together with those of signing in."""

    password: str
    address: str
    tried_at: datetime


def plain(content: Any) -> Any:
    """Content as JSON keeps it.  Raises `TypeError` for what has no one way of being written: a
    float, a set, a row."""
    if content is None or isinstance(content, bool | int | str):
        return content
    if isinstance(content, Decimal):
        return format(content.normalize(), "f")
    if isinstance(content, datetime):
        return content.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, list | tuple):
        return [plain(one) for one in content]
    if isinstance(content, dict) and all(isinstance(key, str) for key in content):
        return {key: plain(value) for key, value in content.items()}
    raise TypeError(type(content))


def canonical(content: Any) -> str:
    """The one text of some content: keys in order, no blanks, every sign as itself."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: Any) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def read_digest(typed: str) -> str | None:
    """A digest as somebody typed it off paper, with blanks or capitals; None for anything else."""
    squeezed = re.sub(r"[\s-]", "", typed).lower()
    return squeezed if DIGEST.fullmatch(squeezed) else None


def in_groups(digest: str) -> str:
    """For paper: eight digits at a time."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


MOST_MISSES = 20
MISSES_COUNT_FOR = timedelta(minutes=10)
MISSES_KEPT_FOR = timedelta(days=1)
LONGEST_ADDRESS = 100
"""Whoever holds paper mistypes now and then; so many times only who guesses."""


def seal(key: str, **facts: Any) -> str:
    """An HMAC over the facts of a signature, so that a row changed in the database shows."""
    return hmac.new(key.encode(), canonical(facts).encode(), hashlib.sha256).hexdigest()
