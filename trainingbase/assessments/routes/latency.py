"""How many requests were answered and how fast: all for the office, their own for the others."""

from datetime import timedelta

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments import tables
from trainingbase.assessments.forms import LatencyForm
from trainingbase.assessments.queries import instruments, latency
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.filters import chosen, department_choices
from trainingbase.assessments.words import LATENCY_WAYS
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.paging import page_of_list
from trainingbase.roles import Role
from trainingbase.sites.queries import institutions

READERS = (
    Role.OFFICE,
    Role.SECRETARY,
    Role.SITE_COORDINATOR,
    Role.AUDITOR,
    Role.LEADER,
    Role.FACULTY,
)
SHOWN = timedelta(days=91)
SORTS = ("name", "asked", "done", "late", "expired", "declined", "forms", "median", "ninth")


def _ways() -> dict:
    """A leader sees figures of places, not of people."""
    names_people = viewer().holds(Role.OFFICE, Role.AUDITOR) or not viewer().holds(Role.LEADER)
    return {key: word for key, word in LATENCY_WAYS.items() if names_people or key != "assessor"}


def _form() -> LatencyForm:
    form = LatencyForm()
    network = institutions()
    form.by.choices = options(_ways())
    form.institution.choices = options({0: _("All")} | {one.id: named(one) for one in network})
    form.department.choices = department_choices(network)
    form.instrument.choices = options(
        {"": _("All")} | {one.code: named(one) for one in instruments.instruments_in_use()}
    )
    return form


def _rows():
    form, today = _form(), clock.today()
    last = form.until.data or today
    first = form.since.data or last - SHOWN
    scope = latency.Scope(
        starts_on=first,
        ends_on=last + timedelta(days=1),
        institution_id=chosen(form.institution),
        department_id=chosen(form.department),
        code=chosen(form.instrument),
    )
    rows = latency.latency(scope, by=chosen(form.by), today=today, viewer=viewer())
    return form, scope, _sorted(rows, request.args.get("sort", ""))


def _sorted(rows: list, sort: str) -> list:
    key = sort.removeprefix("-")
    if key not in SORTS:
        return rows
    known = [one for one in rows if getattr(one, key) is not None]
    unknown = [one for one in rows if getattr(one, key) is None]
    return [*sorted(known, key=lambda one: getattr(one, key), reverse=sort[:1] == "-"), *unknown]


@assessments.get("/latency", endpoint="latency")
@allow(*READERS)
def latency_page():
    form, scope, rows = _rows()
    return render_template(
        "assessments/latency.html",
        form=form,
        scope=scope,
        by=chosen(form.by),
        page=page_of_list(rows),
        last=scope.ends_on - timedelta(days=1),
        filters={
            "institution": scope.institution_id or None,
            "department": scope.department_id or None,
            "instrument": scope.code or None,
        },
        ways=LATENCY_WAYS,
    )


@assessments.get("/latency/export/<string:kind>")
@allow(*READERS)
def export_latency(kind: str):
    form, _scope, rows = _rows()
    return download(tables.latency(rows, str(LATENCY_WAYS[chosen(form.by)])), kind, "latency")
