"""Asking for an assessment, and taking a request back."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments import actions
from trainingbase.assessments.forms import AskForm, WhomForm
from trainingbase.assessments.models import AlreadyClosed
from trainingbase.assessments.queries import asking, instruments
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.filters import chosen, department_choices
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.queries import institutions
from trainingbase.thresholds.queries import whole

ASKERS = (Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR)


@assessments.get("/requests/new")
@allow(*ASKERS)
def whom():
    form = WhomForm()
    form.department.choices = department_choices(institutions())
    rows = asking.placements_to_ask_about(
        viewer(),
        today=clock.today(),
        search=form.search.data or "",
        department_id=chosen(form.department),
    )
    return render_template("assessments/whom.html", form=form, page=page_of(rows))


@assessments.route("/placements/<int:placement_id>/requests/new", methods=["GET", "POST"])
@allow(*ASKERS)
def ask(placement_id: int):
    today = clock.today()
    placement = asking.placement_to_ask_about(viewer(), placement_id, today=today)
    forms = {one.code: named(one) for one in instruments.instruments_in_use()}
    people = {person.id: person for person in asking.assessors_of(placement)}
    due_on = today + timedelta(days=whole("request_due_days") - 1)
    form = AskForm(data={"due_on": due_on})
    form.instrument.choices = options(forms)
    form.assessor.choices = options({key: one.name for key, one in people.items()})
    if form.validate_on_submit() and _asked(form, placement, people):
        return redirect(url_for("assessments.requests"))
    page = render_template("assessments/ask.html", form=form, placement=placement, people=people)
    return page, 422 if form.errors else 200


def _asked(form: AskForm, placement, people) -> bool:
    if form.due_on.data < clock.today():
        form.refuse("due_on", _("Choose today or a later day."))
        return False
    try:
        actions.ask(
            instrument=instruments.instrument_in_use(form.instrument.data),
            placement=placement,
            by=viewer(),
            at=clock.now(),
            assessor=people[form.assessor.data],
            due_on=form.due_on.data + timedelta(days=1),
        )
    except actions.AlreadyAsked:
        flash(_("This was asked before, and still waits."), "info")
    else:
        name = people[form.assessor.data].name
        flash(_("Asked. %(assessor)s is told.", assessor=name), "success")
    return True


@assessments.post("/requests/<int:request_id>/cancellation")
@allow(*ASKERS)
def cancel(request_id: int):
    request = asking.request_to_cancel(viewer(), request_id)
    try:
        actions.cancel(request, by=viewer(), at=clock.now())
    except AlreadyClosed:
        flash(_("This request is closed already."), "info")
    else:
        flash(_("Cancelled. %(assessor)s is told.", assessor=request.assessor.name), "success")
    return redirect(url_for("assessments.requests"))
