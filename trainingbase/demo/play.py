"""Makes the fictional county and plays its first months, as its people would have done."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from trainingbase import clock, paths
from trainingbase.db import db
from trainingbase.demo import (
    asking,
    assessing,
    assessing_itself,
    attending,
    cast,
    changing,
    circle,
    community,
    curricula,
    enrolling,
    entering,
    examining,
    exits,
    graduating,
    guests,
    judging,
    leaving,
    log,
    names,
    networking,
    reporting,
    researching,
    rewarding,
    supervising,
    swapping,
    teaching,
    voicing,
    wishing,
)
from trainingbase.imports import actions as imports
from trainingbase.incentives import actions as incentives
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.rotations import actions as rotations
from trainingbase.rotations import solving
from trainingbase.rotations.models import Plan

Say = Callable[[str], None]

BEFORE_THE_PLAN = (
    ("programme", "programme.xlsx"),
    ("sites", "sites.xlsx"),
    ("faculty", "faculty.xlsx"),
    ("residents", "residents.xlsx"),
    ("leaves", "leaves.xlsx"),
    ("plan", "plan_grid.xlsx"),
    ("incentives", "incentives.xlsx"),
)
SINCE = (("exams", "exam_results.xlsx"), ("activities", "activities.xlsx"))
BEGINS_ON = date(2026, 9, 1)
PLANNED_MONTHS = 36
SECONDS = (40, 150, 600)
"""To solve the plan in; the later ones only where the first was not enough."""


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), clock.LOCAL)


def make_county(*, today: date, say: Say) -> dict[str, dict[str, str]]:
    """Import, plan, publish, play.  Returns the accounts by role."""
    office = cast.office_people(at=at(date(2026, 8, 3)))
    bring_in(BEFORE_THE_PLAN[:1], office, on=today, at=at(date(2026, 8, 9)), say=say)
    curricula.begin(office=office, at=at(date(2026, 8, 9), 10), say=say)
    bring_in(BEFORE_THE_PLAN[1:], office, on=today, at=at(date(2026, 8, 10)), say=say)
    names.put_english_names()
    plan = solve(office, say=say)
    rotations.publish_plan(plan, by=office, at=at(date(2026, 8, 20)), reason=None)
    say("The plan is published.")
    curricula.make_next(office=office, at=at(date(2026, 11, 3)), say=say)
    bring_in(SINCE, office, on=today, at=at(today, 8), say=say)
    assessing.play(first=BEGINS_ON, today=today, say=say)
    log.play(today=today, say=say)
    community.play(today=today, say=say)
    community.appeal(office=office, today=today, at=at(today, 8, 10), say=say)
    teaching.play_year(today=today, office=office, say=say)
    pay(office, today=today, say=say)
    supervising.play(today=today, office=office, at=at(today, 8, 15), say=say)
    enrolling.play(office, at=at(today, 8, 15), say=say)
    networking.play(office=office, today=today, say=say)
    guests.play(office=office, today=today, at=at(today, 8, 20), say=say)
    circle.play(today=today, at=at(today, 8, 22), say=say)
    made = cast.accounts(today=today, at=clock.real_now())
    resident = cast.resident_shown(today)
    entering.play(today=today, office=office, say=say, but=resident.id)
    swapping.play(resident, today=today, at=at(today, 8, 30), say=say)
    teaching.play_now(resident, today=today, office=office, say=say)
    leaving.play(resident, today=today, at=at(today, 8, 45), say=say)
    attending.play(resident, first=BEGINS_ON, today=today, say=say)
    researching.play(resident, office=office, today=today, at=at(today, 8, 48), say=say)
    changing.play(office, resident, today=today, at=at(today, 8, 50), say=say)
    asking.play(office=office, today=today, at=at(today, 8, 52), say=say)
    exits.play(resident, office=office, today=today, say=say)
    rewarding.play(resident, office=office, at=at(today, 8, 55), say=say)
    voicing.play(
        office=office, resident=resident, teacher=cast.teacher_shown(), today=today, say=say
    )
    judging.play(resident, office=office, accounts=made, today=today, say=say)
    examining.play(
        resident,
        teacher=cast.teacher_shown(),
        office=office,
        today=today,
        at=at(today, 8, 55),
        say=say,
    )
    graduating.play(office=office, today=today, at=at(today, 8, 57), say=say)
    reporting.play(office=office, today=today, at=at(today, 8, 55), say=say)
    assessing_itself.play(office=office, today=today, at=at(today, 8, 56), say=say)
    db.session.remove()
    return made


def bring_in(workbooks, office: Person, *, on: date, at: datetime, say: Say) -> None:
    for kind, name in workbooks:
        content = (paths.DEMO_COUNTY / name).read_bytes()
        brought = imports.bring_in(kind, content, name, on=on, by=office, at=at)
        imports.confirm(brought, by=office, at=at)
        counts = brought.counts.values()
        taken = sum(count["accepted"] + count["corrected"] for count in counts)
        refused = sum(count["refused"] for count in counts)
        say(f"  {name:<18} {taken:>4} rows taken, {refused} refused")


def solve(office: Person, *, say: Say) -> Plan:
    """The office's own request, solved here and now instead of in the worker; with more time
    where the machine was too busy."""
    from trainingbase.enrolment.queries import cohorts
    from trainingbase.planner.prepare import prepare

    training = [cohort.id for cohort in cohorts() if cohort.year >= BEGINS_ON.year - 2]
    asked = wishing.play(cohort_ids=training, begins_on=BEGINS_ON, office=office, say=say)
    say("Making the planner ready for this machine …")
    prepare()
    say("Solving the rotation plan of 76 residents over 36 months (40 seconds) …")
    for seconds in SECONDS:
        plan = rotations.request_plan(
            title="2026年9月起轮转计划",
            cohort_ids=training,
            starts_on=BEGINS_ON,
            months=PLANNED_MONTHS,
            seconds=seconds,
            by=office,
            at=at(date(2026, 8, 12)),
            wish_round=asked,
        )
        solving.solve_plan(plan.id)
        db.session.refresh(plan)
        say(f"  {plan.status}, cost {(plan.cost or {}).get('total')}")
        if plan.status in ("optimal", "feasible"):
            break
        rotations.discard_plan(plan, by=office, at=at(date(2026, 8, 12), 10))
        say("  This machine is busy: once more, with more time …")
    return plan


def pay(office: Person, *, today: date, say: Say) -> None:
    """Runs of the past months, all but the last approved."""
    months = [date(2026, month, 1) for month in (9, 10) if date(2026, month + 1, 1) <= today]
    for month in months:
        computed = at(month + timedelta(days=33))
        run = incentives.compute_run(month, by=office, at=computed)
        if month != months[-1]:
            incentives.approve_run(run, by=office, at=computed + timedelta(days=1))
            leader = holders_of(Role.LEADER)[0]
            incentives.approve_run(run, by=leader, at=computed + timedelta(days=2))
        say(f"  Incentives of {month:%Y-%m} computed")
