"""One arrival: confirmed, put right, taken back, or not happened."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.entering import actions
from trainingbase.entering.actions.correcting import may_undo
from trainingbase.entering.forms import ArrivalForm, MissedForm, UndoForm
from trainingbase.entering.forms.arriving import proposed_supervisor, usual_day
from trainingbase.entering.models import AlreadyThere, NotThere
from trainingbase.entering.queries import desk, record_of
from trainingbase.entering.queries.inductions import holders, reading_of
from trainingbase.entering.queries.items import items_in_use
from trainingbase.entering.routes.blueprint import CONFIRM, READ, entering
from trainingbase.entering.routes.lists import WORDS, which_day
from trainingbase.entering.words import FIELDS, MISSED
from trainingbase.faculty.words import against
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.stale import Stale


@entering.get("/placements/<int:placement_id>/arrival")
@allow(*READ)
def arrival(placement_id: int):
    row = desk.row_for(viewer(), placement_id, today=clock.today())
    may = viewer().holds(*CONFIRM) and not row.is_of(viewer())
    return _shown(row, _form(row) if may else None)


def _another(placement_id: int) -> desk.Row:
    """Not one's own: nobody says of themselves that they have come."""
    row = desk.row_for(viewer(), placement_id, today=clock.today())
    if row.is_of(viewer()):
        abort(404)
    return row


@entering.post("/placements/<int:placement_id>/arrival")
@allow(*CONFIRM)
def confirm(placement_id: int):
    row = _another(placement_id)
    form = _form(row)
    if form.validate_on_submit():
        form.check_induction()
        correcting = row.arrival is not None and row.arrival.has_come
        if correcting and form.version.data and not form.why.data:
            form.refuse("why", _("Say why."))
        if not form.errors:
            stale = _saved(row, form)
            if stale is None:
                return redirect(url_for("entering.arrival", placement_id=placement_id))
            if stale:
                fresh = desk.row_for(viewer(), placement_id, today=clock.today())
                return _shown(fresh, form, status=409, stale=stale[0])
    return _shown(row, form, status=422)


def _saved(row: desk.Row, form: ArrivalForm) -> list | None:
    """None when it was saved; nothing when a field says why not; else the differences."""
    try:
        if form.version.data and row.arrival is not None and row.arrival.has_come:
            changed = actions.correct(
                row.arrival,
                arrived_on=form.arrived_on.data,
                supervisor_id=form.supervisor_id(),
                beds=form.beds.data,
                induction=form.held(),
                placed=form.placed.data or 0,
                version=form.version.data,
                why=form.why.data,
                by=viewer(),
                at=clock.now(),
            )
            words = _("Saved.") if changed else _("Saved: nothing was different.")
        else:
            wanted = {row.placement.id: form.wanted()}
            done = actions.confirm(wanted, by=viewer(), at=clock.now())
            words = (
                _("The arrival is confirmed.")
                if done.now
                else _("These arrivals were confirmed already.")
            )
    except actions.NotAllowed as no:
        reasons = next(iter(no.refused.values()))
        form.refuse("supervisor", _(", ").join(against(one) for one in reasons))
        return []
    except actions.NotADayOfIt as wrong:
        what = next(iter(wrong.wrong.values()))
        form.refuse("arrived_on" if what == "arrival" else "inducted_on", which_day(what))
        return []
    except (Stale, NotThere, actions.Overtaken):
        return [_differences(row.placement.id, form)]
    flash(words, "success")
    return None


def _differences(placement_id: int, form: ArrivalForm):
    """What stands there now, beside what was typed; the form counts as filled from it."""
    fresh = desk.row_for(viewer(), placement_id, today=clock.today())
    now = _present(fresh)
    form.placed.data, form.placed.raw_data = fresh.placement.version, None
    if fresh.arrival is None:
        form.version.data, form.version.raw_data = 0, None
        return []
    now.pop("version")
    return form.stale_against(
        fresh.arrival, **now | {"placed": form.placed.data, "why": form.why.data}
    )


