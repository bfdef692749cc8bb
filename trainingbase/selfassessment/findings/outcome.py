"""Examinations, procedures, and the training log."""

from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from trainingbase.assessments.queries.exams import Figures, figures
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.i18n import number
from trainingbase.logbook.queries.completion import completions
from trainingbase.logbook.rules.completion import Completion
from trainingbase.programmes.models import StandardDepartment
from trainingbase.selfassessment.findings.found import HUNDRED, Ask, Found
from trainingbase.selfassessment.rules import by_share

MEASURES = {"licence": ("licence",), "graduation": ("theory", "skills")}


def pass_rate(ask: Ask) -> Found:
    """First-time pass of an examination: all points from `full` percent on and not below the
    provincial rate, `partial` points where only the province is reached."""
    kind, year = ask.settings["kind"], ask.facts.year - int(ask.number("back"))
    path = f"/assessments/examinations?kind={kind}&year={year}"
    one = next(
        (two for two in ask.facts.once("exams", figures) if (two.kind, two.year) == (kind, year)),
        None,
    )
    if one is None or not one.first:
        return Found(None, _("Nobody sat it for the first time in %(year)s.", year=year), path=path)
    share = (HUNDRED * one.first_passed / one.first).quantize(Decimal("0.1"))
    province = _province(one)
    said = _("%(passed)s of %(first)s passed at the first attempt (%(share)s %%).",
             passed=one.first_passed, first=one.first, share=number(share))  # fmt: skip
    if province is None:
        return Found(None, said, _("Enter the province's rate of %(year)s.", year=year), path)
    said += " " + _("Province: %(share)s %%.", share=number(province))
    full = ask.number("full")
    if share < province:
        return Found(Decimal(0), said, _("Reach the province's rate."), path)
    if share < full:
        missing = _("From %(full)s %% on all points.", full=number(full))
        return Found(ask.number("partial"), said, missing, path)
    return Found(ask.points, said, path=path)


def _province(one: Figures) -> Decimal | None:
    """The lowest of the shares the province reports: who passes has passed in all of them.  Means
    of scores, which are above 1, say nothing of how many pass."""
    shares = [one.province[name] for name in MEASURES[one.kind] if name in one.province]
    shares = [share for share in shares if share <= 1]
    return (HUNDRED * min(shares)).quantize(Decimal("0.1")) if shares else None


def completion(ask: Ask) -> Found:
    """The log of all residents in training, of clinical or of primary standard departments."""
    primary = ask.settings["level"] == "primary"
    standards = db.session.scalars(
        select(StandardDepartment.id).where(StandardDepartment.is_primary_care.is_(primary))
    ).all()
    parts = [one.of(standards) for one in ask.facts.once("completions", _completions)]
    target, counted = sum(one.target for one in parts), sum(one.counted for one in parts)
    path = "/logbook/completion"
    if not target:
        return Found(None, _("Nothing is asked of the log."), path=path)
    share = (HUNDRED * counted / target).quantize(Decimal("0.1"))
    full = ask.number("full")
    said = _("%(counted)s of %(target)s confirmed (%(share)s %%).", counted=counted, target=target,
             share=number(share))  # fmt: skip
    missing = _("From %(full)s %% on all points.", full=number(full)) if share < full else ""
    return Found(by_share(share, ask.points, full, None), said, missing, path)


def _completions() -> list[Completion]:
    residents = db.session.scalars(select(Resident.id).where(IN_TRAINING)).all()
    return list(completions(residents).values())
