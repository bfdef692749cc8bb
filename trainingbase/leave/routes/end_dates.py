"""Changes of the end of a training that leave has brought about."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.leave import actions, tables
from trainingbase.leave.forms import EndDateSearchForm, HandOverForm, WhyForm
from trainingbase.leave.models import NotPossible
from trainingbase.leave.queries import leaves, ledger
from trainingbase.leave.routes import leave
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.words import LEAVE_KINDS


def _listed():
    form = EndDateSearchForm()
    return form, ledger.end_date_changes(state=form.state.data or "open")


@leave.get("/end-dates")
@allow(Role.OFFICE, Role.AUDITOR)
def end_dates():
    form, rows = _listed()
    return render_template(
        "leave/end_dates.html",
        form=form,
        page=page_of(rows),
        kinds=LEAVE_KINDS,
    )


@leave.get("/end-dates/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_end_dates(kind: str):
    _form, rows = _listed()
    return download(tables.of_end_dates(leaves.all_of(rows)), kind, _("End dates"))


@leave.get("/end-dates/<int:change_id>")
@allow(Role.OFFICE)
def end_date(change_id: int):
    return _page(change_id)


def _page(change_id: int, status: int = 200, dismissal=None):
    change = ledger.end_date_change(change_id)
    version = {"version": change.version}
    page = render_template(
        "leave/end_date.html",
        change=change,
        moving=HandOverForm(formdata=None, data=version),
        dismissal=dismissal or WhyForm(formdata=None, data=version),
        kinds=LEAVE_KINDS,
    )
    return page, status


@leave.post("/end-dates/<int:change_id>/moving")
@allow(Role.OFFICE)
def move(change_id: int):
    change, form = ledger.end_date_change(change_id), HandOverForm()
    if not form.validate_on_submit():
        return _page(change_id)
    return _done(
        change_id,
        lambda: actions.move_end_date(
            change, version=form.version.data, by=viewer(), at=clock.now()
        ),
        _("The end of the training is moved; the resident is told."),
    )


@leave.post("/end-dates/<int:change_id>/dismissal")
@allow(Role.OFFICE)
def dismiss(change_id: int):
    change, form = ledger.end_date_change(change_id), WhyForm()
    if not form.validate_on_submit():
        return _page(change_id, dismissal=form)
    return _done(
        change_id,
        lambda: actions.dismiss_change(
            change,
            reason=form.why.data,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        ),
        _("Left as it was."),
    )


def _done(change_id: int, act, words: str):
    try:
        act()
    except NotPossible:
        flash(_("This was decided already, or no end of the training is known."), "info")
    except Stale:
        flash(_("Somebody changed this leave meanwhile: look at it again."), "error")
        return _page(change_id, 409)
    else:
        flash(words, "success")
    return redirect(url_for("leave.end_dates"))
