"""Questions about the placements in force that publishing needs."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.faculty.rules import lapse
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.judging import Judgement
from trainingbase.rotations.rules.reconciling import Live
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.rules.supervising import Teacher
from trainingbase.thresholds.queries import whole


def live_since(starts_on: date, *which: ColumnElement[bool]) -> Sequence[Placement]:
    """Live placements that reach beyond that day, everybody's unless `which` says whose."""
    return db.session.scalars(
        select(Placement)
        .where(Placement.cancelled_at.is_(None), Placement.ends_on > starts_on, *which)
        .order_by(Placement.resident_id, Placement.starts_on)
    ).all()


def concerned_by(judgement: Judgement) -> ColumnElement[bool]:
    """Placements that publishing the plan may change: of everybody in it, and of those who have
    left training."""
    ids = {row.resident for row in judgement.rows} | judgement.facts.planned
    gone = select(Resident.id).where(
        Resident.finished_on.is_not(None) | Resident.withdrawn_on.is_not(None)
    )
    return Placement.resident_id.in_(ids) | Placement.resident_id.in_(gone)


def without_leavers(rows: Sequence[Row], *, today: date) -> list[Row]:
    """The rows without what lies ahead of those who have left training since: a draft may have
    been made before."""
    left: dict[int, date] = {}
    for resident_id, finished_on, withdrawn_on in db.session.execute(
        select(Resident.id, Resident.finished_on, Resident.withdrawn_on).where(
            Resident.id.in_({row.resident for row in rows}),
            Resident.finished_on.is_not(None) | Resident.withdrawn_on.is_not(None),
        )
    ):
        days = [finished_on + timedelta(days=1)] if finished_on is not None else []
        left[resident_id] = min([*days, *([withdrawn_on] if withdrawn_on is not None else [])])
    kept = []
    for row in rows:
        day = left.get(row.resident)
        if day is None or row.ends_on <= today or row.ends_on <= day:
            kept.append(row)
        elif row.starts_on < day:
            kept.append(row._replace(ends_on=day))
    return kept


def as_live(placements: Iterable[Placement]) -> list[Live]:
    return [
        Live(
            one.id,
            Row(
                one.resident_id,
                one.starts_on,
                one.ends_on,
                one.department_id,
                one.standard_department_id,
            ),
        )
        for one in placements
    ]


def teachers_by_department() -> dict[int, list[Teacher]]:
    """Who teaches in each department, with the day the best certificate lapses."""
    years = whole("certificate_years")
    posts = db.session.scalars(
        select(Post)
        .options(
            joinedload(Post.faculty_member).joinedload(FacultyMember.person),
            joinedload(Post.faculty_member).selectinload(FacultyMember.certificates),
        )
        .order_by(Post.id)
    ).all()
    found: dict[int, list[Teacher]] = {}
    for post in posts:
        member = post.faculty_member
        lapses = [day for one in member.certificates if (day := lapse(one.issued_on, years))]
        found.setdefault(post.department_id, []).append(
            Teacher(
                id=member.id,
                most=member.most_residents,
                certified_until=max(lapses) if lapses else None,
                is_second=post.is_second,
                left_on=member.person.left_on,
            )
        )
    return found


def person_ids_of_residents(resident_ids: Iterable[int]) -> dict[int, int]:
    return dict(
        db.session.execute(
            select(Resident.id, Resident.person_id).where(Resident.id.in_(list(resident_ids)))
        ).all()
    )


def person_ids_of_faculty(member_ids: Iterable[int]) -> dict[int, int]:
    return dict(
        db.session.execute(
            select(FacultyMember.id, FacultyMember.person_id).where(
                FacultyMember.id.in_(list(member_ids))
            )
        ).all()
    )
