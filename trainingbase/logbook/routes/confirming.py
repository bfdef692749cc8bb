"""What waits for whoever supervised: confirmed or returned, one by one or many at once."""

from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import whole_number
from trainingbase.logbook.actions import deciding
from trainingbase.logbook.forms import ReturnForm, WaitingSearchForm
from trainingbase.logbook.queries import waiting
from trainingbase.logbook.queries.waiting import Sought
from trainingbase.logbook.routes.blueprint import kind_words, logbook
from trainingbase.logbook.words import CATEGORIES, LEVELS
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role

DECIDERS = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR)


@logbook.get("/to-confirm")
@allow(*DECIDERS)
def to_confirm():
    """By resident; `?ticked=1` comes with everything on the page chosen."""
    form = WaitingSearchForm()
    which = Sought(
        search=form.search.data or "",
        category=form.category.data or "",
        first=form.first.data,
        last=form.last.data,
    )
    page = page_of_columns(waiting.to_confirm(viewer(), which, at=clock.now()))
    return render_template(
        "logbook/to_confirm.html",
        page=page,
        groups=[list(rows) for _who, rows in groupby(page.items, key=lambda row: row[1])],
        search=form,
        ticked=bool(request.args.get("ticked")),
        last=waiting.last_decision(viewer(), at=clock.now()),
        words=kind_words(),
        categories=CATEGORIES,
        levels=LEVELS,
        form=ReturnForm(),
    )


@logbook.post("/decision")
@allow(*DECIDERS)
def decide():
    """`do` is confirm or return, `only` the one entry to confirm; what is not the viewer's to
    decide is left out."""
    form = ReturnForm()
    only = request.form.get("only", type=whole_number)
    wanted = [only] if only is not None else form.entries.data or []
    chosen = waiting.some_to_confirm(viewer(), wanted, at=clock.now())
    if not form.validate_on_submit() or not chosen:
        flash(_("Choose at least one entry that still waits."), "error")
    elif request.form.get("do") == "return" and only is None:
        _send_back(chosen, form)
    else:
        number = deciding.confirm(chosen, by=viewer(), at=clock.now())
        flash(_("Confirmed: %(n)s.", n=number), "success")
    return redirect(url_for("logbook.to_confirm"))


def _send_back(chosen, form) -> None:
    if not form.said:
        flash(_("Say why you return it."), "error")
        return
    number = deciding.send_back(
        chosen,
        reason=form.said,
        by=viewer(),
        at=clock.now(),
        path=url_for("logbook.mine", state="returned"),
    )
    flash(_("Returned: %(n)s.", n=number), "success")


@logbook.post("/decision/undoing")
@allow(*DECIDERS)
def undo_decision():
    """What was decided in one go a moment ago waits again."""
    last = waiting.last_decision(viewer(), at=clock.now())
    if last is None or request.form.get("at") != last.at.isoformat():
        flash(_("It is too late to take this back. The resident can correct the entry."), "error")
    else:
        entries = waiting.decided_at(viewer(), last.at)
        number = deciding.take_back(entries, by=viewer(), at=clock.now())
        flash(_("Waiting again: %(n)s.", n=number), "success")
    return redirect(url_for("logbook.to_confirm"))
