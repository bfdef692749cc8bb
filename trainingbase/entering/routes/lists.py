"""Who arrives, and confirming many at once; whom a supervisor gets."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.entering import actions, tables
from trainingbase.entering.forms import ArrivalsForm, TickForm, tick_form
from trainingbase.entering.queries import desk, standings
from trainingbase.entering.queries.inductions import holders
from trainingbase.entering.queries.items import items_in_use
from trainingbase.entering.routes.blueprint import CONFIRM, READ, entering
from trainingbase.entering.words import STATE_KINDS, STATES, beds_in_words, matter_in_words
from trainingbase.faculty.words import against
from trainingbase.months import first_of_month, months_later
from trainingbase.paging import page_of, page_of_list
from trainingbase.roles import Role
from trainingbase.supervision.queries.desk import departments
from trainingbase.supervision.words import why

MOST_AT_ONCE = 60


def _filter() -> tuple[ArrivalsForm, desk.Filter]:
    form, today = ArrivalsForm(), clock.today()
    form.choose_from(departments(viewer()))
    form.choose_months(today)
    first = form.first(today)
    state = form.state.data or ""
    return form, desk.Filter(
        starts_on=first,
        ends_on=months_later(first, 1),
        state=state if state in STATES else "",
        search=form.search.data or "",
        department_id=form.department.data or 0,
        institution_id=form.institution.data or 0,
        sort=request.args.get("sort", ""),
    )


def _others(rows) -> list[desk.Row]:
    """Nobody confirms their own arrival."""
    return [one for one in rows if not one.is_of(viewer())]


def ticks(rows) -> TickForm | None:
    """The form for those rows that can be confirmed, if there are any."""
    rows, today = [one for one in _others(rows) if one.may_confirm], clock.today()
    if not rows or not viewer().holds(*CONFIRM):
        return None
    places = {one.placement.department_id for one in rows}
    return tick_form(
        rows,
        items_in_use(),
        holders(places, also=viewer(), today=today),
        today=today,
        ticked=request.args.get("tick") == "due",
    )


def _page(form: ArrivalsForm, part, chosen: TickForm | None, status: int = 200):
    page = render_template(
        "entering/arrivals.html",
        form=form,
        part=part,
        chosen=chosen,
        waiting=standings.waiting_for(viewer(), today=clock.today()),
        today=clock.today(),
        first=form.first(clock.today()),
        next_month=months_later(clock.today(), 1),
        **WORDS,
    )
    return page, status


WORDS = {
    "states": STATES,
    "kinds": STATE_KINDS,
    "against": against,
    "why": why,
    "matter": matter_in_words,
    "beds_in_words": beds_in_words,
}


@entering.get("/")
@allow(*READ)
def arrivals():
    form, which = _filter()
    part = _part(which)
    return _page(form, part, ticks(part.items))


def _part(which: desk.Filter):
    """A page: of the database where it can tell which rows these are, else of all of them."""
    today = clock.today()
    if which.state or which.by_state:
        part = page_of_list(desk.rows(viewer(), which, today=today))
        part.items = desk.completed(part.items, today=today)
    else:
        part = page_of(desk.placements(viewer(), which))
        part.items = desk.completed(desk.stood(part.items, today=today), today=today)
    return part


@entering.get("/export/<string:kind>")
@allow(*READ)
def export_arrivals(kind: str):
    _form, which = _filter()
    rows = desk.completed(desk.rows(viewer(), which, today=clock.today()), today=clock.today())
    return download(tables.of_arrivals(rows, _("Arrivals")), kind, _("Arrivals"))


@entering.post("/")
@allow(*CONFIRM)
def confirm_many():
    """What was ticked on this page of the list, which the address says."""
    sent = [name[2:] for name in request.form if name.startswith("v_")][:MOST_AT_ONCE]
    ids = [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 10]
    form, _which = _filter()
    rows = _others(desk.rows_of(viewer(), ids, today=clock.today()))
    # What was sent a second time is confirmed by now, and is said to be.
    chosen = tick_form(
        rows,
        items_in_use(),
        holders({one.placement.department_id for one in rows}, also=viewer(), today=clock.today()),
        today=clock.today(),
    )
    status = 422
    if not rows or not chosen.ticked():
        flash(_("Nobody is ticked: nothing was saved."), "error")
        status = 0
    elif chosen.validate_on_submit() and chosen.check():
        status = _saved(chosen, ids)
    if status:
        return _page(
            form, page_of_list(desk.rows_of(viewer(), ids, today=clock.today())), chosen, status
        )
    asked = request.query_string.decode("utf-8", "replace")
    return redirect(url_for("entering.arrivals") + (f"?{asked}" if asked else ""))


def _saved(chosen: TickForm, ids: list[int]) -> int:
    """0 when it was saved, else the status of the page that says what was not."""
    try:
        done = actions.confirm(chosen.wanted(), by=viewer(), at=clock.now())
    except actions.NotAllowed as no:
        for key, reasons in no.refused.items():
            chosen.refuse(f"s_{key}", _(", ").join(against(one) for one in reasons))
        return 422
    except actions.NotADayOfIt as wrong:
        for key, what in wrong.wrong.items():
            chosen.refuse(f"d_{key}", which_day(what))
        return 422
    except actions.Overtaken as overtaken:
        for key in overtaken.ids:
            chosen.refuse(f"d_{key}", _("Somebody else has changed this meanwhile: look again."))
        chosen.take_versions(desk.rows_of(viewer(), ids, today=clock.today()))
        return 409
    if done.now:
        flash(_("Arrivals confirmed: %(number)s.", number=done.now), "success")
    else:
        flash(_("These arrivals were confirmed already."), "info")
    return 0


def which_day(what: str) -> str:
    if what == "arrival":
        return _("A day of this placement that has come.")
    return _("The induction is not before the arrival, within the placement, and not ahead.")


@entering.get("/coming")
@allow(Role.FACULTY)
def coming():
    part = page_of_list(_coming())
    part.items = desk.completed(part.items, today=clock.today(), choices=False)
    return render_template("entering/coming.html", part=part, **WORDS)


@entering.get("/coming/export/<string:kind>")
@allow(Role.FACULTY)
def export_coming(kind: str):
    title = _("Who comes to me")
    rows = desk.completed(_coming(), today=clock.today(), choices=False)
    return download(tables.of_arrivals(rows, title), kind, title)


def _coming() -> list[desk.Row]:
    """This month and the next."""
    today = clock.today()
    first = first_of_month(today)
    return desk.coming_to(
        viewer(), first, months_later(first, 2), today=today, sort=request.args.get("sort", "")
    )
