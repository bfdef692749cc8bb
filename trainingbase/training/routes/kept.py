"""The roster: which department has held what is due, fortnight by fortnight."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.paging import page_of_list
from trainingbase.roles import Role
from trainingbase.sites.models import Department
from trainingbase.training import tables
from trainingbase.training.forms.lists import KeptForm, KeptRowsForm
from trainingbase.training.queries import choices
from trainingbase.training.queries.kept import Kept, kept
from trainingbase.training.queries.visible import watched_by
from trainingbase.training.routes import training
from trainingbase.training.routes.seeing import chosen, namer, place_name
from trainingbase.training.rules.keeping import NOT_DUE, Due, fortnights, last_day, worst
from trainingbase.training.rules.periods import Period
from trainingbase.training.words import KEPT, KEPT_KINDS

WATCHING = (
    Role.FACULTY,
    Role.SECRETARY,
    Role.SITE_COORDINATOR,
    Role.OFFICE,
    Role.LEADER,
    Role.AUDITOR,
)
YEARS = 4


def _with_choices(form: KeptForm) -> KeptForm:
    name_of, this_year = namer(), clock.today().year
    form.year.choices = options({y: str(y) for y in range(this_year + 1, this_year - YEARS, -1)})
    form.year.default = this_year
    kinds = {kind.name: name_of(kind.name) for kind in choices.kinds_in_use()}
    form.kind.choices = options({"": _("All")} | kinds)
    places = choices.departments_watched(watched_by(viewer()))
    sites = {one.institution_id: named(one.institution) for one in places}
    form.institution.choices = options({0: _("All")} | sites)
    if isinstance(form, KeptRowsForm):
        form.department.choices = options(
            {0: _("All")} | {one.id: place_name(one) for one in places}
        )
    form.year.data = chosen(form.year)
    return form


def _found(form: KeptForm) -> Kept:
    which = watched_by(viewer())
    if chosen(form.institution):
        which &= Department.institution_id == chosen(form.institution)
    year = form.year.data
    return kept(
        date(year, 1, 1),
        date(year + 1, 1, 1),
        today=clock.today(),
        which=which,
        kind=chosen(form.kind),
    )


def cells(found: Kept, year: int) -> dict[int, dict[date, list[Due]]]:
    """By department and first day of the fortnight in which each period ends."""
    columns = fortnights(year)
    table: dict[int, dict[date, list[Due]]] = defaultdict(lambda: defaultdict(list))
    for one in found.rows:
        day = last_day(one.period)
        column = next((first for first, end in columns if first <= day < end), None)
        if column is not None:
            table[one.department_id][column].append(one)
    return table


def _shown(table, year: int) -> list[Period]:
    """From the first fortnight in which anything was due to the present one."""
    due = {
        first
        for row in table.values()
        for first, rows in row.items()
        if worst(one.state for one in rows) != NOT_DUE
    }
    begun = [one for one in fortnights(year) if one[0] <= clock.today()]
    return [one for one in begun if due and one[0] >= min(due)]


@training.get("/roster")
@allow(*WATCHING)
def roster():
    form = _with_choices(KeptForm())
    found = _found(form)
    table = cells(found, form.year.data)
    return render_template(
        "training/roster.html",
        form=form,
        found=found,
        columns=_shown(table, form.year.data),
        cells=table,
        sums=Counter((one.department_id, one.state) for one in found.rows),
        worst=worst,
        last_day=last_day,
        rows_url={"year": form.year.data, "kind": chosen(form.kind)},
        kept_words=KEPT,
        kept_kinds=KEPT_KINDS,
        today=clock.today(),
        kind_name=namer(),
    )


def _rows(form: KeptRowsForm) -> tuple[Kept, list[Due]]:
    found = _found(form)
    state, department = chosen(form.state), chosen(form.department)
    first, last = form.first.data, form.last.data
    rows = [
        one
        for one in found.rows
        if (not state or one.state == state)
        and (not department or one.department_id == department)
        and (first is None or last_day(one.period) >= first)
        and (last is None or last_day(one.period) <= last)
    ]
    return found, sorted(rows, key=lambda one: one.period, reverse=True)


@training.get("/roster/rows")
@allow(*WATCHING)
def roster_rows():
    """Each period of each kind, with the activities one click away."""
    form = _with_choices(KeptRowsForm())
    found, rows = _rows(form)
    return render_template(
        "training/roster_rows.html",
        form=form,
        page=page_of_list(rows),
        places={one.id: one for one in found.departments},
        place_name=place_name,
        last_day=last_day,
        one_day=timedelta(days=1),
        kept_words=KEPT,
        kept_kinds=KEPT_KINDS,
        kind_name=namer(),
    )


@training.get("/roster/export/<string:kind>")
@allow(*WATCHING)
def export_roster(kind: str):
    form = _with_choices(KeptRowsForm())
    found, rows = _rows(form)
    places = {one.id: one for one in found.departments}
    return download(tables.roster(rows, places, name_of=namer()), kind, _("Roster kept"))
