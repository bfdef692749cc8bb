"""What a plan is judged and solved by, from the database: ids, days and numbers, no names."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.enrolment.suspension import suspended_spans
from trainingbase.months import months_later
from trainingbase.planner.given import After, First, Last, Sheet
from trainingbase.planner.given import Row as ProgrammeRow
from trainingbase.planner.problem import Problem
from trainingbase.programmes.models import ElectiveGroup, OrderRule, Programme, Requirement
from trainingbase.rotations.models import Placement, Plan, PlannedPlacement
from trainingbase.rotations.queries.wished import round_of, wished_in
from trainingbase.rotations.rules.facts import PER_MONTH, Curriculum, Facts, Trainee, Ward
from trainingbase.rotations.rules.framing import to_solve
from trainingbase.rotations.rules.halves import end_period_of, period_of, start_of, whole_months
from trainingbase.rotations.rules.releasing import suspended_months
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.rules.rows import from_json as rows_from_json
from trainingbase.rotations.rules.supposing import from_json, supposed
from trainingbase.rotations.rules.ways import weighed
from trainingbase.sites.models import Department
from trainingbase.sites.queries.places import departments_with_openings
from trainingbase.thresholds.queries import whole


def problem_of(plan: Plan) -> Problem:
    """The plan as the solver sees it: those planned anew, in the places the others leave."""
    return weighed(to_solve(facts_of(plan)), plan.way)


def facts_of(plan: Plan, rows: Iterable[Row] = ()) -> Facts:
    """Everything but the rows of the plan itself; `rows` adds the residents of those."""
    cohort_ids = [cohort.id for cohort in plan.cohorts]
    before = rows_before(plan)
    named = {row.resident for row in (*before, *rows)}
    residents = db.session.scalars(
        select(Resident)
        .where((Resident.cohort_id.in_(cohort_ids)) | Resident.id.in_(named))
        .options(selectinload(Resident.credits))
        .order_by(Resident.id)
    ).all()
    away = months_away([one.id for one in residents])
    again = months_again([one.id for one in residents])
    planned = frozenset(
        one.id
        for one in residents
        if one.cohort_id in cohort_ids and one.is_in_training and starts_within(one, plan)
    )
    today = plan.requested_at.astimezone(LOCAL).date()
    facts = Facts(
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        today=today,
        wards=wards(),
        curricula=curricula(),
        trainees={
            one.id: _trainee(one, away.get(one.id, frozenset()), again.get(one.id, ()))
            for one in residents
            if one.id in planned or one.id in named
        },
        planned=planned,
        before=tuple(before),
        wishes=wished_in(round_of(plan)),
        held_until=today + timedelta(days=plan.notice_days + 1) if plan.notice_days else None,
    )
    return supposed(facts, from_json(plan.supposed))


def starts_within(resident: Resident, plan: Plan) -> bool:
    return resident.starts_on is None or resident.starts_on < plan.ends_on


def rows_before(plan: Plan) -> list[Row]:
    """What stands so far: of each resident the rows of the plan this one is based on, and what
    was placed before it begins; without such a plan the placements in force."""
    placed = _rows(Placement, Placement.cancelled_at.is_(None), Placement.plan_id != plan.id)
    if plan.based_on_id is None:
        return placed
    based = _rows(PlannedPlacement, PlannedPlacement.plan_id == plan.based_on_id)
    earlier = [row for row in placed if row.ends_on <= plan.starts_on]
    known = {row.resident for row in earlier}
    since = {row.resident: row.ends_on for row in sorted(earlier, key=lambda r: r.ends_on)}
    return earlier + [
        row for row in based if row.resident not in known or row.starts_on >= since[row.resident]
    ]


def rows_of_plan(plan: Plan) -> list[Row]:
    """With those of residents who are only supposed."""
    rows = _rows(PlannedPlacement, PlannedPlacement.plan_id == plan.id)
    return [*rows_from_json(plan.imagined or ()), *rows]


def _rows(table: type[Placement] | type[PlannedPlacement], *which) -> list[Row]:
    columns = select(
        table.resident_id,
        table.starts_on,
        table.ends_on,
        table.department_id,
        table.standard_department_id,
    )
    return [
        Row(*row)
        for row in db.session.execute(
            columns.where(*which).order_by(table.resident_id, table.starts_on)
        )
    ]


def months_away(resident_ids: list[int]) -> dict[int, frozenset[date]]:
    """The months in which granted leave, or a suspension, moves the plan, of each resident."""
    least = whole("whole_month_leave_days")
    spans: dict[int, list[tuple[date, date]]] = {}
    for resident_id, starts_on, ends_on, returned_on in db.session.execute(
        select(Leave.resident_id, Leave.starts_on, Leave.ends_on, Leave.returned_on).where(
            Leave.resident_id.in_(resident_ids), Leave.granted.is_(True)
        )
    ):
        end = ends_on if returned_on is None else min(ends_on, returned_on)
        spans.setdefault(resident_id, []).append((starts_on, end))
    away = {key: frozenset(whole_months(those, least)) for key, those in spans.items()}
    for key, resting in suspended_spans(resident_ids).items():
        away[key] = away.get(key, frozenset()) | suspended_months(resting)
    return away


def months_again(resident_ids: list[int]) -> dict[int, list[tuple[int, date, float]]]:
    """Of each resident what is done again: standard department, first day, months."""
    rows = db.session.execute(
        select(
            Placement.resident_id,
            Placement.standard_department_id,
            Placement.starts_on,
            Placement.ends_on,
        ).where(
            Placement.resident_id.in_(resident_ids),
            Placement.cancelled_at.is_(None),
            Placement.repeats_at.is_not(None),
        )
    )
    found: dict[int, list[tuple[int, date, float]]] = {}
    for resident_id, standard_id, starts_on, ends_on in rows:
        begin = starts_on.replace(day=1)
        halves = end_period_of(begin, ends_on) - period_of(begin, starts_on)
        found.setdefault(resident_id, []).append((standard_id, starts_on, halves / PER_MONTH))
    return found


def _trainee(
    resident: Resident, away: frozenset[date], again: Iterable[tuple[int, date, float]]
) -> Trainee:
    credits = [one for one in resident.credits if one.standard_department_id is not None]
    until = [one.until_on for one in credits if one.kind == "done" and one.until_on is not None]
    months: dict[int, float] = {}
    for one in credits:
        key = one.standard_department_id
        months[key] = months.get(key, 0.0) + float(one.months)
    trainee = Trainee(
        id=resident.id,
        programme=resident.programme_id,
        starts_on=resident.starts_on,
        ends_on=resident.ends_on,
        credits=tuple(sorted(months.items())),
        credits_until=max(until) if until else None,
        away=away,
        has_left=not resident.is_in_training,
    )
    for standard_id, starts_on, number in again:
        if trainee.credits_until is None or starts_on >= trainee.credits_until:
            trainee = trainee.owing(standard_id, number)
    return trainee


def wards() -> tuple[Ward, ...]:
    found = departments_with_openings(more=[selectinload(Department.standards)])
    return tuple(
        Ward(
            id=one.id,
            institution=one.institution_id,
            standards=tuple(standard.id for standard in one.standards),
            most=opening.most,
            fewest=opening.fewest,
            is_primary_care=one.institution.is_primary_care,
            closed=opening.closed,
            opens_on=opening.opens_on,
            shuts_on=opening.shuts_on,
            changes=opening.changes,
        )
        for one, opening in sorted(found, key=lambda pair: pair[0].id)
    )


def curricula() -> dict[int, Curriculum]:
    programmes = db.session.scalars(
        select(Programme).options(
            selectinload(Programme.requirements).joinedload(Requirement.elective_group),
            selectinload(Programme.order_rules).selectinload(OrderRule.predecessors),
        )
    ).all()
    return {one.id: _curriculum(one) for one in programmes}


def _curriculum(programme: Programme) -> Curriculum:
    return Curriculum(
        code=programme.code,
        sheet=Sheet(
            tuple(_row(one) for one in programme.requirements),
            tuple(rule for one in programme.order_rules if (rule := _rule(one)) is not None),
        ),
        at_primary=frozenset(
            one.standard_department_id for one in programme.requirements if one.at_primary_site
        ),
    )


def _row(one: Requirement) -> ProgrammeRow:
    group: ElectiveGroup | None = one.elective_group
    return ProgrammeRow(
        standard=str(one.standard_department_id),
        months=float(one.months),
        group=str(group.id) if group else None,
        group_months=float(group.months) if group else None,
        may_split=one.may_split,
        min_stretch=float(one.shortest_stretch),
    )


def _rule(one: OrderRule) -> First | Last | After | None:
    standard = str(one.standard_department_id)
    if one.kind == "first":
        return First(standard, float(one.months or 1), float(one.within or 1))
    if one.kind == "within_last":
        return Last(standard, float(one.within)) if one.within else None
    return After(standard, tuple(str(before.id) for before in one.predecessors))


def last_day_needed(plan: Plan) -> date:
    """The exclusive end of a plan that reaches to the end of everybody's training."""
    latest = max((one.until for one in problem_of(plan).residents), default=0)
    end = start_of(plan.starts_on, latest)
    return max(plan.ends_on, end if end.day == 1 else months_later(end, 1))
