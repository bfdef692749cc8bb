"""Lists: all leave one may see, who is away in a month, days per kind and year."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.queries import cohorts
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.leave import tables
from trainingbase.leave.forms import LeaveSearchForm, LedgerForm, MonthForm
from trainingbase.leave.queries import leaves as queries
from trainingbase.leave.queries import ledger
from trainingbase.leave.routes import leave
from trainingbase.leave.words import STATE_KINDS, STATES, STEPS
from trainingbase.months import first_of_month, months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.words import LEAVE_KINDS

READERS = (Role.OFFICE, Role.AUDITOR, Role.SECRETARY, Role.SITE_COORDINATOR)


def _listed():
    form = LeaveSearchForm()
    form.validate()
    rows = queries.listed(
        viewer(),
        search=form.search.data or "",
        state=form.state.data or "",
        kind=form.kind.data or "",
        first=form.first.data,
        last=form.last.data,
        at=clock.now(),
        sort=request.args.get("sort", "-starts"),
    )
    return form, rows


@leave.get("/", strict_slashes=False)
@allow(*READERS, Role.FACULTY)
def leaves():
    form, rows = _listed()
    page = page_of(rows)
    steps = queries.steps_of([one.id for one in page.items])
    return render_template(
        "leave/leaves.html",
        form=form,
        page=page,
        present={key: _present(chain) for key, chain in steps.items()},
        steps=STEPS,
        kinds=LEAVE_KINDS,
        states=STATES,
        state_kinds=STATE_KINDS,
    )


def _present(chain):
    """The step that is asked now."""
    open_steps = (one for one in chain if one.opened_at and not one.decided_at)
    return next(open_steps, None)


@leave.get("/export/<string:kind>")
@allow(*READERS)
def export(kind: str):
    _form, rows = _listed()
    return download(tables.of_leaves(queries.all_of(rows)), kind, _("Leave"))


def _away():
    form = MonthForm()
    departments = ledger.departments_of(viewer())
    names = {one.id: f"{named(one.institution)} · {named(one)}" for one in departments}
    form.department.choices = options({0: _("All")} | names)
    chosen = form.department.data if form.department.data in names else 0
    valid = form.validate()
    month = form.month.data if valid and form.month.data else first_of_month(clock.today())
    form.month.data = month
    return form, month, ledger.absences([chosen] if chosen else list(names), month)


@leave.get("/away")
@allow(*READERS)
def away():
    form, month, absences = _away()
    return render_template(
        "leave/away.html",
        form=form,
        month=month,
        end=months_later(month, 1),
        before=months_later(month, -1),
        absences=absences,
        kinds=LEAVE_KINDS,
        states=STATES,
        state_kinds=STATE_KINDS,
    )


@leave.get("/away/export/<string:kind>")
@allow(*READERS)
def export_away(kind: str):
    _form, month, absences = _away()
    return download(tables.of_absences(absences, month), kind, _("Who is away"))


def _ledger():
    form = LedgerForm()
    form.cohort.choices = options({0: _("All")} | {one.id: named(one) for one in cohorts()})
    year = form.year.data if form.validate() and form.year.data else clock.today().year
    form.year.data = year
    rows = ledger.with_leave_in(
        year, search=form.search.data or "", cohort_id=form.cohort.data or 0
    )
    return form, year, rows


@leave.get("/ledger", endpoint="ledger")
@allow(Role.OFFICE, Role.AUDITOR)
def ledger_page():
    form, year, rows = _ledger()
    page = page_of(rows)
    accounts = ledger.accounts(page.items, year)
    return render_template(
        "leave/ledger.html",
        form=form,
        page=page,
        year=year,
        accounts=accounts,
        used=_used(accounts),
        kinds=LEAVE_KINDS,
    )


@leave.get("/ledger/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_ledger(kind: str):
    _form, year, rows = _ledger()
    accounts = ledger.accounts(queries.all_of(rows), year)
    table = tables.of_accounts(accounts, year, _used(accounts))
    return download(table, kind, _("Days of leave"))


def _used(accounts) -> list[str]:
    """The kinds that somebody has had."""
    return [kind for kind in LEAVE_KINDS if any(kind in one.days for one in accounts)]