def _form(row: desk.Row) -> ArrivalForm:
    form = ArrivalForm(data=_present(row))
    form.choose_supervisors(row)
    items = list(items_in_use())
    if row.arrival is not None:
        items += [one for one in row.arrival.items if one not in items]
    people = holders([row.placement.department_id], also=viewer(), today=clock.today())
    if row.arrival is not None and row.arrival.inducted_by is not None:
        people |= {row.arrival.inducted_by.id: row.arrival.inducted_by.name}
    form.choose_induction(people, items)
    return form


def _present(row: desk.Row) -> dict:
    """What the form is filled with: what stands there, or what is proposed."""
    record, today = row.arrival, clock.today()
    present = {
        "placed": row.placement.version,
        "version": row.version,
        "supervisor": str(row.placement.supervisor_id or ""),
    }
    if record is None or not record.has_come:
        return present | {
            "arrived_on": usual_day(row, today),
            "supervisor": str(proposed_supervisor(row) or ""),
        }
    return present | {
        "arrived_on": record.arrived_on,
        "beds": record.beds,
        "inducted_on": record.inducted_on,
        "inducted_by": record.inducted_by_id or 0,
        "items": [one.id for one in record.items],
    }


def _shown(row: desk.Row, form: ArrivalForm | None, *, status: int = 200, stale=None):
    record = record_of(row.placement.id)
    page = render_template(
        "entering/arrival.html",
        row=row,
        record=record,
        reading=reading_of(row.placement.id),
        form=form,
        stale=stale,
        may_undo=record is not None and may_undo(record, viewer(), at=clock.now()),
        changes=page_of(changes_of(record)) if record is not None else None,
        fields=FIELDS,
        missed=MISSED,
        today=clock.today(),
        **WORDS,
    )
    return page, status


@entering.route("/placements/<int:placement_id>/undoing", methods=["GET", "POST"])
@allow(*CONFIRM)
def undo(placement_id: int):
    row, form = _another(placement_id), UndoForm()
    home = url_for("entering.arrival", placement_id=placement_id)
    record = row.arrival
    if record is None or not (record.has_come or record.is_missed):
        flash(_("There is nothing to take back."), "info")
        return redirect(home)
    if request.method == "GET":
        form.version.data = record.version
    stale = None
    if form.validate_on_submit():
        try:
            actions.undo(
                record, version=form.version.data, why=form.why.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(record)
        except NotThere:
            flash(_("There is nothing to take back."), "info")
            return redirect(home)
        except actions.TooLate:
            flash(_("Only the office takes this back now."), "error")
            return redirect(home)
        else:
            flash(_("Taken back: they are expected again."), "success")
            return redirect(home)
    page = render_template("entering/undo.html", row=row, form=form, stale=stale, home=home)
    return page, 409 if stale is not None else 422 if form.errors else 200


@entering.route("/placements/<int:placement_id>/missing", methods=["GET", "POST"])
@allow(*CONFIRM)
def missing(placement_id: int):
    row, form = _another(placement_id), MissedForm()
    home = url_for("entering.arrival", placement_id=placement_id)
    if request.method == "GET":
        form.version.data = row.version
        if row.arrival is not None and row.arrival.is_missed:
            form.because.data, form.note.data = row.arrival.missed_because, row.arrival.missed_note
    status = 200
    if form.validate_on_submit():
        try:
            actions.miss(
                placement_id,
                because=form.because.data,
                note=form.note.data,
                version=form.version.data or 0,
                by=viewer(),
                at=clock.now(),
            )
        except actions.NotBegun:
            flash(_("This placement has not begun yet."), "error")
        except AlreadyThere:
            flash(_("Their arrival is confirmed: take that back first."), "error")
        except actions.Overtaken:
            flash(_("Somebody else has changed this meanwhile: look again."), "error")
        else:
            flash(_("Noted. The office is told."), "success")
        return redirect(home)
    if form.errors:
        status = 422
    return render_template("entering/missing.html", row=row, form=form, home=home), status
