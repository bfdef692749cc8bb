"""Of what people are told while an obligation is served."""

from collections.abc import Iterable
from datetime import date

from trainingbase.careers.rules.serving import Balance

STEPS = (25, 50, 75, 100)


def reached(found: Balance, state: str, since: date | None, told: Iterable[str]) -> list[str]:
    """What has been reached and not been told: of several steps only the highest, for who begins
    to use the portal half-way; being late once for each day it is counted from."""
    told = set(told)
    steps = [str(one) for one in STEPS if found.share * 100 >= one]
    fresh = [steps[-1]] if steps and steps[-1] not in told else []
    late = f"late-{since.isoformat()}" if state == "late" and since is not None else None
    return [*fresh, *([late] if late is not None and late not in told else [])]
