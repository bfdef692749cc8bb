"""The list of months, computing one, and the funding."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import allow, viewer
from trainingbase.incentives import actions
from trainingbase.incentives import words as said
from trainingbase.incentives.forms import MonthForm, YearForm
from trainingbase.incentives.models import AlreadyApproved
from trainingbase.incentives.queries import funding as money
from trainingbase.incentives.queries import runs as queries
from trainingbase.incentives.routes.blueprint import READERS, incentives
from trainingbase.incentives.words import source_name
from trainingbase.roles import Role


@incentives.get("/")
@allow(*READERS)
def runs():
    return _months(_month_form())


def _month_form() -> MonthForm:
    form = MonthForm()
    months = queries.months_to_compute(today=clock.today())
    form.month.choices = [(f"{month:%Y-%m}", i18n.month(month)) for month in months]
    if len(months) > 1 and not form.is_submitted():
        form.month.data = f"{months[1]:%Y-%m}"  # the last month that is over
    return form


def _months(form: MonthForm, status: int = 200):
    page = queries.page_of_runs(request.args.get("page", 1, type=int))
    return render_template("incentives/runs.html", page=page, form=form, said=said), status


@incentives.post("/")
@allow(Role.OFFICE)
def compute():
    form = _month_form()
    if not form.validate_on_submit():
        return _months(form, 422)
    return computed(date.fromisoformat(f"{form.month.data}-01"))


def computed(month_on: date):
    """Compute the month and show its run; say so where that cannot be."""
    try:
        run = actions.compute_run(month_on, by=viewer(), at=clock.now())
    except AlreadyApproved:
        flash(_("The month is approved and locked: a correction belongs to a later run."), "error")
    except actions.ComputedMeanwhile:
        flash(_("Somebody else has just computed this month."), "warning")
    else:
        flash(_("The incentives of %(month)s are computed.", month=i18n.month(month_on)), "success")
        return redirect(url_for("incentives.run", run_id=run.id))
    standing = queries.current_run(month_on)
    if standing is None:
        return redirect(url_for("incentives.runs"))
    return redirect(url_for("incentives.run", run_id=standing.id))


@incentives.get("/funding")
@allow(*READERS)
def funding():
    years = money.years() or [clock.today().year]
    form = YearForm()
    form.year.choices = [(year, str(year)) for year in years]
    if form.year.data not in years:
        present = clock.today().year
        form.year.data = present if present in years else years[-1]
    year = form.year.data
    return render_template(
        "incentives/funding.html",
        form=form,
        year=year,
        burns=money.burn_down(year),
        months=[date(year, number, 1) for number in range(1, 13)],
        source_name=source_name,
    )
