"""Keeping the filter of a list under a name, and forgetting it."""

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _

from trainingbase.access import signed_in, viewer, viewer_or_none
from trainingbase.filters import actions, queries
from trainingbase.filters.forms import KeepForm
from trainingbase.filters.rules import MOST, kept

filters = Blueprint("filters", __name__, url_prefix="/filters")


@filters.post("/")
@signed_in
def keep():
    form = KeepForm()
    if not form.validate_on_submit():
        for field in form:
            for error in field.errors:
                flash(error, "error")
        return redirect(_back(form))
    try:
        actions.keep_filter(
            name=form.name.data, path=form.path.data, query=kept(form.query.data), by=viewer()
        )
    except actions.TooMany:
        flash(_("You keep %(most)s filters for this page: forget one first.", most=MOST), "error")
    return redirect(_back(form))


@filters.post("/<int:filter_id>/deletion")
@signed_in
def forget(filter_id: int):
    saved = queries.filter_for(viewer(), filter_id)
    path = saved.path
    actions.forget_filter(saved)
    return redirect(path)


def _back(form: KeepForm) -> str:
    """The list the filter is of, never another site."""
    if form.path.errors or form.query.errors:
        return "/"
    return f"{form.path.data}?{kept(form.query.data)}"


def saved_filters() -> list:
    """For a template: the viewer's filters of the page at hand."""
    person = viewer_or_none()
    return queries.offered_to(person, request.path) if person else []


def filter_in_use() -> str:
    """For a template: what of the present address is worth keeping."""
    return kept(request.query_string.decode("utf-8", "replace"))
