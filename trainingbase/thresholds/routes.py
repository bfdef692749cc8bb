"""The base's own numbers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.thresholds import actions, queries
from trainingbase.thresholds.forms import SearchForm, ThresholdForm
from trainingbase.thresholds.words import PARTS, UNITS

thresholds = Blueprint("thresholds", __name__, url_prefix="/thresholds")


@thresholds.get("/", endpoint="thresholds")
@allow(Role.OFFICE, Role.AUDITOR)
def all_thresholds():
    form = SearchForm()
    search = (form.search.data or "")[:100]
    return render_template(
        "thresholds/thresholds.html",
        form=form,
        search=search,
        groups=queries.by_part(search),
        parts=PARTS,
        units=UNITS,
    )


@thresholds.route("/<string:key>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit(key: str):
    threshold = queries.threshold(key)
    form = ThresholdForm(obj=threshold).of(key)
    stale = None
    if form.validate_on_submit():
        try:
            actions.set_value(
                threshold, form.value.data, version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(threshold)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("thresholds.thresholds", _anchor=key))
    page = render_template(
        "thresholds/edit.html",
        form=form,
        threshold=threshold,
        stale=stale,
        changes=page_of(changes_of(threshold)),
        units=UNITS,
    )
    return page, 200 if stale is None else 409
