"""The whole form of one piece of work: new, corrected, or taken back."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.i18n import named
from trainingbase.logbook.actions import entering
from trainingbase.logbook.forms import EntryForm, kind_form
from trainingbase.logbook.models import AlreadyDecided
from trainingbase.logbook.queries import entries
from trainingbase.logbook.queries.kinds import kind_named
from trainingbase.logbook.routes.blueprint import logbook
from trainingbase.logbook.routes.places import newest_day, places_of
from trainingbase.roles import Role


@logbook.route("/new", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def new():
    """The form of the kind in the address, or the common one."""
    places = places_of(resident_of(viewer()))
    asked = request.args.get("placement", 0, type=int)
    place = next((one for one in places if one.id == asked), places[0] if places else None)
    if place is None:
        return render_template("logbook/nowhere.html")
    category, item = request.args.get("category", "disease"), request.args.get("item", "")
    kind = kind_named(category, item)
    if kind is not None:
        form = kind_form(kind, done_on=newest_day(place))
    else:
        form = EntryForm(data={"done_on": newest_day(place), "category": category, "item": item})
    offer_teachers(form, place)
    if form.validate_on_submit():
        try:
            work = form.work()
            entering.log(place, work, key=form.form_key.data, by=viewer(), at=clock.now())
        except entering.NotLogged as refused:
            form.refuse_work(refused)
        else:
            flash(_("Logged: %(item)s.", item=named(kind) if kind else work.item), "success")
            return redirect(url_for("logbook.mine"))
    return _entry_page(form, place, places, kind), 422 if form.errors else 200


def offer_teachers(form, place) -> None:
    supervisor = place.supervisor
    others = entries.teachers_in(place, today=clock.today())
    form.offer_teachers(
        supervisor.person.name if supervisor else None,
        [one for one in others if supervisor is None or one.id != supervisor.id],
    )


def _entry_page(form, place, places, kind, corrected=None):
    items = entries.items_of(place.resident.programme_id, [place.standard_department_id])
    return render_template(
        "logbook/entry.html",
        form=form,
        placement=place,
        places=places,
        kind=kind,
        items=[one.item for one in items],
        corrected=corrected,
    )


@logbook.route("/<int:entry_id>/correction", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def correct(entry_id: int):
    """Beside what was confirmed or returned, which stays as it is."""
    entry = entries.own_entry(resident_of(viewer()), entry_id)
    if entry.state not in ("confirmed", "returned"):
        flash(_("This entry is not corrected: it can be taken back."), "info")
        return redirect(url_for("logbook.mine"))
    kind = kind_named(entry.category, entry.item)
    if kind is not None:
        form = kind_form(
            kind,
            details=entry.details,
            done_on=entry.done_on,
            count=entry.count,
            note=entry.note,
            teacher_id=entry.teacher_id or 0,
        )
    else:
        form = EntryForm(
            data={
                "done_on": entry.done_on,
                "category": entry.category,
                "item": entry.item,
                "level": entry.level or "",
                "note": entry.note,
                "teacher_id": entry.teacher_id or 0,
            }
        )
    offer_teachers(form, entry.placement)
    if form.validate_on_submit():
        try:
            entering.correct(
                entry, form.work(), key=form.form_key.data, by=viewer(), at=clock.now()
            )
        except entering.NotLogged as refused:
            form.refuse_work(refused)
        else:
            flash(_("The correction waits to be confirmed."), "success")
            return redirect(url_for("logbook.mine"))
    page = _entry_page(form, entry.placement, [entry.placement], kind, corrected=entry)
    return page, 422 if form.errors else 200


@logbook.post("/<int:entry_id>/withdrawal")
@allow(Role.RESIDENT)
def withdraw(entry_id: int):
    try:
        entering.withdraw(
            entries.own_entry(resident_of(viewer()), entry_id), by=viewer(), at=clock.now()
        )
    except AlreadyDecided:
        flash(_("This entry was decided meanwhile."), "info")
    else:
        flash(_("Taken back."), "success")
    return redirect(url_for("logbook.mine"))
