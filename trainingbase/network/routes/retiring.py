"""Giving up a department or a whole site, and using it again."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.i18n import named
from trainingbase.network import actions
from trainingbase.network.forms import RetireForm
from trainingbase.network.routes import network
from trainingbase.roles import Role
from trainingbase.sites.queries import department_for, institution_for


@network.route("/departments/<int:department_id>/retirement", methods=["GET", "POST"])
@allow(Role.OFFICE)
def retire_department(department_id: int):
    one = department_for(viewer(), department_id)
    back = url_for("sites.department", department_id=one.id)
    return _given_up(one, actions.retire_department, _("Give up this department"), back)


@network.route("/sites/<int:institution_id>/retirement", methods=["GET", "POST"])
@allow(Role.OFFICE)
def retire_institution(institution_id: int):
    one = institution_for(viewer(), institution_id)
    back = url_for("sites.institution", institution_id=one.id)
    return _given_up(one, actions.retire_institution, _("Give up this site"), back)


def _given_up(row, act, title: str, back: str):
    form, left = RetireForm(), []
    if form.validate_on_submit():
        try:
            act(
                row,
                from_on=form.from_on.data,
                why=form.why.data,
                today=clock.today(),
                by=viewer(),
                at=clock.now(),
            )
        except actions.OverThen:
            form.refuse("from_on", _("This day is over."))
        except actions.StillPlaced as there:
            left = there.placements
            form.refuse("from_on", _("Residents are placed there on or after this day."))
        else:
            flash(_("It takes no residents from that day on."), "success")
            return redirect(back)
    return render_template(
        "network/retire.html", form=form, title=title, name=named(row), back=back, left=left
    )


@network.post("/departments/<int:department_id>/return")
@allow(Role.OFFICE)
def use_department_again(department_id: int):
    one = department_for(viewer(), department_id)
    actions.use_again(one, by=viewer(), at=clock.now())
    flash(_("It takes residents again."), "success")
    return redirect(url_for("sites.department", department_id=one.id))


@network.post("/sites/<int:institution_id>/return")
@allow(Role.OFFICE)
def use_institution_again(institution_id: int):
    one = institution_for(viewer(), institution_id)
    actions.use_again(one, by=viewer(), at=clock.now())
    flash(_("It takes residents again."), "success")
    return redirect(url_for("sites.institution", institution_id=one.id))
