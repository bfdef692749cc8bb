"""What time it is.  Only routes, the worker and the command line ask; the domain is told."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo(os.environ.get("TRAININGBASE_TIMEZONE", "Asia/Shanghai"))


def now() -> datetime:
    """The moment, in UTC.  On a pinned day (see `today`) it keeps the time of day."""
    moment = datetime.now(UTC)
    pinned = os.environ.get("TRAININGBASE_TODAY")
    if not pinned:
        return moment
    local = moment.astimezone(LOCAL)
    day = date.fromisoformat(pinned)
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)


def today() -> date:
    """The day in the base's time zone; `TRAININGBASE_TODAY` pins it, for demonstrations."""
    return now().astimezone(LOCAL).date()


def real_now() -> datetime:
    """The true moment, whatever day is pinned: sessions and lock-outs count by it."""
    return datetime.now(UTC)
