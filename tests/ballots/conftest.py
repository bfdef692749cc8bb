"""A base whose residents are asked: forms in use, and months that can be played."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.cast import faculty_member, put, resident
from trainingbase.ballots import actions
from trainingbase.ballots.models import Ballot, BallotRound, BallotSubject, Batch
from trainingbase.db import db
from trainingbase.instruments.models import Instrument, Item
from trainingbase.months import months_later

FIRST = date(2026, 5, 1)
"""The month that the first played round asks about."""


def at(day: date) -> datetime:
    return datetime.combine(day, time(4, 10), UTC)


def form(subject: str, *, number: str = "1") -> Instrument:
    """Two ratings of 1 to 5, a question that few answer, and a text."""
    items = [
        Item(position=0, code="A.1", name="讲解", name_en="Explains", kind="rating", scale="five",
             lowest=Decimal(1), highest=Decimal(5), may_be_unobserved=True),
        Item(position=1, code="A.2", name="放手", name_en="Lets me do", kind="rating", scale="five",
             lowest=Decimal(1), highest=Decimal(5)),
        Item(position=2, code="A.3", name="夜班", name_en="Nights", kind="boolean"),
        Item(position=3, code="A.4", name="一句话", name_en="In a word", kind="text"),
    ]  # fmt: skip
    return put(
        Instrument(
            code=f"base.opinion_{subject}",
            version=number,
            name=f"评{subject}",
            name_en=f"Opinion on {subject}",
            assessor="resident",
            subject=subject,
            origin="base",
            source="Base",
            confidence="S",
            published_at=at(FIRST),
            items=items,
        )
    )


def said(mark=4, other=None, text=None, nights=None) -> dict:
    answers = {"A.1": mark, "A.2": other or mark, "A.3": nights, "A.4": text}
    return {code: value for code, value in answers.items() if value is not None}


@dataclass
class School:
    """`month(n)` is the first of the n-th month played; residents by number."""

    county: object
    forms: dict[str, Instrument]
    placed: object
    residents: list = field(default_factory=list)

    def month(self, number: int) -> date:
        return months_later(FIRST, number)

    def people(self, number: int) -> list:
        while len(self.residents) < number:
            n = len(self.residents)
            self.residents.append(resident(f"Res{n}", self.county, f"1101012000010{n:05d}"))
        return self.residents[:number]

    def stay(self, one, month: int, teacher, department=None):
        """A whole month with this teacher."""
        return self.placed(
            one, department or self.county.medicine, self.month(month), self.month(month + 1),
            teacher,
        )  # fmt: skip

    def opened(self, month: int) -> BallotRound:
        """The round about the month."""
        day = self.month(month + 1)
        return actions.open_due(today=day, at=at(day))

    def answer(self, one, teacher, answers: dict, *, today: date | None = None) -> None:
        ballot = ballot_about(one, teacher)
        actions.answer(ballot, given=answers, today=today or ballot.round.opens_on)

    def closed(self, month: int) -> list[Batch]:
        day = self.month(month + 2)
        return actions.settle(today=day, at=at(day))

    def played(self, month: int, teacher, answers: list[dict | None], *, first: int = 0):
        """A month: that many residents with the teacher, from number `first`; what each says, None
        for nothing.  The batches released at its end."""
        some = self.people(first + len(answers))[first:]
        for one in some:
            self.stay(one, month, teacher)
        self.opened(month)
        for one, given in zip(some, answers, strict=True):
            if given is not None:
                self.answer(one, teacher, given)
        actions.mix(at=at(self.month(month + 1)))
        return self.closed(month)


def ballot_about(one, teacher) -> Ballot:
    """The newest of this resident about this teacher."""
    return db.session.scalars(
        select(Ballot)
        .join(Ballot.subject)
        .where(Ballot.person_id == one.person_id, BallotSubject.faculty_member_id == teacher.id)
        .order_by(Ballot.round_id.desc())
    ).first()


@pytest.fixture
def school(county, plan_in_force, placed) -> School:
    made = School(county, {"teacher": form("faculty")}, placed)
    db.session.commit()
    return made


@pytest.fixture
def li(county):
    """Another teacher."""
    return faculty_member("Lin", county.surgery, "1009")
