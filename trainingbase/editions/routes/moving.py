"""Residents chosen, what moving them does, and the act."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.editions import actions, queries, tables
from trainingbase.editions.forms import ConfirmForm, WhomForm
from trainingbase.editions.models import AlreadyUndone
from trainingbase.editions.routes import editions
from trainingbase.form import options, whole_number
from trainingbase.i18n import named
from trainingbase.paging import page_of
from trainingbase.programmes import queries as programmes
from trainingbase.programmes.words import Names
from trainingbase.roles import Role
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.queries.plans import plan_in_force
from trainingbase.rotations.speaking import Speaker
from trainingbase.stale import Stale

MOST_AT_ONCE = 500


@editions.get("/<int:programme_id>/move")
@allow(Role.OFFICE)
def move(programme_id: int):
    """Whom to move to this version."""
    target = programmes.programme_by_id(programme_id)
    form = WhomForm()
    cohorts = {one.id: named(one) for one in queries.cohorts_of(target)}
    form.cohort.choices = options({0: _("All"), **cohorts})
    others = {o.id: o.code for o in programmes.editions_of(target) if o.id != target.id}
    form.version.choices = options({0: _("All"), **others})
    rows = queries.movable(
        target,
        cohort_id=form.cohort.data or 0,
        from_id=form.version.data or 0,
        search=form.search.data or "",
        sort=request.args.get("sort", ""),
    )
    return render_template("editions/whom.html", target=target, form=form, page=page_of(rows),
                           whole=request.query_string.decode("utf-8", "replace"))  # fmt: skip


def _chosen(target):
    """The residents in the address: each by number, or a whole cohort by `cohort`."""
    cohort_id = request.values.get("cohort", 0, type=whole_number)
    if request.values.get("whole"):
        return queries.all_of_cohort(target, cohort_id)
    ids = request.values.getlist("resident", type=whole_number)[:MOST_AT_ONCE]
    return queries.chosen(target, ids)


@editions.get("/<int:programme_id>/move/effect")
@allow(Role.OFFICE)
def effect(programme_id: int):
    target = programmes.programme_by_id(programme_id)
    return _effect_page(target, _chosen(target), ConfirmForm(formdata=None))


def _effect_page(target, residents, form, status: int = 200):
    if not residents:
        flash(_("Choose at least one resident."), "error")
        return redirect(url_for("editions.move", programme_id=target.id))
    found = queries.foreseen(target, residents, today=clock.today())
    judged = queries.plan_breaches(target, residents)
    plan = plan_in_force()
    page = render_template(
        "editions/effect.html",
        target=target,
        rows=found,
        form=form,
        names=Names(programmes.standard_departments()),
        months_in_words=tables.months_in_words,
        judged=judged,
        speaker=Speaker(names_of([one.id for one in residents]), plan.starts_on) if plan else None,
    )
    return page, status


@editions.get("/<int:programme_id>/move/effect/export/<string:kind>")
@allow(Role.OFFICE)
def export_effect(programme_id: int, kind: str):
    target = programmes.programme_by_id(programme_id)
    found = queries.foreseen(target, _chosen(target), today=clock.today())
    names = Names(programmes.standard_departments())
    return download(tables.of_foreseen(found, names, target.code), kind, target.code)


@editions.post("/<int:programme_id>/move")
@allow(Role.OFFICE)
def confirm(programme_id: int):
    target, form = programmes.programme_by_id(programme_id), ConfirmForm()
    residents = _chosen(target)
    if not form.validate_on_submit():
        return _effect_page(target, residents, form, 422)
    versions = {
        one.id: request.form.get(f"version_{one.id}", 0, type=whole_number) for one in residents
    }
    try:
        made = actions.move(
            target,
            versions,
            why=form.why.data,
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
    except actions.NotInForce:
        flash(_("Residents move only to a version that is in force."), "error")
    except actions.CannotMove:
        flash(_("Choose at least one resident."), "error")
    except Stale:
        flash(_("Somebody changed one of these records meanwhile. Look again."), "error")
    else:
        flash(_("They are moved, and told."), "success")
        return redirect(url_for("editions.moved", move_id=made.id))
    return redirect(url_for("editions.move", programme_id=programme_id))


@editions.get("/moves")
@allow(Role.OFFICE, Role.AUDITOR)
def moves():
    page = page_of(queries.moves(sort=request.args.get("sort", "")))
    counts = queries.moved_counts([one.id for one in page.items])
    return render_template("editions/moves.html", page=page, counts=counts)


@editions.get("/moves/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_moves(kind: str):
    rows = queries.all_moves(queries.moves(sort=request.args.get("sort", "")))
    counts = queries.moved_counts([one.id for one in rows])
    return download(tables.of_moves(rows, counts), kind, _("Moves"))


@editions.get("/moves/<int:move_id>")
@allow(Role.OFFICE, Role.AUDITOR)
def moved(move_id: int):
    return render_template(
        "editions/moved.html",
        move=queries.move_by_id(move_id),
        names=Names(programmes.standard_departments()),
        has_plan=plan_in_force() is not None,
    )


@editions.post("/moves/<int:move_id>/undoing")
@allow(Role.OFFICE)
def undo(move_id: int):
    found = queries.move_by_id(move_id)
    try:
        actions.move_back(found, by=viewer(), at=clock.now())
    except AlreadyUndone:
        flash(_("This was taken back before."), "info")
    except actions.CannotMove as refused:
        flash(
            _("Not taken back: %(names)s left training or moved on since.",
              names=", ".join(refused.names)),
            "error",
        )  # fmt: skip
    else:
        flash(_("Everybody trains by their former version again."), "success")
    return redirect(url_for("editions.moved", move_id=move_id))
