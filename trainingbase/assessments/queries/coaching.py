"""How strictly comments are looked at, and how good they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from trainingbase.assessments.models import Coaching, CommentMark, Instrument, Submission
from trainingbase.assessments.queries.instruments import instruments_in_use
from trainingbase.assessments.rules.coach import is_comment
from trainingbase.db import db
from trainingbase.instruments.models import Item
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole

USUAL = "advise"


def comments_of(instrument: Instrument) -> list[Item]:
    """The items that ask for a comment."""
    return [
        one
        for one in instrument.items
        if one.kind == "text"
        and not one.is_signature
        and not one.missing
        and is_comment(one.name, one.name_en)
    ]


def mode_of(code: str) -> str:
    """off, advise or strict."""
    return db.session.scalar(select(Coaching.mode).where(Coaching.code == code)) or USUAL


def choice_of(code: str) -> Coaching:
    """What the base chose; version 0 where it chose nothing."""
    return db.session.get(Coaching, code) or Coaching(code=code, mode=USUAL, version=0)


def modes() -> list[tuple[Instrument, Coaching]]:
    """Every form that faculty fill in now, with what the base chose."""
    chosen = {one.code: one for one in db.session.scalars(select(Coaching))}
    return [
        (form, chosen.get(form.code) or Coaching(code=form.code, mode=USUAL, version=0))
        for form in instruments_in_use()
    ]


def own_sums(author: Person) -> list[str]:
    """The sums of the sentences of this person's last comments."""
    rows = db.session.scalars(
        select(CommentMark.sentences)
        .join(CommentMark.submission)
        .where(Submission.assessor_id == author.id, CommentMark.sentences != "")
        .order_by(Submission.id.desc())
        .limit(whole("comment_own_texts"))
    )
    return sorted({one for line in rows for one in line.split()})


@dataclass(frozen=True)
class Comments:
    """`asked` forms have room for a comment, `written` have one, `good` of them say what was seen
    and what to do next."""

    key: Any
    asked: int
    written: int
    good: int

    @property
    def share(self) -> float | None:
        """Of the written ones that are good; None where nobody wrote."""
        return self.good / self.written if self.written else None


WAYS = {
    "month": func.substr(func.cast(Submission.observed_on, Submission.form_key.type), 1, 7),
    "institution": Department.institution_id,
    "department": Placement.department_id,
    "assessor": Submission.assessor_id,
    "instrument": Instrument.code,
}


def comments(
    starts_on: date, ends_on: date, *conditions: Any, by: str = "department"
) -> Sequence[Comments]:
    """Of forms about work seen in [starts_on, ends_on), by month, institution, department,
    assessor or instrument, in one statement; `conditions` are on submissions and placements."""
    key = WAYS[by]
    rows = db.session.execute(
        select(
            key,
            func.count(),
            func.count().filter(CommentMark.letters > 0),
            func.count().filter(CommentMark.is_good),
        )
        .select_from(CommentMark)
        .join(CommentMark.submission)
        .join(Submission.placement)
        .join(Placement.department)
        .join(Submission.instrument)
        .where(Submission.observed_on >= starts_on, Submission.observed_on < ends_on, *conditions)
        .group_by(key)
        .order_by(key)
    )
    return [Comments(*row) for row in rows]
