"""Forms about the fictional residents: asked for, answered mostly in time, mostly with words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from trainingbase.assessments.models import Answer, CommentMark, Request, Submission
from trainingbase.db import db
from trainingbase.instruments.models import Instrument, Item
from trainingbase.seed.people import Placed, Who
from trainingbase.seed.putting import put

OFTEN = ("monthly_assessment", "mini_cex", "dops", "mini_cex")
"""In turn; each placement ends with an exit assessment besides."""
LAST = "exit_assessment"
MONTH = 30.4375
DUE, EXPIRES = timedelta(days=7), timedelta(days=14)
ASKED, NEVER = 0.8, 0.12
"""The share of forms that were asked for, and of those asked for that nobody answers."""
MEAN_HOURS, MOST_HOURS = 55.0, 13 * 24.0
WORDS = (
    "好",
    "病史采集完整；下次先问过敏史，再做查体。（虚构）",
    "操作规范，注意人文关怀。（虚构）",
)
AT_ONCE = 2_000


class Made(NamedTuple):
    """One form: rows of what it takes; empty what it has not."""

    request: dict
    submission: dict
    answers: list[dict]
    mark: dict


@dataclass(frozen=True)
class Line:
    """What an item may be answered with, the best last."""

    item_id: int
    answers: tuple[Decimal | str, ...]


@dataclass(frozen=True)
class Form:
    id: int
    has_verdict: bool
    lines: tuple[Line, ...]


def make(
    stays: Sequence[Placed],
    who: Who,
    *,
    a_month: int,
    today: date,
    chance: Random,
    say: Callable[[str], None],
) -> dict[str, int]:
    """How many requests, submissions and answers; `a_month` forms for each resident."""
    made = {"requests": 0, "submissions": 0, "answers": 0}
    left = _forms(stays, who, a_month, today, chance) if a_month else iter(())
    while batch := list(islice(left, AT_ONCE)):
        made["requests"] += put(Request, [one.request for one in batch if one.request])
        made["submissions"] += put(Submission, [one.submission for one in batch if one.submission])
        made["answers"] += put(Answer, (row for one in batch for row in one.answers))
        put(CommentMark, [one.mark for one in batch if one.mark])
        if made["answers"] // 1_000_000 != (made["answers"] - 1) // 1_000_000:
            say(f"  {made['answers']:,} answers")
    return made


def _forms(stays, who: Who, a_month: int, today: date, chance: Random) -> Iterator[Made]:
    known = {
        one.code: _form(one)
        for one in db.session.scalars(
            select(Instrument)
            .where(Instrument.code.in_((*OFTEN, LAST)), Instrument.is_in_use)
            .options(selectinload(Instrument.items))
        )
    }
    request_id, submission_id = _last(Request), _last(Submission)
    for stay in stays:
        for form, day in _days(stay, known, a_month, today, chance):
            asked, sent_at = _moments(day, today, chance)
            request_id += asked
            submission_id += sent_at is not None
            request = _request(request_id, stay, form, day, sent_at, who.office) if asked else {}
            if sent_at is None:
                yield Made(request, {}, [], {})
                continue
            answers = [
                {"submission_id": submission_id, "item_id": one.item_id, **_value(one, chance)}
                for one in form.lines
            ]
            yield Made(
                request,
                _submission(submission_id, request, stay, form, day, sent_at),
                answers,
                _mark(submission_id, answers),
            )


def _last(model: type[Request] | type[Submission]) -> int:
    return db.session.scalar(select(func.max(model.id))) or 0


def _form(one: Instrument) -> Form:
    lines = (Line(item.id, _possible(item)) for item in one.items)
    return Form(one.id, one.has_verdict, tuple(line for line in lines if line.answers))


def _possible(item: Item) -> tuple[Decimal | str, ...]:
    if item.kind == "text":
        return () if item.is_signature else WORDS
    if item.options:
        values = [one[0] for one in item.options]
        return tuple(one if isinstance(one, str) else Decimal(str(one)) for one in values)
    if item.kind == "boolean":
        return (Decimal(0),)
    highest = int(item.highest or item.points or 10)
    return tuple(Decimal(n) for n in range(max(int(item.lowest or 0), highest // 2), highest + 1))


def _days(stay: Placed, known: dict[str, Form], a_month: int, today: date, chance: Random):
    """Each form on days of its own: nobody is asked for the same twice in a day."""
    until = min(stay.ends_on, today + timedelta(days=1))
    days = (until - stay.starts_on).days
    taken: set[tuple[int, date]] = set()
    for number in range(round(a_month * days / MONTH)):
        form = known[OFTEN[number % len(OFTEN)]]
        day = stay.starts_on + timedelta(days=int(chance.random() * days))
        if (form.id, day) not in taken:
            taken.add((form.id, day))
            yield form, day
    if stay.ends_on <= today:
        yield known[LAST], stay.ends_on - timedelta(days=1 + int(chance.random() * 5))


def _moments(day: date, today: date, chance: Random) -> tuple[bool, datetime | None]:
    """Whether it was asked for, and when it was sent, if ever; observed at noon."""
    asked = chance.random() < ASKED
    if asked and chance.random() < NEVER:
        return True, None
    hours = min(MOST_HOURS, chance.expovariate(1 / MEAN_HOURS))
    at = datetime.combine(day, time(4), UTC) + timedelta(hours=hours)
    if at.date() > today:
        return True, None
    return asked, at


def _request(number: int, stay: Placed, form: Form, day: date, sent_at, office: int) -> dict:
    return {
        "id": number,
        "instrument_id": form.id,
        "placement_id": stay.id,
        "resident_id": stay.resident_id,
        "assessor_id": stay.supervisor[1],
        "asked_by_id": office,
        "asked_on": day,
        "due_on": day + DUE,
        "expires_on": day + EXPIRES,
        "created_at": datetime.combine(day, time(1), UTC),
        "answered_at": sent_at,
    }


def _submission(
    number: int, request: dict, stay: Placed, form: Form, day: date, sent_at: datetime
) -> dict:
    seconds = (sent_at - datetime.combine(day, time(4), UTC)).total_seconds()
    return {
        "id": number,
        "request_id": request.get("id"),
        "form_key": f"fiction-form-{number}",
        "instrument_id": form.id,
        "placement_id": stay.id,
        "resident_id": stay.resident_id,
        "assessor_id": stay.supervisor[1],
        "observed_on": day,
        "submitted_at": sent_at,
        "passed": True if form.has_verdict else None,
        "attempt": 1 if form.has_verdict else None,
        "hours": Decimal(int(seconds / 360)) / 10,
    }


def _value(line: Line, chance: Random) -> dict:
    """More often one of the better ones."""
    place = max(chance.random(), chance.random())
    value = line.answers[int(place * len(line.answers))]
    is_text = isinstance(value, str)
    return {"number": None if is_text else value, "text": value if is_text else None}


def _mark(submission_id: int, answers: list[dict]) -> dict:
    texts = [one["text"] for one in answers if one["text"] in WORDS]
    if not texts:
        return {}
    letters = max(len(one) for one in texts)
    return {
        "submission_id": submission_id,
        "is_good": letters > len(WORDS[2]),
        "missing": "" if letters > len(WORDS[2]) else "next",
        "letters": letters,
        "sentences": "",
    }
