"""Intake, plan, exit assessments and money."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import case, func, select

from trainingbase.assessments.models import Submission
from trainingbase.db import db
from trainingbase.i18n import named, number
from trainingbase.incentives.models import Run
from trainingbase.intake.models import Applicant, Intake
from trainingbase.rotations.models import Placement, Plan
from trainingbase.selfassessment.findings.found import HUNDRED, Ask, Facts, Found, is_at
from trainingbase.selfassessment.rules import by_share
from trainingbase.sites.models import Department, Institution


def intake(ask: Ask) -> Found:
    """Who enrolled against the plan of a year, over all programmes."""
    year = ask.facts.year - int(ask.number("back"))
    planned = db.session.scalar(select(func.sum(Intake.planned)).where(Intake.year == year))
    if not planned:
        return Found(None, _("No intake is planned for %(year)s.", year=year), path="/intake/")
    enrolled = db.session.scalar(
        select(func.count())
        .select_from(Applicant)
        .join(Applicant.intake)
        .where(Intake.year == year, Applicant.resident_id.is_not(None))
    )
    share = Decimal(enrolled or 0) * HUNDRED / planned
    if share > HUNDRED:
        return Found(
            Decimal(0),
            _("%(enrolled)s enrolled, %(planned)s planned: above the plan.", enrolled=enrolled,
              planned=planned),
            path="/intake/",
        )  # fmt: skip
    full = ask.number("full")
    return Found(
        by_share(share, ask.points, full, ask.number("half")),
        _("%(enrolled)s of %(planned)s planned enrolled (%(share)s %%).", enrolled=enrolled,
          planned=planned, share=number(share)),
        _("From %(full)s %% on all points.", full=number(full)) if share < full else "",
        "/intake/",
    )  # fmt: skip


def plan_lawful(ask: Ask) -> Found:
    """The rules of the plan are judged by the planner; here only whether one is in force."""
    plan = db.session.scalar(select(Plan).where(Plan.in_force.is_(True)))
    if plan is None:
        return Found(Decimal(0), _("No rotation plan is in force."), path="/rotations/plans")
    accepted = len(plan.accepted or ())
    if accepted:
        return Found(
            Decimal(0),
            _("The plan in force was published with %(number)s breaches.", number=accepted),
            _("Re-plan until no rule is broken."),
            f"/rotations/plans/{plan.id}",
        )
    said = _("The plan in force was published without a breach.")
    return Found(ask.points, said, path=f"/rotations/plans/{plan.id}")


def exits(ask: Ask) -> Found:
    """Placements that ended in the year: with an exit assessment that the resident has read.
    With `nth`: of the department with most ended placements, the second; with `level`: of all."""
    rows = ask.facts.once("exits", lambda: _ended(ask.facts))
    rows = [row for row in rows if is_at(ask, row[3])]
    path = "/quality/indicators/placements-done"
    ordered = sorted(rows, key=lambda row: (-row[1], row[0].id))
    if "nth" in ask.settings:
        ordered = ordered[int(ask.number("nth")) - 1 :][:1]
    ended, good = sum(row[1] for row in ordered), sum(row[2] for row in ordered)
    if not ended:
        return Found(None, _("No placement has ended."), path=path)
    share = Decimal(good) * HUNDRED / ended
    where = named(ordered[0][0]) + _(": ") if "nth" in ask.settings else ""
    said = where + _("%(good)s of %(ended)s ended placements assessed and read by the resident.",
                     good=good, ended=ended)  # fmt: skip
    full = ask.number("full")
    missing = "" if share >= full else _("Assess the others, and have the results read.")
    return Found(ask.points if share >= full else Decimal(0), said, missing, path)


def _ended(facts: Facts) -> Sequence:
    """Departments with how many placements ended, how many of them were assessed and read, and
    the level of their institution."""
    answered = _answered()
    good = func.sum(case((answered.c.placement_id.is_not(None), 1), else_=0))
    return db.session.execute(
        select(Department, func.count(), good, Institution.level)
        .select_from(Placement)
        .join(Placement.department)
        .join(Department.institution)
        .outerjoin(answered, answered.c.placement_id == Placement.id)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.published_at.is_not(None),
            Placement.ends_on > facts.starts_on,
            Placement.ends_on <= facts.ends_on,
        )
        .group_by(Department.id, Institution.level)
    ).all()


def _answered():
    """Placements with a passed or failed exit assessment that was acknowledged."""
    return (
        select(Submission.placement_id)
        .where(Submission.passed.is_not(None), Submission.acknowledged_at.is_not(None))
        .distinct()
        .subquery()
    )


def paid(ask: Ask) -> Found:
    """Approved incentive runs of at least `months` months of the year."""
    facts, wanted = ask.facts, int(ask.number("months"))
    months = db.session.scalar(
        select(func.count(Run.month_on.distinct())).where(
            Run.approved_at.is_not(None),
            Run.replaced_at.is_(None),
            Run.month_on >= facts.starts_on,
            Run.month_on < facts.ends_on,
        )
    )
    said = _("Incentives of %(number)s months are approved.", number=months)
    missing = _("At least %(number)s.", number=wanted) if (months or 0) < wanted else ""
    return Found(Decimal(0) if missing else ask.points, said, missing, "/incentives/")
