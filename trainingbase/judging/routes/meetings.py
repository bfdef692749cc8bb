"""Meetings: called, filled by rules, frozen, opened, closed."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.judging import tables
from trainingbase.judging.actions import committee as actions
from trainingbase.judging.actions import deciding, reading
from trainingbase.judging.forms.committee import (
    NOBODY,
    AddCaseForm,
    CloseForm,
    MeetingForm,
    MoveMeetingForm,
    PresentForm,
)
from trainingbase.judging.forms.searching import MeetingSearchForm
from trainingbase.judging.queries import agenda, cases, scope
from trainingbase.judging.queries import committee as queries
from trainingbase.judging.routes.blueprint import SEE, SIT, judging
from trainingbase.judging.rules.verdicts import quorum_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import whole


def _listed():
    form = MeetingSearchForm()
    form.validate()
    return form, queries.meetings(viewer(), state=form.state.data or "", kind=form.kind.data or "")


@judging.get("/meetings")
@allow(*SEE)
def meetings():
    form, rows = _listed()
    page = page_of(rows)
    return render_template(
        "judging/meetings.html",
        form=form,
        page=page,
        numbers=queries.numbers_of([one.id for one in page.items]),
    )


@judging.get("/meetings/export/<string:kind>")
@allow(*SEE)
def export_meetings(kind: str):
    _form, rows = _listed()
    found = scope.all_of(rows)
    table = tables.of_meetings(found, queries.numbers_of([one.id for one in found]))
    return download(table, kind, "committee-meetings")


@judging.route("/meetings/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_meeting():
    form = MeetingForm()
    if form.validate_on_submit():
        if form.held_on.data < clock.today():
            form.refuse("held_on", _("This day has passed."))
        else:
            try:
                made = actions.call_meeting(
                    held_on=form.held_on.data, place=form.place.data, by=viewer(),
                    at=clock.now(), request_key=form.form_key.data,
                )  # fmt: skip
                flash(_("Called; who is due by the rules is on the agenda."), "success")
                return _to(made.id)
            except actions.NoChair:
                form.refuse("held_on", _("On this day the committee has neither chair nor deputy."))
    return render_template(
        "judging/form.html",
        form=form,
        heading=_("Call a meeting"),
        button=_("Call"),
        back=(_("Committee meetings"), url_for("judging.meetings")),
        numbers=agenda.numbers(),
    )


def _to(meeting_id: int):
    return redirect(url_for("judging.meeting", meeting_id=meeting_id))


@judging.get("/meetings/<int:meeting_id>")
@allow(*SEE)
def meeting(meeting_id: int):
    return page_of_meeting(meeting_id)


def page_of_meeting(meeting_id: int, status: int = 200, **forms):
    one = queries.meeting_for(viewer(), meeting_id)
    lines = cases.lines_of(one, viewer())
    percent = whole("committee_quorum_percent")
    sits = next((s for s in one.sittings if s.person_id == viewer().id), None)
    page = render_template(
        "judging/meeting.html",
        one=one,
        lines=lines,
        sits=sits,
        leads=sits is not None and sits.duty in ("chair", "deputy"),
        needed=one.quorum or quorum_of(len(one.sittings), percent),
        freeze_by=whole("committee_reading_days"),
        today=clock.today(),
        history=page_of(changes_of(one)),
        **_forms(one, forms),
    )
    return page, status


def _forms(one, given: dict) -> dict:
    """Those its state asks for; one that was refused as it was sent."""
    found: dict = {"adding": None, "moving": None, "opening": None, "closing": None, **given}
    is_office = viewer().holds(Role.OFFICE)
    if is_office and one.state == "called" and one.kind == "regular":
        found["adding"] = found["adding"] or _adding()
    if is_office and not one.is_over:
        found["moving"] = found["moving"] or MoveMeetingForm(formdata=None, obj=one)
    if one.state == "reading":
        found["opening"] = found["opening"] or _opening(one, formdata=None)
    if one.state == "open":
        found["closing"] = found["closing"] or CloseForm(formdata=None, obj=one)
    return found


def _adding(**more) -> AddCaseForm:
    form = AddCaseForm(**more)
    named = {one.id: one.person.name for one in queries.names_in_training()}
    form.resident.choices = options({NOBODY: _("Choose"), **named})
    return form


def _opening(one, **more) -> PresentForm:
    ids = [sitting.person_id for sitting in one.sittings]
    form = PresentForm(**more, data={"present": ids})
    form.present.choices = [(s.person_id, s.person.name) for s in one.sittings]
    return form


@judging.get("/meetings/<int:meeting_id>/agenda/<string:kind>")
@allow(*SEE)
def export_agenda(meeting_id: int, kind: str):
    one = queries.meeting_for(viewer(), meeting_id)
    table = tables.of_agenda(cases.lines_of(one, viewer()), len(one.sittings))
    return download(table, kind, f"agenda-{one.held_on}")


@judging.post("/meetings/<int:meeting_id>/filling")
@allow(Role.OFFICE)
def fill_agenda(meeting_id: int):
    one = queries.meeting_for(viewer(), meeting_id)
    try:
        found = actions.fill_agenda(one, by=viewer(), at=clock.now())
        flash(_("Put on the agenda: %(n)s.", n=found), "success")
    except actions.NotNow:
        _too_late()
    return _to(meeting_id)


def _too_late() -> None:
    flash(_("The meeting is not in a state for that any more."), "error")


@judging.post("/meetings/<int:meeting_id>/cases")
@allow(Role.OFFICE)
def add_case(meeting_id: int):
    one, form = queries.meeting_for(viewer(), meeting_id), _adding()
    if not form.validate_on_submit():
        return page_of_meeting(meeting_id, 422, adding=form)
    resident = scope.resident_for(viewer(), form.resident.data, today=clock.today())
    try:
        actions.add_case(one, resident, why=form.why.data, by=viewer(), at=clock.now())
        flash(_("Put on the agenda: %(n)s.", n=resident.person.name), "success")
    except actions.OnAgenda:
        form.refuse("resident", _("On the agenda already."))
        return page_of_meeting(meeting_id, 422, adding=form)
    except actions.NotNow:
        _too_late()
    return _to(meeting_id)


@judging.post("/cases/<int:case_id>/removal")
@allow(Role.OFFICE)
def remove_case(case_id: int):
    case = cases.case_by_id(case_id)
    meeting_id = case.meeting_id
    try:
        actions.remove_case(case, by=viewer(), at=clock.now())
        flash(_("Taken off the agenda."), "success")
    except actions.NotNow:
        _too_late()
    return _to(meeting_id)


@judging.post("/meetings/<int:meeting_id>/moving")
@allow(Role.OFFICE)
def move_meeting(meeting_id: int):
    one, form = queries.meeting_for(viewer(), meeting_id), MoveMeetingForm()
    if not form.validate_on_submit():
        return page_of_meeting(meeting_id, 422, moving=form)
    try:
        actions.move_meeting(
            one, {"held_on": form.held_on.data, "place": form.place.data or None},
            version=form.version.data, by=viewer(), at=clock.now(),
        )  # fmt: skip
        flash(_("Kept; the members are told."), "success")
    except Stale:
        return page_of_meeting(meeting_id, 409, moving=form, differences=form.stale_against(one))
    except actions.NotNow:
        _too_late()
    return _to(meeting_id)


@judging.post("/meetings/<int:meeting_id>/freezing")
@allow(Role.OFFICE)
def freeze(meeting_id: int):
    one = queries.meeting_for(viewer(), meeting_id)
    try:
        made = reading.freeze(one, today=clock.today(), by=viewer(), at=clock.now())
        flash(_("Frozen: %(n)s packets. The members can read.", n=len(made)), "success")
    except actions.NotNow:
        _too_late()
    except reading.NothingToFreeze:
        flash(_("There is nobody on the agenda."), "error")
    return _to(meeting_id)


@judging.post("/meetings/<int:meeting_id>/cancelling")
@allow(Role.OFFICE)
def cancel_meeting(meeting_id: int):
    one = queries.meeting_for(viewer(), meeting_id)
    try:
        actions.cancel(one, by=viewer(), at=clock.now())
        flash(_("Cancelled; the members are told."), "success")
    except actions.NotNow:
        _too_late()
    return _to(meeting_id)


@judging.post("/meetings/<int:meeting_id>/opening")
@allow(*SIT)
def open_meeting(meeting_id: int):
    one = queries.meeting_for(viewer(), meeting_id)
    form = _opening(one)
    if not _leads(one) or not form.validate_on_submit():
        return page_of_meeting(meeting_id, 422, opening=form)
    try:
        deciding.open_meeting(one, form.present.data or [], by=viewer(), at=clock.now())
        flash(_("The meeting is open."), "success")
    except deciding.NoQuorum as refused:
        form.refuse(
            "present",
            _("No quorum: %(present)s of the %(needed)s needed are here.",
              present=refused.present, needed=refused.needed),
        )  # fmt: skip
        return page_of_meeting(meeting_id, 422, opening=form)
    except actions.NotNow:
        _too_late()
    return _to(meeting_id)


def _leads(one) -> bool:
    """Chair, deputy, or the office that keeps the minutes."""
    chairs = {s.person_id for s in one.sittings if s.duty in ("chair", "deputy")}
    return viewer().holds(Role.OFFICE) or viewer().id in chairs


@judging.post("/meetings/<int:meeting_id>/closing")
@allow(*SIT)
def close_meeting(meeting_id: int):
    one, form = queries.meeting_for(viewer(), meeting_id), CloseForm()
    if not _leads(one) or not form.validate_on_submit():
        return page_of_meeting(meeting_id, 422, closing=form)
    try:
        deciding.close_meeting(
            one, minutes=form.minutes.data, version=form.version.data, by=viewer(),
            at=clock.now(),
        )  # fmt: skip
        flash(_("Closed. Who was not decided comes back by the rules."), "success")
    except Stale:
        return page_of_meeting(meeting_id, 409, closing=form, differences=form.stale_against(one))
    except actions.NotNow:
        _too_late()
    return _to(meeting_id)
