"""Which months can be credited, and as what."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trainingbase.courses.queries import training
from trainingbase.courses.rules.months import done_by_standard, proposed
from trainingbase.enrolment.models import Resident


@dataclass(frozen=True)
class Source:
    """Months of one department: `done` where the portal knows it, `standard` where they can
    count for that one only, `proposed` where the other programme has the same department."""

    name: str
    done: Decimal | None
    standard: int | None
    proposed: Decimal | None


def credit_lines(
    resident: Resident, programme_id: int, *, known: bool, today: date
) -> tuple[list[Source], dict[int, str]]:
    """What can be credited in a programme, and its departments by id.

    `known`: what was done in this base; otherwise a line for each department of the programme,
    in which the office enters what was done elsewhere.
    """
    names = training.standards()
    wanted = training.wanted_by([programme_id]).get(programme_id, [])
    targets = {one.standard: names[one.standard].name for one in wanted}
    if not known:
        return [Source(name, None, key, None) for key, name in targets.items()], targets
    done = done_by_standard(
        training.earned_by([resident.id]).get(resident.id, []),
        training.stays_of([resident.id]).get(resident.id, []),
        today,
    )
    same = proposed(done, wanted)
    return [
        Source(names[key].name, months, None, same.get(key))
        for key, months in done.items()
        if months > 0
    ], targets
