"""The base's own lists of reasons."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.courses import actions
from trainingbase.courses.forms import ReasonForm
from trainingbase.courses.queries import courses as queries
from trainingbase.courses.routes.blueprint import courses
from trainingbase.courses.words import LISTS
from trainingbase.roles import Role


@courses.route("/reasons", methods=["GET", "POST"])
@allow(Role.OFFICE)
def reasons():
    form = ReasonForm()
    if form.validate_on_submit():
        actions.add_reason(
            form.of.data, form.name.data, form.name_en.data, by=viewer(), at=clock.now()
        )
        flash(_("Saved."), "success")
        return redirect(url_for("courses.reasons"))
    return render_template(
        "courses/reasons.html", form=form, lists=LISTS, reasons=queries.reason_lists()
    )


@courses.post("/reasons/<int:reason_id>/use")
@allow(Role.OFFICE)
def use_reason(reason_id: int):
    """In use, or no longer: what was given once stays readable."""
    reason = queries.reason_by_id(reason_id)
    actions.use_reason(reason, is_in_use=not reason.is_in_use, by=viewer(), at=clock.now())
    return redirect(url_for("courses.reasons"))
