"""Teaching groups: who is in them, as what, from when until when."""

from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.faculty.models import FacultyMember
from trainingbase.history.actions import change
from trainingbase.leaving.models import GroupMember, TeachingGroup
from trainingbase.leaving.queries import groups as queries
from trainingbase.people.models import Person


class AlreadyLed(Exception):
    """Somebody else leads on some of these days, or the person is in the group already;
    `member` is that row."""

    def __init__(self, member: GroupMember):
        super().__init__(member)
        self.member = member


def open_group(
    *,
    by: Person,
    at: datetime,
    department_id: int | None = None,
    standard_department_id: int | None = None,
) -> TeachingGroup:
    """The group of a department or of a standard department; there is one."""
    known = queries.group_for(
        department_id=department_id, standard_department_id=standard_department_id
    )
    if known is not None:
        return known
    made = TeachingGroup(department_id=department_id, standard_department_id=standard_department_id)
    db.session.add(made)
    db.session.flush()
    record("open-teaching-group", made, by=by, at=at)
    db.session.commit()
    return made


def add_member(
    group: TeachingGroup,
    member: FacultyMember,
    *,
    duty: str,
    starts_on: date,
    ends_on: date | None,
    by: Person,
    at: datetime,
) -> GroupMember:
    """Raises `AlreadyLed`.  The same again is the same row."""
    hold(group, "version")
    for one in group.members:
        if (one.faculty_member_id, one.duty, one.starts_on, one.ends_on) == (
            member.id, duty, starts_on, ends_on,
        ):  # fmt: skip
            db.session.rollback()
            return one
    _check(group, member.id, duty, starts_on, ends_on, apart=None)
    made = GroupMember(
        group_id=group.id,
        faculty_member_id=member.id,
        duty=duty,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    db.session.add(made)
    record("add-to-teaching-group", group, by=by, at=at, member=member.id, duty=duty)
    db.session.commit()
    return made


def change_member(
    member: GroupMember,
    *,
    duty: str,
    starts_on: date,
    ends_on: date | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`, `AlreadyLed`."""
    hold(member.group, "version")
    member.expect(version)
    try:
        _check(member.group, member.faculty_member_id, duty, starts_on, ends_on, apart=member)
    except AlreadyLed:
        db.session.rollback()
        raise
    change(
        "change-in-teaching-group",
        member,
        {"duty": duty, "starts_on": starts_on, "ends_on": ends_on},
        by=by,
        at=at,
    )
    db.session.commit()


def _check(
    group: TeachingGroup,
    faculty_member_id: int,
    duty: str,
    starts_on: date,
    ends_on: date | None,
    *,
    apart: GroupMember | None,
) -> None:
    for one in group.members:
        if one is apart:
            continue
        meet = (ends_on is None or one.starts_on < ends_on) and (
            one.ends_on is None or starts_on < one.ends_on
        )
        leads = duty == one.duty == "leader"
        if meet and (leads or one.faculty_member_id == faculty_member_id):
            raise AlreadyLed(one)
