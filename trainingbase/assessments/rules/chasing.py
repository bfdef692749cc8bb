"""What is due about a request that waits: reminders, whom else to tell, and that it expired."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

TOLD_OF_EXPIRY = timedelta(days=7)
"""An older one is not told of: the portal was off, or has only begun to tell."""


@dataclass(frozen=True)
class Numbers:
    """Days: the first reminder `before` it is due, then on the day and `every` so many; the
    secretary and the office are told so long after."""

    before: int
    every: int
    secretary: int
    office: int


def due_steps(
    *,
    asked_on: date,
    due_on: date,
    expires_on: date,
    today: date,
    made: Collection[tuple[str, date]],
    numbers: Numbers,
) -> list[str]:
    """Of remind, secretary, office, expire: what has to be done today; `made` is what was done and
    when.  What was missed while the portal was off is done once, not once for each day."""
    if today >= expires_on:
        told = any(kind == "expire" and on >= expires_on for kind, on in made)
        return [] if told or today >= expires_on + TOLD_OF_EXPIRY else ["expire"]
    found = []
    last = max((on for kind, on in made if kind == "remind"), default=asked_on)
    if any(last < day <= today for day in reminder_days(asked_on, due_on, expires_on, numbers)):
        found.append("remind")
    for kind, after in (("secretary", numbers.secretary), ("office", numbers.office)):
        told = any(name == kind for name, _on in made)
        if not told and today >= due_on + timedelta(days=after):
            found.append(kind)
    return found


def reminder_days(asked_on: date, due_on: date, expires_on: date, numbers: Numbers) -> list[date]:
    """After the day of asking and before it expires; a number under one day counts as one."""
    days = [due_on - timedelta(days=numbers.before), due_on]
    step = timedelta(days=max(1, numbers.every))
    while days[-1] + step < expires_on:
        days.append(days[-1] + step)
    return sorted({day for day in days if asked_on < day < expires_on})
