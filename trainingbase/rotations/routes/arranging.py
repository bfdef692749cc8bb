"""The grid judged while one edits: a placement is put down, every breach is named, then saved."""

from datetime import date
from urllib.parse import parse_qsl, urlencode

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.roles import Role
from trainingbase.rotations import actions
from trainingbase.rotations.forms import ArrangementForm, UndoForm
from trainingbase.rotations.models import AlreadyPublished, Plan
from trainingbase.rotations.queries import editing as queries
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.judging import Judgement, judge
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.rules.halves import period_of
from trainingbase.rotations.rules.moves import Change, dropped, moved
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.speaking import Speaker

VIEW = ("search", "cohort", "institution", "department", "page")
"""What of the grid's address is kept when one comes back to it."""


@rotations.get("/plans/<int:plan_id>/arrangement")
@allow(Role.OFFICE)
def arrangement(plan_id: int):
    """A piece of page: the placement taken up, where else it could be, and what the rules say of
    where it was put.  With `part` only the last of these."""
    plan = plans.plan_for(viewer(), plan_id)
    form = ArrangementForm(formdata=request.args, meta={"csrf": False})
    row = queries.as_row(queries.planned(plan, form.row.data or 0))
    judgement = judge(plan)
    change = _change(plan, judgement.rows, row, form)
    after, breaches = queries.breaches_of(judgement, *change) if change[1] else (judgement, [])
    rows = {row, *change[0], *change[1]}
    named = {one.resident for one in rows} | {int(r) for b in breaches for r in b.residents}
    save = ArrangementForm(formdata=None, data=form.answers() | {"version": plan.version})
    return render_template(
        "rotations/_result.html" if request.args.get("part") else "rotations/_arrangement.html",
        plan=plan,
        row=row,
        form=save,
        removed=change[0],
        added=change[1],
        breaches=breaches,
        problem=after.problem,
        begun=any(one.starts_on <= clock.today() for one in change[0] or [row]),
        places=_places(judgement, row),
        speaker=Speaker(names_of(named), plan.starts_on),
    )


def _change(plan: Plan, rows: tuple[Row, ...], row: Row, form: ArrangementForm) -> Change:
    """Nothing for what no grid would send."""
    if not form.validate():
        return [], []
    month = date.fromisoformat(f"{form.month.data}-01") if form.month.data else None
    if month is not None and not plan.starts_on <= month < plan.ends_on:
        return [], []
    who = form.resident.data or row.resident
    if who not in {one.resident for one in rows}:
        return [], []
    if form.where.data:
        department, standard = (int(part) for part in form.where.data.split("-"))
        first = period_of(plan.starts_on, month or row.starts_on)
        return moved(
            plan.starts_on,
            row,
            department=department,
            standard=standard,
            first=first,
            resident=who,
        )
    if month is None:
        return [], []
    return dropped(plan.starts_on, rows, row, resident=who, month=month)


def _places(judgement: Judgement, row: Row) -> list[tuple[int, int]]:
    """The departments that offer the same standard department."""
    known = {int(one.id) for one in judgement.problem.departments}
    return [one for one in queries.offers() if one[1] == row.standard and one[0] in known]


@rotations.post("/plans/<int:plan_id>/arrangement")
@allow(Role.OFFICE)
def arrange(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    form = ArrangementForm()
    row = queries.as_row(queries.planned(plan, form.row.data or 0))
    removed, added = _change(plan, tuple(judge(plan).rows), row, form)
    if not added:
        flash(_("Nothing would change."), "info")
        return redirect(_grid(plan_id, form.view.data))
    try:
        actions.change_rows(
            plan,
            removed=removed,
            added=added,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except actions.NewBreaches:
        flash(_("Not saved: the change would break rules."), "error")
    except actions.HasBegun:
        flash(_("Not saved: what has begun is not moved any more."), "error")
    except AlreadyPublished:
        flash(
            _("Not saved: this plan is published. Make a copy and change that."),
            "error",
        )
    except actions.Stale:
        flash(_("Not saved: somebody changed this plan meanwhile: look at it again."), "error")
    else:
        flash(_("Saved. You can take it back with the button above the grid."), "success")
    return redirect(_grid(plan_id, form.view.data))


@rotations.post("/plans/<int:plan_id>/undo")
@allow(Role.OFFICE)
def undo_in_grid(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    form = UndoForm()
    if form.validate_on_submit():
        take_back(plan, form)
    return redirect(_grid(plan_id, request.form.get("view", "")))


def take_back(plan: Plan, form: UndoForm) -> None:
    try:
        actions.undo(plan, version=form.version.data, by=viewer(), at=clock.now())
    except actions.NothingToUndo:
        flash(_("Nothing is left to take back."), "info")
    except AlreadyPublished:
        flash(_("This plan is published; nothing was taken back."), "error")
    else:
        flash(_("The last change is taken back."), "success")


def _grid(plan_id: int, view: str | None) -> str:
    kept = [(key, value) for key, value in parse_qsl(view or "") if key in VIEW]
    address = url_for("rotations.plan_grid", plan_id=plan_id)
    return f"{address}?{urlencode(kept)}" if kept else address
