"""Teaching activities: the list, one of them, approving and cancelling."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.i18n import month, named
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries import institutions
from trainingbase.training import actions, queries, tables
from trainingbase.training.forms import ActivityListForm, DecisionForm
from trainingbase.training.models import Activity, AlreadyCancelled
from trainingbase.training.words import STATE_KINDS, STATES, kind_name

training = Blueprint("training", __name__, url_prefix="/training")

NAMED = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE, Role.AUDITOR)
"""Who reads who attended; a resident reads only that they did."""
READERS = (Role.RESIDENT, *NAMED)


def _form() -> ActivityListForm:
    form = ActivityListForm()
    months = {one.isoformat(): month(one) for one in queries.months(viewer())}
    departments = {
        department.id: f"{named(institution)} {named(department)}"
        for institution in institutions()
        for department in institution.departments
    }
    form.month.choices = options({"": _("All")} | months)
    form.department.choices = options({0: _("All")} | departments)
    form.kind.choices = options({"": _("All")} | {one: kind_name(one) for one in queries.kinds()})
    return form


def _chosen(field):
    """What was chosen; the default where somebody typed something else into the address."""
    return field.data if field.data in {one.value for one in field.choices} else field.default


def _wanted(form: ActivityListForm) -> queries.Filter:
    first = _chosen(form.month)
    return queries.Filter(
        search=form.search.data or "",
        month=date.fromisoformat(first) if first else None,
        department_id=_chosen(form.department),
        kind=_chosen(form.kind),
        state=_chosen(form.state),
        sort=request.args.get("sort", ""),
    )


@training.get("/activities")
@allow(*READERS)
def activities():
    form = _form()
    which = _wanted(form)
    number, hours = queries.totals(viewer(), which)
    return render_template(
        "training/activities.html",
        form=form,
        page=page_of(queries.activities(viewer(), which)),
        number=number,
        hours=hours,
        **_words(),
    )


def _words() -> dict:
    return {"states": STATES, "state_kinds": STATE_KINDS, "kind_name": kind_name}


@training.get("/activities/export/<string:kind>")
@allow(*READERS)
def export(kind: str):
    rows = queries.activities(viewer(), _wanted(_form()))
    table = tables.activities(rows, with_score=viewer().holds(*NAMED))
    return download(table, kind, "activities")


@training.get("/activities/<int:activity_id>")
@allow(*READERS)
def activity(activity_id: int):
    one = queries.activity_for(viewer(), activity_id)
    return render_template(
        "training/activity.html", activity=one, with_names=_reads_names(one), **_words()
    )


def _reads_names(activity: Activity) -> bool:
    """A faculty member in training themselves reads the names only where they spoke."""
    if viewer().holds(*(set(NAMED) - {Role.FACULTY})):
        return True
    return activity.speaker_id == viewer().id


@training.post("/activities/<int:activity_id>/approval")
@allow(Role.OFFICE)
def approve(activity_id: int):
    return _decided(activity_id, actions.approve, _("Approved: it counts from now on."))


@training.post("/activities/<int:activity_id>/cancellation")
@allow(Role.OFFICE)
def cancel(activity_id: int):
    return _decided(activity_id, actions.cancel, _("Cancelled: it does not count."))


def _decided(activity_id: int, action, done: str):
    form, one = DecisionForm(), queries.activity_for(viewer(), activity_id)
    form.validate()
    try:
        action(one, version=form.version.data, by=viewer(), at=clock.now())
    except AlreadyCancelled:
        flash(_("This activity was cancelled before."), "info")
    else:
        flash(done, "success")
    if request.form.get("from") == "list":
        return redirect(url_for("training.activities", state="waiting"))
    return redirect(url_for("training.activity", activity_id=one.id))
