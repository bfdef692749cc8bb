"""A resident's own log: what is asked here, one tap, the whole form, many lines."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.logbook.actions import entering
from trainingbase.logbook.forms import BatchForm, EntryForm, EntrySearchForm, TapForm
from trainingbase.logbook.models import AlreadyDecided
from trainingbase.logbook.queries import completion, entries
from trainingbase.logbook.queries.entries import Filter
from trainingbase.logbook.routes.blueprint import logbook
from trainingbase.logbook.rules.batch import Fault, Line, read_lines
from trainingbase.logbook.words import CATEGORIES, COMMUNITY, LEVELS
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole


@logbook.get("/")
@allow(Role.RESIDENT)
def mine():
    """Where I am, what is asked here with one tap each, and what I have entered."""
    resident, form = resident_of(viewer()), EntrySearchForm()
    places = _places(resident)
    whole_of = completion.completion_of(resident.id)
    here = whole_of.of([places[0].standard_department_id] if places else [])
    rows = entries.entries_of(
        resident.id,
        Filter(
            search=form.search.data or "",
            state=form.state.data or "",
            category=form.category.data or "",
        ),
    )
    return render_template(
        "logbook/mine.html",
        placement=places[0] if places else None,
        places=places,
        here=here,
        whole=whole_of,
        form=form,
        tap=TapForm(formdata=None),
        page=page_of(rows),
        logged=request.args.get("logged", 0, type=int),
    )


def _places(resident):
    return entries.placements_to_log(
        resident, today=clock.today(), after=timedelta(days=whole("log_days_after"))
    )


def _place(resident, placement_id: int) -> Placement | None:
    return next((one for one in _places(resident) if one.id == placement_id), None)


@logbook.post("/tap")
@allow(Role.RESIDENT)
def tap():
    """One more, done today; taken back with one tap as well."""
    form = TapForm()
    place = _place(resident_of(viewer()), form.placement.data or 0)
    if not form.validate_on_submit() or place is None:
        flash(_("This could not be logged. Use the form."), "error")
        return redirect(url_for("logbook.mine"))
    today = min(clock.today(), place.ends_on - timedelta(days=1))
    work = entering.Work(category=form.category.data, item=form.item.data, done_on=today)
    try:
        entry = entering.log(place, work, key=form.form_key.data, by=viewer(), at=clock.now())
    except entering.NotLogged:
        flash(_("This could not be logged. Use the form."), "error")
        return redirect(url_for("logbook.mine"))
    return redirect(url_for("logbook.mine", logged=entry.id))


@logbook.route("/new", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def new():
    resident = resident_of(viewer())
    places = _places(resident)
    asked = request.args.get("placement", 0, type=int)
    place = next((one for one in places if one.id == asked), places[0] if places else None)
    if place is None:
        return render_template("logbook/nowhere.html")
    form = EntryForm(
        data={
            "done_on": min(clock.today(), place.ends_on - timedelta(days=1)),
            "category": request.args.get("category", "disease"),
            "item": request.args.get("item", ""),
        }
    )
    if form.validate_on_submit():
        try:
            entering.log(place, form.work(), key=form.form_key.data, by=viewer(), at=clock.now())
        except entering.NotLogged as refused:
            form.refuse_work(refused)
        else:
            flash(_("Logged: %(item)s.", item=form.item.data), "success")
            return redirect(url_for("logbook.mine"))
    return _entry_page(form, place, places), 422 if form.errors else 200


def _entry_page(form, place, places, corrected=None):
    items = entries.items_of(place.resident.programme_id, [place.standard_department_id])
    return render_template(
        "logbook/entry.html",
        form=form,
        placement=place,
        places=places,
        items=[one.item for one in items] + list(COMMUNITY),
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
    form = EntryForm(obj=entry)
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
    page = _entry_page(form, entry.placement, [entry.placement], corrected=entry)
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


@logbook.route("/batch", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def batch():
    """Many lines from a sheet: all of them are taken, or none."""
    places, form, faults = _places(resident_of(viewer())), BatchForm(), []
    if not places:
        return render_template("logbook/nowhere.html")
    if form.validate_on_submit():
        lines, faults = read_lines(
            form.lines.data, categories=_keys(CATEGORIES), levels=_keys(LEVELS)
        )
        if not faults:
            fault = _log_lines(lines, places, form.form_key.data)
            if fault is None:
                flash(_("Logged: %(n)s lines.", n=len(lines)), "success")
                return redirect(url_for("logbook.mine"))
            faults = [fault]
    page = render_template("logbook/batch.html", form=form, faults=faults, places=places)
    return page, 422 if form.errors or faults else 200


def _keys(words) -> dict[str, str]:
    """Each word of both ways to say it: its key, and what the viewer calls it."""
    return {key: key for key in words} | {str(word): key for key, word in words.items()}


def _log_lines(lines: list[Line], places, key: str) -> Fault | None:
    """Each line goes to the stay its day lies in; the fault of the first that is not taken."""
    works = []
    for line in lines:
        place = next((p for p in places if p.starts_on <= line.done_on < p.ends_on), None)
        if place is None:
            return Fault(line.number, "stay", line.done_on.isoformat())
        works.append(
            (
                place,
                entering.Work(line.category, line.item, line.done_on, line.level, line.reference),
            )
        )
    try:
        keys = [f"{key}-{line.number}" for line in lines]
        entering.log_all(works, keys=keys, by=viewer(), at=clock.now())
    except entering.NotLogged as refused:
        return _fault(lines[refused.index], refused)
    return None


def _fault(line: Line, refused: entering.NotLogged) -> Fault:
    if isinstance(refused, entering.TellsWho):
        return Fault(line.number, "identity", refused.said)
    if isinstance(refused, entering.AlreadyClaimed):
        return Fault(line.number, "claimed", line.reference or "")
    return Fault(line.number, "stay", line.done_on.isoformat())
