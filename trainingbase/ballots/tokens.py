"""The address of a ballot: of one person only, and without a number that says about whom.

An access log then tells that somebody opened a page, not about which teacher.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Any

LENGTH = 32


def token_of(secret: str, person_id: int, round_id: int, subject_id: int) -> str:
    said = f"ballot {person_id} {round_id} {subject_id}".encode()
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()[:LENGTH]


def found(token: str, secret: str, person_id: int, rows: Iterable[Any]) -> Any | None:
    """The row (with `round_id` and `id` of the subject) that the address stands for."""
    sent = token.encode()
    for row in rows:
        own = token_of(secret, person_id, row.round_id, row.id)
        if hmac.compare_digest(own.encode(), sent):
            return row
    return None
