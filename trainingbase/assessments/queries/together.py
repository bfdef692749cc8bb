"""Confidential answers as whom they are about sees them: how many have come in, and, once none is
waited for any more, together, without names, days or order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select

from trainingbase.assessments.models import (
    Answer,
    Errand,
    GuestLink,
    Instrument,
    Item,
    Request,
    Submission,
)
from trainingbase.assessments.queries import guests
from trainingbase.assessments.queries.requests import in_state
from trainingbase.assessments.rules.confidential import are_shown
from trainingbase.db import db
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole


@dataclass
class Line:
    """`mean` of those who `answered`; None of an item in words, whose `words` are in no order."""

    item: Item
    answered: int = 0
    total: Decimal = Decimal(0)
    words: list[str] = field(default_factory=list)

    @property
    def mean(self) -> Decimal | None:
        return self.total / self.answered if self.answered else None


@dataclass
class Together:
    """One form about one placement; `wanted` None where nobody has said how many."""

    placement: Any
    form: Any
    came: int = 0
    waiting: int = 0
    wanted: int | None = None
    lines: list[Line] = field(default_factory=list)
    least: int = 2

    @property
    def is_shown(self) -> bool:
        return are_shown(self.came, self.waiting, least=self.least)


Key = tuple[int, int]


def together_of(resident_id: int, *, today: date) -> list[Together]:
    """The newest placement first; as many statements for many as for one."""
    found: dict[Key, Together] = {}
    least = whole("confidential_answers")
    for (placement_id, form_id), (came, waiting, wanted) in _counts(resident_id, today).items():
        found[placement_id, form_id] = Together(
            placement_id, form_id, came, waiting, wanted, least=least
        )
    _put_names(found)
    _put_lines({key: one for key, one in found.items() if one.is_shown}, resident_id)
    return sorted(found.values(), key=lambda one: one.placement.starts_on, reverse=True)


def _counts(resident_id: int, today: date) -> dict[Key, list]:
    """Came in, are waited for, and were asked for, by placement and form."""
    found: dict[Key, list] = defaultdict(lambda: [0, 0, None])
    mine = (Instrument.is_confidential, Placement.resident_id == resident_id)
    for placement_id, form_id, number in db.session.execute(
        select(Submission.placement_id, Submission.instrument_id, func.count())
        .join(Submission.instrument)
        .join(Submission.placement)
        .where(*mine)
        .group_by(Submission.placement_id, Submission.instrument_id)
    ):
        found[placement_id, form_id][0] = number
    waits = in_state("open", today) | in_state("late", today)
    for placement_id, form_id, wanted, waiting in db.session.execute(
        select(
            Request.placement_id,
            Request.instrument_id,
            func.sum(func.coalesce(Errand.wanted, 1)),
            func.count().filter(waits),
        )
        .join(Request.instrument)
        .join(Request.placement)
        .outerjoin(Errand, Errand.request_id == Request.id)
        .where(*mine, Request.cancelled_at.is_(None))
        .group_by(Request.placement_id, Request.instrument_id)
    ):
        found[placement_id, form_id][1:] = [waiting, wanted]
    for placement_id, form_id, links in db.session.execute(
        select(GuestLink.placement_id, GuestLink.instrument_id, func.count())
        .join(GuestLink.instrument)
        .join(GuestLink.placement)
        .where(*mine, guests.in_state("open", today))
        .group_by(GuestLink.placement_id, GuestLink.instrument_id)
    ):
        found[placement_id, form_id][1] += links
    return found


def _put_names(found: dict[Key, Together]) -> None:
    placements = {
        one.id: one
        for one in db.session.execute(
            select(
                Placement.id,
                Placement.starts_on,
                Placement.ends_on,
                Department.name,
                Department.name_en,
            )
            .join(Placement.department)
            .where(Placement.id.in_([placement for placement, _form in found]))
        )
    }
    forms = {
        one.id: one
        for one in db.session.execute(
            select(Instrument.id, Instrument.name, Instrument.name_en, Instrument.assessor).where(
                Instrument.id.in_([form for _placement, form in found])
            )
        )
    }
    for (placement_id, form_id), one in found.items():
        one.placement, one.form = placements[placement_id], forms[form_id]


def _put_lines(shown: dict[Key, Together], resident_id: int) -> None:
    if not shown:
        return
    items: Sequence[Item] = db.session.scalars(
        select(Item)
        .where(Item.instrument_id.in_([form for _placement, form in shown]))
        .order_by(Item.position)
    ).all()
    lines: dict[tuple[int, int], Line] = {}
    for (placement_id, form_id), one in shown.items():
        for item in items:
            if item.instrument_id == form_id and not item.is_signature:
                lines[placement_id, item.id] = line = Line(item)
                one.lines.append(line)
    rows = db.session.execute(
        select(Submission.placement_id, Answer.item_id, Answer.number, Answer.text)
        .join(Answer.submission)
        .where(
            Submission.resident_id == resident_id,
            Answer.item_id.in_({item.id for item in items}),
        )
    )
    for placement_id, item_id, number, text in rows:
        line = lines.get((placement_id, item_id))
        if line is not None and number is not None:
            line.answered += 1
            line.total += number
        elif line is not None and text:
            line.words.append(text)
    for line in lines.values():
        line.words.sort(key=lambda text: sha256(text.encode()).digest())
