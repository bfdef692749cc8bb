"""A version from draft to retirement."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.programmes import actions, queries
from trainingbase.programmes.forms import BeginForm, InForceForm
from trainingbase.programmes.models import AlreadyInForce, InUse
from trainingbase.programmes.routes import programmes
from trainingbase.programmes.routes.shared import in_use
from trainingbase.roles import Role


def _to(programme, page: str = "programmes.programme"):
    return redirect(url_for(page, programme_id=programme.id))


@programmes.route("/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def begin():
    form = BeginForm()
    if form.validate_on_submit():
        try:
            made = actions.begin(
                code=form.code.data,
                name=form.name.data,
                name_en=form.name_en.data or None,
                months=form.months.data,
                by=viewer(),
                at=clock.now(),
            )
        except actions.AlreadyThere:
            form.refuse("code", _("Another programme has this code."))
        else:
            flash(_("Saved."), "success")
            return _to(made)
    return render_template("programmes/begin.html", form=form)


@programmes.post("/<int:programme_id>/version")
@allow(Role.OFFICE)
def make_version(programme_id: int):
    made = actions.make_version(queries.programme_by_id(programme_id), by=viewer(), at=clock.now())
    flash(_("This is the draft of the next version. Change what you like."), "success")
    return _to(made)


@programmes.post("/<int:programme_id>/force")
@allow(Role.OFFICE)
def put_in_force(programme_id: int):
    programme, form = queries.programme_by_id(programme_id), InForceForm()
    if not form.validate_on_submit():
        flash(_("Enter a year from 2000 to 2100."), "error")
        return _to(programme, "programmes.checks")
    try:
        actions.put_in_force(
            programme,
            form.from_year.data,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except actions.NotReady:
        flash(_("Something is still wrong with it: see the list."), "error")
        return _to(programme, "programmes.checks")
    except AlreadyInForce:
        flash(_("Another version is in force from the same intake. Choose another year."), "error")
        return _to(programme, "programmes.checks")
    flash(_("The version is in force."), "success")
    return _to(programme)


@programmes.post("/<int:programme_id>/retirement")
@allow(Role.OFFICE)
def retire(programme_id: int):
    programme, form = queries.programme_by_id(programme_id), InForceForm()
    actions.retire(programme, version=form.version.data, by=viewer(), at=clock.now())
    flash(_("No new residents begin on it. Who trains by it stays on it."), "success")
    return _to(programme)


@programmes.post("/<int:programme_id>/return")
@allow(Role.OFFICE)
def bring_back(programme_id: int):
    programme, form = queries.programme_by_id(programme_id), InForceForm()
    try:
        actions.bring_back(programme, version=form.version.data, by=viewer(), at=clock.now())
    except AlreadyInForce:
        flash(_("Another version is in force from the same intake. Choose another year."), "error")
    else:
        flash(_("The version is in force."), "success")
    return _to(programme)


@programmes.post("/<int:programme_id>/discarding")
@allow(Role.OFFICE)
def discard(programme_id: int):
    programme, form = queries.programme_by_id(programme_id), InForceForm()
    try:
        actions.discard(programme, version=form.version.data, by=viewer(), at=clock.now())
    except InUse:
        return in_use(programme)
    flash(_("The draft is discarded."), "success")
    return redirect(url_for("programmes.programmes"))
