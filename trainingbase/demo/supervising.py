"""What befalls the faculty: a certificate lapses, somebody goes on leave, somebody retires, and
some residents wait for a supervisor."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.faculty import actions as faculty
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.supervision import actions
from trainingbase.supervision.actions import Choice, Given, NotAllowed, Overtaken
from trainingbase.supervision.queries import desk, leaving


def play(*, today: date, office: Person, at: datetime, say: Callable[[str], None]) -> None:
    busy = _busiest(today)
    lapsing, away, retiring = busy
    _let_lapse(lapsing, today + timedelta(days=25), office=office, at=at)
    days = {"starts_on": today + timedelta(days=9), "ends_on": today + timedelta(days=54)}
    faculty.add_absence(away, {"kind": "study", "reason": "省级师资进修", **days}, by=office, at=at)
    _retire(retiring, today=today, office=office, at=at)
    waiting = _leave_some_waiting(today=today, office=office, at=at)
    reminded = faculty.remind_of_certificates(today=today, at=at)
    say(f"  Faculty: {reminded} certificates reminded of, {waiting} residents without supervisor")


def _busiest(today: date) -> Sequence[FacultyMember]:
    """Those with most residents today, of departments where somebody else teaches too; no
    secretary among them."""
    shared = select(Post.department_id).group_by(Post.department_id).having(func.count() > 1)
    secretaries = select(Grant.person_id).where(Grant.role == Role.SECRETARY)
    load = func.count(Placement.id)
    return db.session.scalars(
        select(FacultyMember)
        .join(Placement, Placement.supervisor_id == FacultyMember.id)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today + timedelta(days=7),
            Placement.department_id.in_(shared),
            FacultyMember.person_id.not_in(secretaries),
        )
        .group_by(FacultyMember.id)
        .order_by(load.desc(), FacultyMember.id)
        .limit(3)
    ).all()


def _let_lapse(member: FacultyMember, on: date, *, office: Person, at: datetime) -> None:
    """The only certificate ends sooner than five years after the issue."""
    certificate = member.certificates[-1]
    said = {name: getattr(certificate, name) for name in ("number", "level", "issued_on")}
    faculty.edit_certificate(
        certificate,
        {**said, "ends_on": on},
        scan=None,
        version=certificate.version,
        by=office,
        at=at,
    )


def _retire(member: FacultyMember, *, today: date, office: Person, at: datetime) -> None:
    left = leaving.open_of(member, from_on=today, today=today)
    rows = desk.judged(left.placements, today=today, without=member.id)
    others = leaving.successors(member, today=today)
    given = Given(
        placements={row.placement.id: row.proposed for row in rows},
        tutees={one.id: others[0].person_id for one in left.tutees},
        requests={one.id: None for one in left.requests},
    )
    actions.deactivate(
        member, kind="retired", from_on=today, given=given, by=office, at=at, reason="到龄退休"
    )


def _leave_some_waiting(*, today: date, office: Person, at: datetime) -> int:
    """Three who come next month lose their supervisor again, so that there is one to propose."""
    coming = db.session.scalars(
        select(Placement)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.supervisor_id.is_not(None),
            Placement.starts_on > today,
        )
        .order_by(Placement.starts_on, Placement.id)
        .limit(3)
    ).all()
    try:
        return actions.assign_supervisors(
            {one.id: Choice(None, one.version) for one in coming}, by=office, at=at
        )
    except (NotAllowed, Overtaken):
        return 0
