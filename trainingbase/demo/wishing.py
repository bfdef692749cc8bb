"""A round of wishes before the county's plan, answered by most of its residents.

The same county comes out every time: chance is drawn from the number of the resident.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from trainingbase import clock
from trainingbase.enrolment.models import Resident
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.wishes import actions, queries
from trainingbase.wishes.actions import Given, Terms
from trainingbase.wishes.models import Round

WORDS = (
    "明年五月结婚，希望那时不值夜班。",
    "孩子上幼儿园，基地近一点最好。",
    "想先轮急诊，为执业考试作准备。",
    "家在城东，坐不了早班车。",
)
MONTHS = 12
ANSWER = 0.8
"""The share of residents who answer."""


def play(
    *, cohort_ids: Sequence[int], begins_on: date, office: Person, say: Callable[[str], None]
) -> Round:
    """Opened and closed before the plan is asked for."""
    opened, closes_on = begins_on - timedelta(days=29), begins_on - timedelta(days=20)
    asked = actions.open_round(
        title=f"{begins_on:%Y}年{begins_on.month}月起轮转意愿",
        terms=Terms(
            starts_on=begins_on,
            ends_on=months_later(begins_on, MONTHS),
            closes_on=closes_on,
            cohort_ids=cohort_ids,
            standard_ids=[one.id for one in queries.standards()],
            institution_ids=[one.id for one in queries.institutions()],
            most_wishes=2,
            weight=Decimal(3),
        ),
        by=office,
        at=_at(opened),
    )
    residents = queries.asked(asked)
    answers = [one for one in residents if _answer(asked, one, opened)]
    say(f"  Wishes: {len(answers)} of {len(residents)} residents answered")
    return asked


def _at(day: date) -> datetime:
    return datetime.combine(day, time(20, 15), clock.LOCAL)


def _answer(asked: Round, resident: Resident, opened: date) -> bool:
    chance = Random(resident.id)  # noqa: S311 (a play, not a secret)
    if chance.random() > ANSWER:
        return False
    left = sorted(queries.standards_left(resident))
    wishes = []
    for what in chance.sample(left, min(len(left), chance.choice((1, 2, 2)))):
        first = months_later(asked.starts_on, chance.randrange(MONTHS - 2))
        wishes.append((what, first, months_later(first, 3)))
    sites = chance.sample([one.id for one in asked.institutions], min(3, len(asked.institutions)))
    word = chance.choice(WORDS) if chance.random() < 0.2 else None
    actions.keep_wishes(
        asked,
        resident,
        Given(tuple(wishes), tuple(sites), word),
        version=None,
        by=resident.person,
        at=_at(opened + timedelta(days=chance.randrange(8))),
    )
    return True
