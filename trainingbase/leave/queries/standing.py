"""How leave finds a resident: what else stands, where they are placed, who would approve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from trainingbase.accounts.models import Account
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.leave.models import span_of
from trainingbase.leave.queries.rules import kind_rules, limits
from trainingbase.leave.rules import judging
from trainingbase.leave.rules.counting import Span
from trainingbase.leave.rules.effects import Effect, Stay, effect, made_up_by, total_days
from trainingbase.leave.rules.judging import Allowance, KindRule, Refusal, Standing, Wanted
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import timetable_of
from trainingbase.rotations.rules.halves import whole_months
from trainingbase.sites.models import Department
from trainingbase.sites.queries.calendars import base_calendar as calendar
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class Asked:
    """A step as it would be, or is to be: whose it is, or why the office is asked instead."""

    step: str
    person: Person | None = None
    department: Department | None = None
    passed_because: str | None = None


@dataclass(frozen=True)
class Preview:
    """What somebody sees before they apply."""

    wanted: Wanted
    rule: KindRule
    days: int
    event_days: int
    refusals: Sequence[Refusal]
    allowances: Sequence[Allowance]
    needs_papers: bool
    effect: Effect
    months_away: Sequence[date]
    chain: Sequence[Asked]
    total: int
    exam_later_days: int

    @property
    def exam_later(self) -> bool:
        return self.total > self.exam_later_days


def spans_of(resident: Resident, *, besides: int | None = None) -> list[Span]:
    """Leave of the resident that waits or is granted, but the one with this id."""
    rows = db.session.scalars(
        select(Leave)
        .where(Leave.resident_id == resident.id, Leave.granted.is_not(False))
        .order_by(Leave.starts_on)
        .execution_options(populate_existing=True)
    )
    return [span_of(one) for one in rows if one.id != besides]


def standing_of(resident: Resident, *, besides: int | None = None) -> Standing:
    return Standing(
        starts_on=resident.starts_on,
        ends_on=resident.ends_on,
        left_on=resident.left_on,
        spans=spans_of(resident, besides=besides),
        calendar=calendar(),
    )


def preview_of(
    resident: Resident, wanted: Wanted, *, today: date, besides: int | None = None
) -> Preview:
    """`besides` is the id of the leave itself, where it stands already."""
    rules, standing, bounds = kind_rules(), standing_of(resident, besides=besides), limits()
    rule = rules[wanted.kind]
    refused = judging.refusals(wanted, rule, standing, bounds, today=today)
    # what is refused for its days is not counted further: it may be of any length
    ends_on = wanted.ends_on
    if any(one.because in ("order", "too_long") for one in refused):
        ends_on = wanted.starts_on
    counted = Wanted(wanted.kind, wanted.starts_on, ends_on, wanted.by_office)
    span = Span(None, wanted.kind, wanted.starts_on, ends_on)
    placements = timetable_of(resident.id)
    made_up = made_up_by(span, standing.spans, rule)
    days = standing.calendar.days(span.starts_on, span.until_on, working=rule.working_days)
    whole_leave = judging.event_days(counted, rule, standing)
    every = [(one.starts_on, one.until_on) for one in (*standing.spans, span)]
    return Preview(
        wanted=wanted,
        rule=rule,
        days=days,
        event_days=whole_leave,
        refusals=refused,
        allowances=judging.allowances(counted, rule, standing) if days else [],
        needs_papers=judging.needs_papers(counted, rule, standing),
        effect=effect(
            [Stay(one, one.starts_on, one.ends_on) for one in placements],
            span.starts_on,
            span.until_on,
            made_up=made_up,
            training_end=resident.ends_on,
        ),
        months_away=[
            month
            for month in whole_months(every, whole("whole_month_leave_days"))
            if any(one.starts_on < month.replace(day=28) for one in placements)
            and month >= span.starts_on.replace(day=1)
            and month < span.until_on
        ],
        chain=chain_of(resident, rule.steps(whole_leave), placements, counted, today=today),
        total=total_days([*standing.spans, span], rules),
        exam_later_days=bounds.exam_later_days,
    )


def chain_of(
    resident: Resident,
    steps: Sequence[str],
    placements: Sequence[Placement],
    wanted: Wanted,
    *,
    today: date,
) -> list[Asked]:
    """Whose each step is.  Supervisor and secretary are those of the first placement that the
    leave touches; who cannot answer leaves the step to the office; without a tutor, none."""
    ends_on = max(wanted.ends_on, wanted.starts_on)
    touched = [p for p in placements if p.starts_on < ends_on and wanted.starts_on < p.ends_on]
    placement = touched[0] if touched else None
    found = []
    for step in steps:
        if step == "office":
            found.append(Asked("office"))
        elif step == "tutor" and resident.tutor is not None:
            found.append(_of_person("tutor", resident.tutor, today))
        elif step == "supervisor":
            supervisor = placement.supervisor.person if placement and placement.supervisor else None
            found.append(_of_person("supervisor", supervisor, today))
        elif step == "secretary":
            department = placement.department if placement else None
            nobody = None if department and secretaries_of(department, today=today) else "nobody"
            found.append(Asked("secretary", department=department, passed_because=nobody))
    return found or [Asked("office")]


def _of_person(step: str, person: Person | None, today: date) -> Asked:
    if person is None:
        return Asked(step, passed_because="nobody")
    if person.left_on is not None and person.left_on <= today:
        return Asked(step, person, passed_because="left")
    open_account = select(Account.id).where(
        Account.person_id == person.id, Account.disabled_at.is_(None)
    )
    if db.session.scalar(open_account) is None:
        return Asked(step, person, passed_because="no_account")
    return Asked(step, person)


def secretaries_of(department: Department, *, today: date) -> Sequence[Person]:
    """Who may answer for a department: its secretaries, and the coordinators of its site, as
    long as they are here and can sign in."""
    return db.session.scalars(
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(
            ((Grant.role == Role.SECRETARY) & (Grant.department_id == department.id))
            | (
                (Grant.role == Role.SITE_COORDINATOR)
                & (Grant.institution_id == department.institution_id)
            ),
            Account.disabled_at.is_(None),
            Person.left_on.is_(None) | (Person.left_on > today),
        )
        .distinct()
        .order_by(Person.id)
    ).all()
