"""The rows behind a figure, as pages and papers show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.assessments.models import Submission
from trainingbase.careers.models import Employment
from trainingbase.db import db
from trainingbase.faculty.models import Certificate, Post
from trainingbase.network.models import Posting, Session
from trainingbase.research.models import Work
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department, Institution
from trainingbase.training.models import Activity

Row = tuple[str, int]


@dataclass(frozen=True)
class Shown:
    """One row: what it says in both languages, its days (the second one exclusive), and the page
    it has, as endpoint and values."""

    table: str
    key: int
    name: str
    name_en: str | None
    starts_on: date | None
    ends_on: date | None
    page: tuple[str, dict] | None


def shown(rows: Iterable[Row]) -> dict[Row, Shown]:
    """A statement for each table, however many rows."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for table, key in rows:
        wanted[table].append(key)
    return {
        (one.table, one.key): one for table, ids in wanted.items() for one in READERS[table](ids)
    }


def _employments(ids: list[int]) -> list[Shown]:
    rows = db.session.scalars(
        select(Employment).where(Employment.id.in_(ids)).options(joinedload(Employment.institution))
    )
    return [
        Shown("employments", one.id, one.name, one.name_en, one.starts_on, one.ends_on,
              ("careers.one_employment", {"employment_id": one.id}))
        for one in rows
    ]  # fmt: skip


def _posts(ids: list[int]) -> list[Shown]:
    rows = db.session.scalars(
        select(Post)
        .where(Post.id.in_(ids))
        .options(joinedload(Post.department).joinedload(Department.institution))
    )
    return [
        Shown("posts", one.id, f"{one.department.institution.name} {one.department.name}",
              one.department.name_en, one.starts_on, one.ends_on,
              ("faculty.member", {"member_id": one.faculty_member_id}))
        for one in rows
    ]  # fmt: skip


def _activities(ids: list[int]) -> list[Shown]:
    rows = db.session.execute(
        select(Activity.id, Activity.kind, Activity.topic, Activity.held_on).where(
            Activity.id.in_(ids)
        )
    )
    return [
        Shown("activities", key, f"{kind} {topic}", None, held_on, None,
              ("training.activity", {"activity_id": key}))
        for key, kind, topic, held_on in rows
    ]  # fmt: skip


def _placements(ids: list[int]) -> list[Shown]:
    rows = db.session.scalars(
        select(Placement).where(Placement.id.in_(ids)).options(joinedload(Placement.department))
    )
    return [
        Shown("placements", one.id, one.department.name, one.department.name_en, one.starts_on,
              one.ends_on, None)
        for one in rows
    ]  # fmt: skip


def _certificates(ids: list[int]) -> list[Shown]:
    rows = db.session.scalars(select(Certificate).where(Certificate.id.in_(ids)))
    return [
        Shown("certificates", one.id, one.number, None, one.issued_on, one.ends_on,
              ("faculty.member", {"member_id": one.faculty_member_id}))
        for one in rows
    ]  # fmt: skip


def _works(ids: list[int]) -> list[Shown]:
    rows = db.session.scalars(select(Work).where(Work.id.in_(ids)))
    return [
        Shown("research_works", one.id, one.title, None, one.done_on, None,
              ("research.one", {"work_id": one.id}))
        for one in rows
    ]  # fmt: skip


def _submissions(ids: list[int]) -> list[Shown]:
    rows = db.session.scalars(
        select(Submission).where(Submission.id.in_(ids)).options(joinedload(Submission.instrument))
    )
    return [
        Shown("submissions", one.id, one.instrument.name, one.instrument.name_en,
              one.observed_on, None, None)
        for one in rows
    ]  # fmt: skip


def _sessions(ids: list[int]) -> list[Shown]:
    rows = db.session.execute(
        select(Session.id, Session.posting_id, Session.held_on, Institution.name,
               Institution.name_en)
        .join(Session.posting)
        .join(Posting.institution)
        .where(Session.id.in_(ids))
    )  # fmt: skip
    return [
        Shown("posting_sessions", key, name, name_en, held_on, None,
              ("network.posting", {"posting_id": posting_id}))
        for key, posting_id, held_on, name, name_en in rows
    ]  # fmt: skip


READERS = {
    "employments": _employments,
    "posts": _posts,
    "activities": _activities,
    "placements": _placements,
    "certificates": _certificates,
    "research_works": _works,
    "submissions": _submissions,
    "posting_sessions": _sessions,
}
