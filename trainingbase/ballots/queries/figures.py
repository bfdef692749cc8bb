"""Means of what was released, for charts and incentives.

Everything here is summed from batches that stand released and frozen, so no difference of two
figures holds fewer people than a batch.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from trainingbase.ballots.models import BallotSubject, Batch
from trainingbase.ballots.rules.releasing import complementary
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.sites.models import Department, Institution

HUNDRED = Decimal(100)
FEWEST_TEACHERS = 3
"""Of a mean over teachers, so that neither of two reckons out the other."""


@dataclass(frozen=True)
class Released:
    """One batch; `share` is its mean in per cent of the scale's way from worst to best."""

    subject_id: int
    kind: str
    faculty_member_id: int | None
    department_id: int | None
    institution_id: int | None
    activity_kind: str | None
    first_on: date
    ends_on: date
    released_on: date
    answers: int
    could: int
    mean: Decimal
    deviation: Decimal
    lowest: Decimal
    highest: Decimal

    @property
    def share(self) -> Decimal:
        way = (self.mean - self.lowest) / (self.highest - self.lowest)
        return round(HUNDRED * way, 1)


@dataclass(frozen=True)
class Total:
    """`share` and `answers` are None where the group is not shown, see `totals`."""

    group_id: int | None
    subjects: int
    answers: int | None
    share: Decimal | None


def released_means(
    kind: str,
    ids: Collection[int] | None = None,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> list[Released]:
    """Batches of a kind (teacher, department, activity, base) in the order of release, those
    without an overall mean left out.

    `ids` are of faculty members or of departments, by the kind; the days are those of what was
    asked about: a batch counts where its last day lies in [`starts_on`, `ends_on`).
    """
    rows = _batches().where(BallotSubject.kind == kind)
    if ids is not None:
        own = BallotSubject.faculty_member_id if kind == "teacher" else BallotSubject.department_id
        rows = rows.where(own.in_(list(ids)))
    if starts_on is not None:
        rows = rows.where(Batch.ends_on > starts_on)
    if ends_on is not None:
        rows = rows.where(Batch.ends_on <= ends_on)
    return [Released(*row) for row in db.session.execute(rows)]


def _batches() -> Select[Any]:
    """A department's own site; a teacher's has none here: who teaches where may change."""
    return (
        select(
            BallotSubject.id,
            BallotSubject.kind,
            BallotSubject.faculty_member_id,
            BallotSubject.department_id,
            Department.institution_id,
            BallotSubject.activity_kind,
            Batch.first_on,
            Batch.ends_on,
            Batch.released_on,
            Batch.answers,
            Batch.could,
            Batch.overall_mean,
            Batch.overall_deviation,
            Batch.overall_lowest,
            Batch.overall_highest,
        )
        .join(Batch.subject)
        .outerjoin(Department, Department.id == BallotSubject.department_id)
        .where(Batch.overall_mean.is_not(None))
        .order_by(Batch.released_on, Batch.id)
    )


def mean_by_teacher(starts_on: date, ends_on: date) -> dict[int, Decimal]:
    """By faculty member: the share of batches released in [`starts_on`, `ends_on`), each by its
    answers.  A fact about teachers; nothing that a resident is paid may rest on it."""
    rows = _batches().where(
        BallotSubject.kind == "teacher",
        Batch.released_on >= starts_on,
        Batch.released_on < ends_on,
    )
    by_teacher: dict[int, list[Released]] = defaultdict(list)
    for row in db.session.execute(rows):
        one = Released(*row)
        by_teacher[one.faculty_member_id].append(one)
    return {member: weighted(batches) for member, batches in by_teacher.items()}


def totals(kind: str, by: str, *, starts_on: date, ends_on: date) -> list[Total]:
    """Over a department, a site or the base (`by`: department, institution, base), of batches
    whose last day lies in the period.

    Of teachers a group of fewer than three is not shown, and where one is hidden a second is, so
    that the whole less the others tells nothing of it.
    """
    batches = released_means(kind, starts_on=starts_on, ends_on=ends_on)
    place = places_of_teachers() if kind == "teacher" else {}
    groups: dict[int | None, list[Released]] = defaultdict(list)
    for one in batches:
        department, institution = place.get(
            one.faculty_member_id, (one.department_id, one.institution_id)
        )
        group = {"department": department, "institution": institution, "base": None}[by]
        groups[group].append(one)
    subjects = {group: len({one.subject_id for one in some}) for group, some in groups.items()}
    least = FEWEST_TEACHERS if kind == "teacher" else 1
    hidden = complementary(subjects, least)
    return [
        Total(group, subjects[group], None, None)
        if group in hidden
        else Total(group, subjects[group], sum(one.answers for one in some), weighted(some))
        for group, some in sorted(groups.items(), key=lambda pair: pair[0] or 0)
    ]


def group_names(by: str, ids: Collection[int | None]) -> dict[int, Any]:
    """Rows with `name` and `name_en` by id."""
    nouns: dict[str, Any] = {"department": Department, "institution": Institution}
    noun = nouns.get(by)
    if noun is None:
        return {}
    rows = db.session.execute(
        select(noun.id, noun.name, noun.name_en).where(noun.id.in_([one for one in ids if one]))
    )
    return {row.id: row for row in rows}


def places_of_teachers() -> dict[int, tuple[int, int]]:
    """By faculty member: department and site of the first post."""
    rows = db.session.execute(
        select(FacultyMember.id, Department.id, Department.institution_id)
        .join(Post, Post.faculty_member_id == FacultyMember.id)
        .join(Department, Department.id == Post.department_id)
        .order_by(Post.id.desc())
    )
    return {member: (department, site) for member, department, site in rows}


def weighted(batches: Sequence[Released]) -> Decimal:
    answers = sum(one.answers for one in batches)
    return round(sum((one.share * one.answers for one in batches), Decimal(0)) / answers, 1)
