"""Completion, the rows under it, and where a case was claimed."""

from collections import defaultdict

from flask import render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.queries import cohorts, resident_of
from trainingbase.form import options, whole_number
from trainingbase.i18n import named
from trainingbase.logbook import tables
from trainingbase.logbook.forms import CompletionSearchForm, EntrySearchForm, ReturnForm, TraceForm
from trainingbase.logbook.queries import entries, residents, tracing
from trainingbase.logbook.queries.entries import Filter
from trainingbase.logbook.queries.kept import known_figures
from trainingbase.logbook.queries.residents import Sought
from trainingbase.logbook.queries.waiting import may_decide
from trainingbase.logbook.routes.blueprint import logbook
from trainingbase.logbook.routes.rows import by_department
from trainingbase.logbook.rules.stays import Sum
from trainingbase.logbook.words import CATEGORIES, LEVELS
from trainingbase.paging import page_of_columns, page_of_list
from trainingbase.programmes.queries import standard_departments
from trainingbase.roles import Role
from trainingbase.rotations.queries.placements import resident_seen_by, timetable_seen_by

READERS = (Role.OFFICE, Role.AUDITOR, Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR)


@logbook.get("/mine/completion")
@allow(Role.RESIDENT)
def my_completion():
    return _completion_page(resident_of(viewer()))


@logbook.get("/entries/<int:entry_id>")
@allow(Role.RESIDENT, *READERS)
def entry(entry_id: int):
    """One piece of work with all its values, what it corrects and what corrects it."""
    row = entries.entry_seen_by(viewer(), entry_id, at=clock.now())
    return render_template(
        "logbook/one.html",
        one=row,
        chain=entries.chain_of(row),
        decides=may_decide(viewer(), row, at=clock.now()),
        form=ReturnForm(formdata=None),
        categories=CATEGORIES,
        levels=LEVELS,
    )


@logbook.get("/residents/<int:resident_id>")
@allow(*READERS)
def resident_completion(resident_id: int):
    return _completion_page(resident_seen_by(viewer(), resident_id, today=clock.today()))


def _completion_page(resident):
    """Every line with what is missing; one line's rows with `?department=…&item=…`."""
    form, today = EntrySearchForm(), clock.today()
    here = url_for(request.endpoint or "", **(request.view_args or {}))
    figures = known_figures(resident.id)
    stays = timetable_seen_by(viewer(), resident.id, today=today)
    which = Filter(
        state=form.state.data or "",
        standard_department_id=request.args.get("department", 0, type=whole_number),
        category=form.category.data or "",
        item=form.item.data or "",
    )
    return render_template(
        "logbook/completion.html",
        resident=resident,
        whole=figures.whole,
        figures=figures,
        departments=by_department(figures.lines, here),
        here=here,
        next_stays=[one for one in stays if one.ends_on > today],
        stays_of=grouped(stays),
        names={one.id: named(one) for one in standard_departments()},
        categories=CATEGORIES,
        form=form,
        chosen=which,
        page=page_of_columns(*entries.entries_of(resident.id, which)),
    )


def grouped(stays) -> dict[int, list]:
    """Stays by their standard department."""
    found: dict[int, list] = defaultdict(list)
    for one in stays:
        found[one.standard_department_id].append(one)
    return found


def _sought(standards) -> tuple[CompletionSearchForm, Sought]:
    form = CompletionSearchForm()
    form.cohort.choices = options({0: _("All")} | {c.id: named(c) for c in cohorts()})
    names = {one.id: named(one) for one in standards}
    form.department.choices = options({0: _("All")} | names)
    return form, Sought(
        search=form.search.data or "",
        cohort_id=form.cohort.data or 0,
        standard_department_id=form.department.data or 0,
        below=form.below.data or 0,
        sort=request.args.get("sort", ""),
    )


@logbook.get("/completion")
@allow(*READERS)
def all_completions():
    """Residents by departments; sorted or filtered by a figure, all of them are reckoned."""
    standards = standard_departments()
    form, which = _sought(standards)
    people = residents.seen(viewer(), which, today=clock.today())
    if residents.must_be_reckoned(which):
        page = page_of_list(residents.reckoned(residents.all_of(people), which))
    else:
        page = page_of_columns(people)
    rows = residents.rows_of(page.items)
    shown = {key for row in rows for key in row.departments}
    departments = [one for one in standards if one.id in shown]
    return render_template(
        "logbook/completions.html",
        form=form,
        page=page,
        rows=[(row, [_shown(row.departments.get(one.id)) for one in departments]) for row in rows],
        departments=departments,
    )


def _shown(one: Sum | None) -> str:
    return str(one.percent) if one is not None and one.target else "—"


@logbook.get("/completion/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_completions(kind: str):
    _form, which = _sought(standard_departments())
    people = residents.all_of(residents.seen(viewer(), which, today=clock.today()))
    rows = residents.rows_of(residents.reckoned(people, which))
    return download(tables.of_completions(rows), kind, _("Log completion"))


@logbook.route("/trace", methods=["GET", "POST"])
@allow(Role.OFFICE, Role.AUDITOR)
def trace():
    """Who claimed this admission or visit, and for what; and cases that several claim."""
    form, found = TraceForm(), None
    if form.validate_on_submit():
        found = tracing.claimed(form.number.data, viewer())
    page = page_of_columns(tracing.shared())
    return render_template(
        "logbook/trace.html",
        form=form,
        found=found,
        page=page,
        claims=tracing.claims_of([seal for seal, *_numbers in page.items]),
        categories=CATEGORIES,
    )
