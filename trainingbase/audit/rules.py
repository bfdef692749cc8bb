"""The seal of an entry: an HMAC over its content and the seal before it."""

import hashlib
import hmac
import json
from datetime import UTC, datetime


def seal(
    key: str,
    before: str,
    *,
    number: int,
    at: datetime,
    by_id: int | None,
    act: str,
    subject: str,
    subject_id: str,
    details: dict,
) -> str:
    content = json.dumps(
        [
            before,
            number,
            at.astimezone(UTC).isoformat(timespec="microseconds"),
            by_id,
            act,
            subject,
            subject_id,
            details,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hmac.new(key.encode(), content.encode(), hashlib.sha256).hexdigest()
