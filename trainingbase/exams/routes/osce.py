"""OSCE sessions: the list, setting one up, and its states."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.queries import cohorts
from trainingbase.exams import osce_tables, words
from trainingbase.exams.actions import planning, running
from trainingbase.exams.actions import sessions as actions
from trainingbase.exams.forms.osce import (
    CandidatesForm,
    ExaminerForm,
    NewSessionForm,
    SessionForm,
    SessionListForm,
)
from trainingbase.exams.forms.sittings import WhyForm
from trainingbase.exams.models import NotYet, Osce
from trainingbase.exams.queries import conflicts, panels
from trainingbase.exams.queries import osce as queries
from trainingbase.exams.routes.blueprint import READING, chosen, exams, say_not_yet
from trainingbase.exams.rules.timetable import NothingToPlan
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.i18n import day, named
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


def back_to(session_id: int, where: str = "exams.osce"):
    return redirect(url_for(where, session_id=session_id))


@exams.get("/osce")
@allow(*READING)
def osces():
    form, rows = _filtered()
    page = page_of(rows)
    return render_template(
        "exams/osce/sessions.html",
        form=form,
        page=page,
        counts=queries.counts_of([one.id for one in page.items]),
        words=words,
    )


@exams.get("/osce/export/<string:kind>")
@allow(*READING)
def export_osces(kind: str):
    return download(osce_tables.sessions(_filtered()[1]), kind, "osce")


def _filtered():
    form = SessionListForm()
    return form, queries.sessions(
        search=form.search.data or "",
        state=chosen(form.state),
        sort=request.args.get("sort", ""),
    )


def _sitting_choices(form, one: Osce | None = None) -> None:
    found = {each.id: each for each in queries.sittings_for_skills()}
    if one is not None and one.sitting is not None:
        found[one.sitting.id] = one.sitting
    labels = {key: f"{named(each.kind)} {day(each.held_on)}" for key, each in found.items()}
    form.sitting.choices = options({0: _("no sitting"), **labels})


@exams.route("/osce/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_osce():
    form = NewSessionForm(data={"held_on": clock.today()})
    _sitting_choices(form)
    if form.validate_on_submit():
        made = actions.make(form.given(), form_key=form.form_key.data, by=viewer(), at=clock.now())
        flash(_("Made. Add stations, examiners and candidates."), "success")
        return back_to(made.id)
    page = render_template(
        "exams/form.html",
        form=form,
        title=_("New OSCE"),
        button=_("Make it"),
        cancel=url_for("exams.osces"),
    )
    return page, 422 if form.errors else 200


@exams.route("/osce/<int:session_id>/change", methods=["GET", "POST"])
@allow(Role.OFFICE)
def change_osce(session_id: int):
    one, stale = queries.session_by_id(session_id), None
    begins = one.begins_at.astimezone(clock.LOCAL).time()
    form = SessionForm(obj=one, data={"begins": begins, "sitting": one.sitting_id or 0})
    _sitting_choices(form, one)
    if form.validate_on_submit():
        try:
            actions.change_session(
                one, form.given(), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            one = queries.session_by_id(session_id)
            stale = form.stale_against(
                one,
                begins=one.begins_at.astimezone(clock.LOCAL).time(),
                sitting=one.sitting_id or 0,
            )
        except NotYet as refused:
            say_not_yet(refused)
            return back_to(session_id)
        else:
            flash(_("Saved."), "success")
            return back_to(session_id)
    page = render_template(
        "exams/form.html",
        form=form,
        title=_("Change the OSCE"),
        button=_("Save"),
        cancel=url_for("exams.osce", session_id=session_id),
        stale=stale,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


@exams.get("/osce/<int:session_id>")
@allow(*READING)
def osce(session_id: int):
    return page_of_session(queries.session_by_id(session_id))


def page_of_session(one: Osce, examiner: ExaminerForm | None = None, status: int = 200):
    people = queries.candidates_of(one)
    examiners = queries.examiners_of(one)
    page = render_template(
        "exams/osce/session.html",
        session=one,
        examiners=examiners,
        candidates=people,
        has_timetable=queries.has_timetable(one),
        missing=queries.rooms_without_examiner(one),
        conflicts=conflicts.conflicts_of(one),
        names={each.id: each.resident.name for each in people},
        examiner_names={each.id: each.person.name for each in examiners},
        examiner_form=examiner or examiner_form(one),
        candidates_form=candidates_form(one),
        panel=panels.of_session(one.id),
        changes=page_of(changes_of(one, *one.stations)),
        words=words,
    )
    return page, status


def examiner_form(one: Osce, *, sent: bool = False) -> ExaminerForm:
    form = ExaminerForm() if sent else ExaminerForm(formdata=None)
    taken = {each.person_id for each in queries.examiners_of(one)}
    form.person.choices = options(
        {key: name for key, name in queries.who_may_examine().items() if key not in taken}
    )
    form.room.choices = room_choices(one)
    return form


def room_choices(one: Osce) -> list[SelectChoice]:
    return options(
        {
            f"{station.id}-{circuit}": f"{chr(ord('A') + circuit)} · {named(station)}"
            for circuit in range(one.circuits)
            for station in one.stations
        }
    )


def candidates_form(one: Osce, *, sent: bool = False) -> CandidatesForm:
    form = CandidatesForm() if sent else CandidatesForm(formdata=None)
    form.people = queries.who_may_sit(one)
    form.residents.choices = options({key: name for key, name, _cohort in form.people})
    form.cohort.choices = options(
        {0: _("only those ticked"), **{each.id: named(each) for each in cohorts()}}
    )
    return form


def _do(session_id: int, act, done: str, *, where: str = "exams.osce", **more):
    """Do it, and say it; or say why not."""
    one = queries.session_by_id(session_id)
    try:
        act(one, by=viewer(), at=clock.now(), **more)
    except NotYet as refused:
        say_not_yet(refused)
    except NothingToPlan:
        flash(_("Add stations and candidates first."), "error")
    else:
        flash(done, "success")
    return back_to(session_id, where)


@exams.post("/osce/<int:session_id>/timetable")
@allow(Role.OFFICE)
def plan_osce(session_id: int):
    return _do(session_id, planning.plan, _("The timetable is made."), where="exams.timetable")


@exams.post("/osce/<int:session_id>/announcement")
@allow(Role.OFFICE)
def announce_osce(session_id: int):
    return _do(session_id, planning.announce, _("Announced: candidates and examiners are told."))


@exams.post("/osce/<int:session_id>/withdrawal")
@allow(Role.OFFICE)
def take_back_osce(session_id: int):
    return _do(session_id, planning.take_back, _("Taken back: it is a draft again."))


@exams.post("/osce/<int:session_id>/opening")
@allow(Role.OFFICE)
def open_osce(session_id: int):
    done = _("Marks are taken from now on.")
    return _do(session_id, running.open_marking, done, where="exams.progress")


@exams.post("/osce/<int:session_id>/closing")
@allow(Role.OFFICE)
def close_osce(session_id: int):
    return _do(session_id, running.close_marking, _("Marking is closed."))


@exams.route("/osce/<int:session_id>/reopening", methods=["GET", "POST"])
@allow(Role.OFFICE)
def reopen_osce(session_id: int):
    one, form = queries.session_by_id(session_id), WhyForm()
    if form.validate_on_submit():
        return _do(session_id, running.reopen, _("Marks are taken again."), because=form.why.data)
    return why_page(form, one, _("Open the marking again"), _("Open it"))


def why_page(form, one: Osce, title: str, button: str, lead: str = "", where: str = "exams.osce"):
    page = render_template(
        "exams/form.html",
        form=form,
        title=title,
        button=button,
        cancel=url_for(where, session_id=one.id),
        lead=lead,
    )
    return page, 422 if form.errors else 200
