"""What waits for whoever supervised: confirmed or returned, one by one or many at once."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.logbook.actions import deciding
from trainingbase.logbook.forms import ReturnForm
from trainingbase.logbook.queries import entries
from trainingbase.logbook.routes.blueprint import logbook
from trainingbase.logbook.words import CATEGORIES, LEVELS
from trainingbase.paging import page_of
from trainingbase.roles import Role

DECIDERS = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR)


@logbook.get("/to-confirm")
@allow(*DECIDERS)
def to_confirm():
    search = request.args.get("search", "")[:100]
    return render_template(
        "logbook/to_confirm.html",
        page=page_of(entries.to_confirm(viewer(), search=search)),
        categories=CATEGORIES,
        levels=LEVELS,
        form=ReturnForm(),
    )


@logbook.post("/decision")
@allow(*DECIDERS)
def decide():
    """`do` is confirm or return; what is not the viewer's to decide is left out."""
    form = ReturnForm()
    chosen = entries.some_to_confirm(viewer(), form.entries.data or [])
    if not form.validate_on_submit() or not chosen:
        flash(_("Choose at least one entry that still waits."), "error")
    elif request.form.get("do") == "return":
        _send_back(chosen, form)
    else:
        number = deciding.confirm(chosen, by=viewer(), at=clock.now())
        flash(_("Confirmed: %(n)s.", n=number), "success")
    return redirect(url_for("logbook.to_confirm"))


def _send_back(chosen, form) -> None:
    if not form.reason.data:
        flash(_("Say why you return it."), "error")
        return
    number = deciding.send_back(
        chosen,
        reason=form.reason.data,
        by=viewer(),
        at=clock.now(),
        path=url_for("logbook.mine", state="returned"),
    )
    flash(_("Returned: %(n)s.", n=number), "success")
