"""Shares of a plan, and the code by which new residents report in."""

import hashlib
import hmac
from datetime import datetime, timedelta

LENGTH = 20


def code_at(secret: str, intake_id: int, at: datetime, minutes: int) -> str:
    """The code the office's screen shows at this moment; it changes every `minutes`."""
    return _code(secret, intake_id, _window(at, minutes))


def is_good(code: str, secret: str, intake_id: int, at: datetime, minutes: int) -> bool:
    """Whether the screen shows it now, or showed it just before."""
    window = _window(at, minutes)
    sent = code.encode()
    return any(
        hmac.compare_digest(_code(secret, intake_id, one).encode(), sent)
        for one in (window, window - 1)
    )


def changes_at(at: datetime, minutes: int) -> datetime:
    """When the next code takes the place of the one shown."""
    later = (_window(at, minutes) + 1) * minutes * 60 - at.timestamp()
    return at + timedelta(seconds=later)


def _window(at: datetime, minutes: int) -> int:
    return int(at.timestamp()) // (minutes * 60)


def _code(secret: str, intake_id: int, window: int) -> str:
    said = f"report in {intake_id} {window}"
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()[:LENGTH]


def share(count: int, planned: int) -> int | None:
    """Whole per cent; None where nothing was planned."""
    return round(100 * count / planned) if planned else None
