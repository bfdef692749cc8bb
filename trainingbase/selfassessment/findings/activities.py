"""Teaching activities: how often they were held, and how good they were."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.i18n import named, number
from trainingbase.selfassessment.findings.found import HUNDRED, Ask, Facts, Found, is_at
from trainingbase.sites.models import Department, Institution
from trainingbase.training.models import Activity


def activities(ask: Ask) -> Found:
    """At least one activity of the kind in every stretch of `days` days that residents were
    there.  With `nth`: of the department that kept it best, second best…; with `level`: of all
    departments of the level together, site by site."""
    kind, facts = ask.settings["kind"], ask.facts
    if not facts.has_begun:
        return Found(None, _("This year has not begun."))
    held: dict[int, list[date]] = defaultdict(list)
    names: dict[int, str] = {}
    for department, level, day in facts.once(("held", kind), lambda: _held(kind, facts)):
        if is_at(ask, level):
            held[department.id].append(day)
            names[department.id] = named(department)
    path = f"/training/activities?kind={kind}"
    if not held:
        return Found(Decimal(0), _("No approved activity of this kind."), path=path)
    length = int(ask.number("days"))
    shares = {
        one: kept_share(days, facts.starts_on, facts.ends_on, length) for one, days in held.items()
    }
    if "nth" in ask.settings:
        return _best(ask, shares, names, path)
    together = [day for days in held.values() for day in days]
    share = kept_share(together, facts.starts_on, facts.ends_on, length)
    said = _(
        "Kept in %(share)s %% of the stretches of %(days)s days.", share=number(share), days=length
    )
    missing = _("In every stretch at least one.") if share < HUNDRED else ""
    return Found(ask.points if share >= HUNDRED else Decimal(0), said, missing, path)


def _held(kind: str, facts: Facts) -> Sequence:
    """Department, level of its institution and day of the approved activities of a year."""
    return db.session.execute(
        select(Department, Institution.level, Activity.held_on)
        .join(Activity.department)
        .join(Department.institution)
        .where(
            Activity.kind == kind,
            Activity.approved_at.is_not(None),
            Activity.cancelled_at.is_(None),
            Activity.held_on >= facts.starts_on,
            Activity.held_on < facts.ends_on,
        )
    ).all()


def _best(ask: Ask, shares: dict[int, Decimal], names: dict[int, str], path: str) -> Found:
    ordered = sorted(shares, key=lambda one: (-shares[one], names[one]))
    nth = int(ask.number("nth"))
    if len(ordered) < nth:
        return Found(Decimal(0), _("No further department has held any."), path=path)
    one = ordered[nth - 1]
    said = _("%(department)s: kept in %(share)s %% of the stretches.", department=names[one],
             share=number(shares[one]))  # fmt: skip
    missing = _("In every stretch at least one.") if shares[one] < HUNDRED else ""
    return Found(ask.points if shares[one] >= HUNDRED else Decimal(0), said, missing, path)


def kept_share(days: list[date], starts_on: date, ends_on: date, length: int) -> Decimal:
    """Percent of the whole stretches of `length` days that hold at least one of `days`."""
    stretches = max(1, (ends_on - starts_on).days // length)
    held = Counter((day - starts_on).days // length for day in days)
    kept = sum(1 for number in held if number < stretches)
    return (HUNDRED * min(kept, stretches) / stretches).quantize(Decimal("0.1"))


def quality(ask: Ask) -> Found:
    """The mean score (of 100) of the department's activities of a kind, as a share of the points,
    to one decimal.  With `nth`: of the department with most scored activities, the second…"""
    kind, facts = ask.settings["kind"], ask.facts
    rows = facts.once(("scored", kind), lambda: _scored(kind, facts))
    nth, path = int(ask.number("nth")), f"/training/activities?kind={kind}"
    ordered = sorted(rows, key=lambda row: (-row[1], row[0].id))
    if len(ordered) < nth:
        return Found(None, _("No scored activity of this kind in a further department."), path=path)
    department, count, mean = ordered[nth - 1]
    score = _score(mean)
    points = (ask.points * score / HUNDRED).quantize(Decimal("0.1"))
    said = _("%(department)s: mean %(mean)s of 100 over %(count)s scored.",
             department=named(department), mean=number(score), count=count)  # fmt: skip
    return Found(points, said, path=path)


def _scored(kind: str, facts: Facts) -> Sequence:
    """Departments with how many scored activities they held, and the mean."""
    return db.session.execute(
        select(Department, func.count(), func.avg(Activity.score))
        .join(Activity.department)
        .where(
            Activity.kind == kind,
            Activity.score.is_not(None),
            Activity.approved_at.is_not(None),
            Activity.cancelled_at.is_(None),
            Activity.held_on >= facts.starts_on,
            Activity.held_on < facts.ends_on,
        )
        .group_by(Department.id)
    ).all()


def _score(mean) -> Decimal:
    """SQLite keeps exact numbers as ten-thousandths, so its mean is one of those."""
    exact = Decimal(str(mean))
    if db.engine.dialect.name == "sqlite":
        exact = exact.scaleb(-4)
    return exact.quantize(Decimal("0.1"))
