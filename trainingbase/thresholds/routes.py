"""The base's own numbers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.thresholds import actions, queries
from trainingbase.thresholds.forms import ThresholdForm
from trainingbase.thresholds.words import UNITS

thresholds = Blueprint("thresholds", __name__, url_prefix="/thresholds")


@thresholds.get("/", endpoint="thresholds")
@allow(Role.OFFICE, Role.AUDITOR)
def all_thresholds():
    return render_template(
        "thresholds/thresholds.html", thresholds=queries.all_thresholds(), units=UNITS
    )


@thresholds.route("/<string:key>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit(key: str):
    threshold = queries.threshold(key)
    form = ThresholdForm(obj=threshold)
    now, status = None, 200
    if form.validate_on_submit():
        try:
            actions.set_value(
                threshold, form.value.data, version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            now, status = threshold.value, 409
            form.version.data = threshold.version
            form.version.raw_data = None
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("thresholds.thresholds"))
    page = render_template(
        "thresholds/edit.html", form=form, threshold=threshold, now=now, units=UNITS
    )
    return page, status
