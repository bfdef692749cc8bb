"""Stations, who examines there, and who goes round."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.exams.actions import planning, running
from trainingbase.exams.actions import sessions as actions
from trainingbase.exams.forms.osce import NewStationForm, StationForm
from trainingbase.exams.forms.sittings import WhyForm
from trainingbase.exams.models import NotYet
from trainingbase.exams.queries import osce as queries
from trainingbase.exams.routes.blueprint import exams, say_not_yet
from trainingbase.exams.routes.osce import (
    back_to,
    candidates_form,
    examiner_form,
    page_of_session,
    why_page,
)
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.people.queries import person_by_id
from trainingbase.roles import Role
from trainingbase.stale import Stale

PROGRESS = "exams.progress"


def _sheet_choices(form, also=None) -> None:
    found = queries.sheets_in_use()
    if also is not None:
        found[also.id] = also
    form.instrument.choices = options({key: named(one) for key, one in found.items()})


@exams.route("/osce/<int:session_id>/stations/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_station(session_id: int):
    one, form = queries.session_by_id(session_id), NewStationForm()
    _sheet_choices(form)
    if form.validate_on_submit():
        try:
            actions.add_station(one, form.given(), by=viewer(), at=clock.now())
        except NotYet as refused:
            say_not_yet(refused)
        else:
            flash(_("Added."), "success")
        return back_to(session_id)
    return _station_page(form, session_id, _("New station"))


@exams.route("/osce/<int:session_id>/stations/<int:station_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def change_station(session_id: int, station_id: int):
    one, stale = queries.station_by_id(session_id, station_id), None
    form = StationForm(obj=one, data={"instrument": one.instrument_id})
    _sheet_choices(form, one.instrument)
    if form.validate_on_submit():
        try:
            actions.change_station(
                one, form.given(), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            now = queries.station_by_id(session_id, station_id)
            stale = form.stale_against(now, instrument=now.instrument_id)
        except NotYet as refused:
            say_not_yet(refused)
            return back_to(session_id)
        else:
            flash(_("Saved."), "success")
            return back_to(session_id)
    return _station_page(form, session_id, named(one), stale)


def _station_page(form, session_id: int, title: str, stale=None):
    page = render_template(
        "exams/form.html",
        form=form,
        title=title,
        button=_("Save"),
        cancel=url_for("exams.osce", session_id=session_id),
        stale=stale,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


def _try(session_id: int, act, *what, done: str, where: str = "exams.osce", **more):
    try:
        found = act(*what, by=viewer(), at=clock.now(), **more)
    except NotYet as refused:
        say_not_yet(refused)
    else:
        flash(done % found if "%d" in done else done, "success")
    return back_to(session_id, where)


@exams.post("/osce/<int:session_id>/stations/<int:station_id>/removal")
@allow(Role.OFFICE)
def remove_station(session_id: int, station_id: int):
    one = queries.station_by_id(session_id, station_id)
    return _try(session_id, actions.remove_station, one, done=_("Removed."))


@exams.post("/osce/<int:session_id>/stations/<int:station_id>/<string:way>")
@allow(Role.OFFICE)
def move_station(session_id: int, station_id: int, way: str):
    one = queries.station_by_id(session_id, station_id)
    step = {"up": -1, "down": 1}.get(way, 0)
    return _try(session_id, actions.move_station, one, step, done=_("Moved."))


@exams.post("/osce/<int:session_id>/examiners")
@allow(Role.OFFICE)
def add_examiner(session_id: int):
    one = queries.session_by_id(session_id)
    form = examiner_form(one, sent=True)
    if not form.validate():
        return page_of_session(one, examiner=form, status=422)
    station_id, circuit = (int(part) for part in form.room.data.split("-"))
    station = queries.station_by_id(session_id, station_id)
    person = person_by_id(form.person.data)
    try:
        actions.add_examiner(station, circuit, person, by=viewer(), at=clock.now())
    except actions.ElsewhereAlready:
        flash(_("This person examines at another station already."), "error")
    except NotYet as refused:
        say_not_yet(refused)
    else:
        flash(_("Added."), "success")
    return back_to(session_id)


@exams.post("/osce/<int:session_id>/examiners/<int:examiner_id>/removal")
@allow(Role.OFFICE)
def remove_examiner(session_id: int, examiner_id: int):
    one = queries.examiner_by_id(session_id, examiner_id)
    return _try(session_id, actions.remove_examiner, one, done=_("Removed."))


@exams.route("/osce/<int:session_id>/examiners/<int:examiner_id>/absence", methods=["GET", "POST"])
@allow(Role.OFFICE)
def examiner_absent(session_id: int, examiner_id: int):
    one, form = queries.examiner_by_id(session_id, examiner_id), WhyForm()
    if form.validate_on_submit():
        done = _("Marked absent: add somebody else to the room.")
        return _try(session_id, actions.set_absent, one, form.why.data, done=done)
    title = _("Does not come: %(name)s", name=one.person.name)
    return why_page(form, one.session, title, _("Mark absent"))


@exams.post("/osce/<int:session_id>/examiners/<int:examiner_id>/return")
@allow(Role.OFFICE)
def examiner_there(session_id: int, examiner_id: int):
    one = queries.examiner_by_id(session_id, examiner_id)
    return _try(session_id, actions.set_absent, one, None, done=_("There after all."))


@exams.post("/osce/<int:session_id>/candidates")
@allow(Role.OFFICE)
def put_candidates(session_id: int):
    one = queries.session_by_id(session_id)
    form = candidates_form(one, sent=True)
    if not form.validate():
        flash(_("Choose somebody who is not a candidate yet."), "error")
        return back_to(session_id)
    wanted = [
        key
        for key, _name, cohort in form.people
        if key in (form.residents.data or ()) or cohort == form.cohort.data
    ]
    try:
        added = actions.put_candidates(one, wanted, by=viewer(), at=clock.now())
    except NotYet as refused:
        say_not_yet(refused)
    else:
        flash(_("Candidates added: %(number)s.", number=added), "success" if added else "info")
    return back_to(session_id)


@exams.post("/osce/<int:session_id>/candidates/<int:candidate_id>/removal")
@allow(Role.OFFICE)
def remove_candidate(session_id: int, candidate_id: int):
    one = queries.candidate_by_id(session_id, candidate_id)
    return _try(session_id, actions.remove_candidate, one, done=_("Removed."))


@exams.post("/osce/<int:session_id>/candidates/<int:candidate_id>/arrival")
@allow(Role.OFFICE)
def candidate_arrives(session_id: int, candidate_id: int):
    one = queries.candidate_by_id(session_id, candidate_id)
    return _try(session_id, running.arrive, one, done=_("Has come."), where=PROGRESS)


@exams.route(
    "/osce/<int:session_id>/candidates/<int:candidate_id>/absence", methods=["GET", "POST"]
)
@allow(Role.OFFICE)
def candidate_absent(session_id: int, candidate_id: int):
    one, form = queries.candidate_by_id(session_id, candidate_id), WhyForm()
    if form.validate_on_submit():
        done = _("Marked absent: there will be no result.")
        return _try(session_id, running.set_absent, one, form.why.data, done=done, where=PROGRESS)
    title = _("Does not come: %(name)s", name=one.resident.name)
    return why_page(form, one.session, title, _("Mark absent"), where=PROGRESS)


@exams.route(
    "/osce/<int:session_id>/candidates/<int:candidate_id>/catching-up", methods=["GET", "POST"]
)
@allow(Role.OFFICE)
def catch_up(session_id: int, candidate_id: int):
    one, form = queries.candidate_by_id(session_id, candidate_id), WhyForm()
    if form.validate_on_submit():
        done = _("The stations missed come after the last round.")
        return _try(session_id, planning.catch_up, one, form.why.data, done=done, where=PROGRESS)
    return why_page(
        form,
        one.session,
        _("Came late: %(name)s", name=one.resident.name),
        _("Catch up"),
        _("Stations where nobody has marked them yet move behind the last round."),
        where=PROGRESS,
    )


@exams.route("/osce/<int:session_id>/stations/<int:station_id>/again", methods=["GET", "POST"])
@allow(Role.OFFICE)
def run_again(session_id: int, station_id: int):
    one, form = queries.station_by_id(session_id, station_id), WhyForm()
    if form.validate_on_submit():
        done = _("Closed; everybody goes there again after the last round.")
        return _try(session_id, planning.run_again, one, form.why.data, done=done, where=PROGRESS)
    return why_page(
        form,
        one.session,
        _("Close and run again: %(name)s", name=named(one)),
        _("Run it again"),
        _("A fire alarm, a wrong sheet: its marks stay readable and count no more."),
        where=PROGRESS,
    )


@exams.route("/osce/<int:session_id>/stations/<int:station_id>/left-out", methods=["GET", "POST"])
@allow(Role.OFFICE)
def drop_station(session_id: int, station_id: int):
    one, form = queries.station_by_id(session_id, station_id), WhyForm()
    if one.dropped_because is not None:
        return redirect(url_for("exams.osce", session_id=session_id))
    if form.validate_on_submit():
        done = _("Left out of every result.")
        return _try(session_id, running.drop_station, one, form.why.data, done=done)
    return why_page(
        form,
        one.session,
        _("Leave out: %(name)s", name=named(one)),
        _("Leave it out"),
        _("Nobody's result counts this station, whatever was marked there."),
    )


@exams.post("/osce/<int:session_id>/stations/<int:station_id>/use-again")
@allow(Role.OFFICE)
def use_station_again(session_id: int, station_id: int):
    one = queries.station_by_id(session_id, station_id)
    return _try(session_id, running.use_station_again, one, done=_("Counts again."))
