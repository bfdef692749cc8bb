"""Monthly appraisals, the accounts of the sources, and what the programme asks of the money."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.incentives import words as said
from trainingbase.incentives.actions import appraising as actions
from trainingbase.incentives.forms.appraising import (
    AppraisalEditForm,
    AppraisalForm,
    MonthFilter,
    ProgrammeForm,
)
from trainingbase.incentives.queries import appraising as queries
from trainingbase.incentives.queries import funding, runs, trying
from trainingbase.incentives.routes.blueprint import READERS, incentives
from trainingbase.incentives.tables import appraisals_table, entries_table
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _months() -> list[tuple[str, str]]:
    present = clock.today().replace(day=1)
    return [(f"{one:%Y-%m}", i18n.month(one)) for one in (present, *trying.last_months(present))]


def _filter() -> tuple[MonthFilter, date | None]:
    form = MonthFilter()
    form.month.choices = [("", _("All")), *_months()]
    known = form.month.data in {value for value, _label in _months()}
    return form, date.fromisoformat(f"{form.month.data}-01") if known else None


@incentives.get("/appraisals")
@allow(*READERS)
def appraisals():
    form, month_on = _filter()
    page = page_of(queries.appraisals(month_on))
    return render_template("incentives/appraisals.html", form=form, page=page)


@incentives.get("/appraisals/export/<string:kind>")
@allow(*READERS)
def appraisals_export(kind: str):
    rows = runs.everything(queries.appraisals(_filter()[1]))
    return download(appraisals_table(rows), kind, "appraisals")


@incentives.route("/appraisals/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_appraisal():
    form = AppraisalForm()
    form.month.choices = _months()
    form.department_id.choices = [(one.id, i18n.named(one)) for one in queries.departments()]
    form.person_id.choices = [(0, _("Nobody")), *map(tuple, queries.people_appraised())]
    if form.validate_on_submit():
        about = {
            "month_on": date.fromisoformat(f"{form.month.data}-01"),
            "department_id": form.department_id.data,
            "person_id": form.person_id.data or None,
        }
        try:
            actions.keep(about | form.figures(), key=form.form_key.data, by=viewer(),
                         at=clock.now())  # fmt: skip
        except actions.OwnAppraisal:
            form.refuse("person_id", _("What you are paid yourself is decided by somebody else."))
        except actions.AppraisedAlready:
            form.refuse("month", _("There is an appraisal of this month already."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("incentives.appraisals"))
    page = render_template("incentives/appraisal.html", form=form, appraisal=None, stale=None)
    return page, 422 if form.is_submitted() else 200


@incentives.route("/appraisals/<int:appraisal_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def appraisal(appraisal_id: int):
    this = queries.appraisal(appraisal_id)
    form, stale = AppraisalEditForm(obj=this), None
    if form.validate_on_submit():
        try:
            actions.edit(this, form.figures(), version=form.version.data, by=viewer(),
                         at=clock.now())  # fmt: skip
        except actions.OwnAppraisal:
            form.refuse("reward", _("What you are paid yourself is decided by somebody else."))
        except Stale:
            stale = form.stale_against(this)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("incentives.appraisals"))
    page = render_template("incentives/appraisal.html", form=form, appraisal=this, stale=stale)
    return page, 409 if stale is not None else 422 if form.is_submitted() else 200


@incentives.get("/programme")
@allow(*READERS)
def programme():
    form = ProgrammeForm()
    present = clock.today().year
    years = sorted({*funding.years(), present})
    form.year.choices = [(year, str(year)) for year in years]
    sources = funding.sources()
    form.source.choices = [(one.id, said.source_name(one)) for one in sources]
    if form.year.data not in years:
        form.year.data = present
    if form.source.data not in {one.id for one in sources}:
        form.source.data = sources[0].id if sources else None
    split = queries.subsidy_split(form.source.data, form.year.data) if sources else None
    return render_template(
        "incentives/programme.html",
        form=form,
        split=split,
        shares=queries.teaching_shares(form.year.data),
    )


def _entries():
    year = request.args.get("year", clock.today().year, type=int)
    year = year if 1900 <= year <= 2200 else clock.today().year
    return year, funding.entries(year=year)


@incentives.get("/accounts")
@allow(*READERS)
def entries():
    year, rows = _entries()
    return render_template(
        "incentives/entries.html",
        year=year,
        balances=funding.balances(year),
        page=page_of(rows),
        sources={one.id: one for one in funding.sources()},
        said=said,
    )


@incentives.get("/accounts/export/<string:kind>")
@allow(*READERS)
def entries_export(kind: str):
    sources = {one.id: one for one in funding.sources()}
    return download(entries_table(runs.everything(_entries()[1]), sources), kind, "accounts")
