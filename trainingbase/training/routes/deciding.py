"""Handing in, approving, returning, cancelling and restoring activities."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import number_or_none
from trainingbase.roles import Role
from trainingbase.training.actions import approving, planning
from trainingbase.training.forms.judging import DecisionForm, ReasonForm
from trainingbase.training.models import (
    Activity,
    AlreadyApproved,
    AlreadyCancelled,
    NotHeldYet,
    OwnActivity,
)
from trainingbase.training.queries import activities as queries
from trainingbase.training.queries.signing import signing
from trainingbase.training.routes import training
from trainingbase.training.routes.seeing import ARRANGING, arranges

MOST_AT_ONCE = 200


@training.post("/activities/<int:activity_id>/handing-in")
@allow(*ARRANGING)
def submit(activity_id: int):
    return _decided(
        _arranged(activity_id),
        approving.submit,
        _("Handed in: the office decides now."),
    )


@training.post("/activities/<int:activity_id>/approval")
@allow(Role.OFFICE)
def approve(activity_id: int):
    one = queries.activity_for(viewer(), activity_id)
    with_out = signing().with_out
    return _decided(
        one,
        lambda activity, **more: approving.approve(activity, with_out=with_out, **more),
        _("Approved: it counts from now on."),
    )


@training.post("/activities/approvals")
@allow(Role.OFFICE)
def approve_all():
    """Those that were ticked, each with the version that was shown."""
    wanted = []
    for text in request.form.getlist("activity")[:MOST_AT_ONCE]:
        number, version = (number_or_none(part) for part in text.partition(":")[::2])
        if number is not None and version is not None:
            wanted.append((number, version))
    found = queries.activities_by_id([number for number, _version in wanted])
    pairs = [(found[number], version) for number, version in wanted if number in found]
    if not pairs:
        flash(_("Choose at least one."), "warning")
    else:
        done, left = approving.approve_all(
            pairs, by=viewer(), at=clock.now(), with_out=signing().with_out
        )
        flash(_("Approved: %(number)s.", number=done), "success")
        if left:
            flash(
                _("Left as they are, changed meanwhile or your own: %(number)s.", number=left),
                "warning",
            )
    return redirect(url_for("training.activities", state="waiting"))


@training.route("/activities/<int:activity_id>/returning", methods=["GET", "POST"])
@allow(Role.OFFICE)
def give_back(activity_id: int):
    return _with_reason(
        queries.activity_for(viewer(), activity_id),
        approving.give_back,
        title=_("Return the activity"),
        lead=_("The speaker puts it right and hands it in again."),
        button=_("Return it"),
        done=_("Returned."),
    )


@training.route("/activities/<int:activity_id>/cancellation", methods=["GET", "POST"])
@allow(*ARRANGING)
def cancel(activity_id: int):
    one = _arranged(activity_id)
    if one.approved_at is not None and not viewer().holds(Role.OFFICE):
        abort(404)
    return _with_reason(
        one,
        planning.cancel,
        title=_("Cancel this activity?"),
        lead=_("It will not count for anybody. Speakers and residents are told."),
        button=_("Cancel the activity"),
        done=_("Cancelled: it does not count."),
    )


@training.post("/activities/<int:activity_id>/restoring")
@allow(*ARRANGING)
def restore(activity_id: int):
    return _decided(_arranged(activity_id), planning.restore, _("It is planned again."))


def _arranged(activity_id: int) -> Activity:
    one = queries.activity_for(viewer(), activity_id)
    if not arranges(one):
        abort(404)
    return one


def _with_reason(one: Activity, action: Callable, *, title, lead, button, done):
    form = ReasonForm(data={"version": one.version})
    if form.validate_on_submit():
        return _decided(
            one,
            lambda activity, **more: action(activity, form.because.data, **more),
            done,
            version=form.version.data,
        )
    return render_template(
        "training/reason.html", form=form, activity=one, title=title, lead=lead, button=button
    )


def _decided(one: Activity, action: Callable, done: str, version: int | None = None):
    if version is None:
        form = DecisionForm()
        form.validate()
        version = form.version.data
    try:
        action(one, version=version, by=viewer(), at=clock.now())
    except AlreadyCancelled:
        flash(_("This activity was cancelled before."), "info")
    except AlreadyApproved:
        flash(_("This activity was approved before."), "info")
    except OwnActivity:
        flash(_("Who speaks does not approve it: somebody else of the office does."), "error")
    except NotHeldYet:
        flash(_("It has not been held or handed in yet."), "warning")
    else:
        flash(done, "success")
    if request.form.get("from") == "list":
        return redirect(url_for("training.activities", state="waiting"))
    return redirect(url_for("training.activity", activity_id=one.id))
