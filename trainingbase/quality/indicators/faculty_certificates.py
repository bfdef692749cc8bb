"""Faculty with a valid certificate."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.faculty.queries import active_on, valid_after
from trainingbase.months import months_from, months_later
from trainingbase.quality.indicators.indicator import DEPARTMENT, SITE, Indicator
from trainingbase.quality.rules.facts import Fact
from trainingbase.thresholds.queries import whole


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """At the end of each month, of the running one today; months to come say nothing.  A member
    counts at the department of the first post."""
    years = whole("certificate_years")
    post = (
        select(Post.faculty_member_id, func.min(Post.id).label("post_id"))
        .group_by(Post.faculty_member_id)
        .subquery()
    )
    for month in months_from(starts_on, min(ends_on, today + timedelta(days=1))):
        day = min(months_later(month, 1) - timedelta(days=1), today)
        valid = select(FacultyMember.id).where(
            FacultyMember.certificates.any(valid_after(day, years))
        )
        with_one = set(db.session.scalars(valid))
        rows = db.session.execute(
            select(FacultyMember.id, Post.department_id)
            .outerjoin(post, post.c.faculty_member_id == FacultyMember.id)
            .outerjoin(Post, Post.id == post.c.post_id)
            .where(active_on(day))
            .order_by(FacultyMember.id)
        )
        for member_id, department_id in rows:
            part = "valid" if member_id in with_one else "lapsed"
            yield Fact(month, department_id, None, member_id, part, Decimal(1))


INDICATOR = Indicator(
    key="faculty-certificates",
    group="faculty",
    name=_l("Faculty with a valid certificate"),
    definition=_l(
        "Active members of the faculty whose training certificate is valid, at the end of the "
        "month. How long one is valid is a threshold."
    ),
    numerator=_l("active members with a valid certificate"),
    denominator=_l("active members of the faculty"),
    facts=facts,
    parts={"valid": _l("Certificate valid"), "lapsed": _l("No valid certificate")},
    kinds={"valid": "good", "lapsed": "bad"},
    top=("valid",),
    bottom=("valid", "lapsed"),
    splits=(SITE, DEPARTMENT),
    target="certificates_target",
    cases=True,
    stock=True,
    source="E21 2.2.1",
    confidence="H",
)
