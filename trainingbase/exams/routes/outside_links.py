"""The office puts outside examiners into rooms, prints their codes and takes them back."""

from flask import abort, current_app, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _

from trainingbase import clock, codes
from trainingbase.access import allow, viewer
from trainingbase.assessments.tokens import token_of
from trainingbase.assessments.words import IDENTITIES
from trainingbase.exams.actions import outside as actions
from trainingbase.exams.forms.osce import AgainForm, OutsideForm
from trainingbase.exams.models import NotYet, OsceExaminer, OsceGuestLink
from trainingbase.exams.queries import osce as queries
from trainingbase.exams.queries import outside
from trainingbase.exams.routes.blueprint import exams, say_not_yet
from trainingbase.exams.routes.osce import back_to, room_choices
from trainingbase.roles import Role


def _secret() -> str:
    return current_app.config["SECRET_KEY"]


def _address(link: OsceGuestLink) -> str:
    token = token_of(_secret(), link.nonce)
    return url_for("exams.outside", token=token, _external=True)


@exams.route("/osce/<int:session_id>/outside/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_outside(session_id: int):
    one, form = queries.session_by_id(session_id), OutsideForm()
    form.room.choices = room_choices(one)
    if form.validate_on_submit():
        station_id, circuit = (int(part) for part in form.room.data.split("-"))
        station = queries.station_by_id(session_id, station_id)
        try:
            link = actions.put(
                station,
                circuit,
                name=form.name.data,
                employer=form.employer.data or None,
                identity=form.identity.data,
                form_key=form.form_key.data,
                secret=_secret(),
                by=viewer(),
                at=clock.now(),
            )
        except NotYet as refused:
            say_not_yet(refused)
            return back_to(session_id)
        return redirect(
            url_for("exams.outside_link", session_id=session_id, examiner_id=link.examiner_id)
        )
    page = render_template(
        "exams/form.html",
        form=form,
        title=_("Outside examiner"),
        button=_("Add"),
        cancel=url_for("exams.osce", session_id=session_id),
        stale=None,
    )
    return page, 422 if form.errors else 200


def _examiner(session_id: int, examiner_id: int) -> OsceExaminer:
    """One from outside; 404 for who has an account."""
    one = queries.examiner_by_id(session_id, examiner_id)
    if not one.person.is_guest:
        abort(404)
    return one


@exams.get("/osce/<int:session_id>/examiners/<int:examiner_id>/link")
@allow(Role.OFFICE)
def outside_link(session_id: int, examiner_id: int):
    return _link_page(_examiner(session_id, examiner_id), AgainForm(formdata=None))


def _link_page(one: OsceExaminer, form: AgainForm, status: int = 200):
    links = outside.links_of(one)
    newest = links[0] if links else None
    state = newest.state(clock.today()) if newest is not None else "revoked"
    page = render_template(
        "exams/osce/outside_link.html",
        one=one,
        newest=newest,
        links=links,
        state=state,
        address=_address(newest) if newest is not None and state == "open" else None,
        identities=IDENTITIES,
        form=form,
    )
    return page, status


@exams.get("/osce/<int:session_id>/examiners/<int:examiner_id>/code.svg")
@allow(Role.OFFICE)
def outside_code(session_id: int, examiner_id: int):
    links = outside.links_of(_examiner(session_id, examiner_id))
    if not links or links[0].state(clock.today()) != "open":
        abort(404)
    return send_file(codes.picture(_address(links[0])), mimetype="image/svg+xml", max_age=0)


@exams.post("/osce/<int:session_id>/examiners/<int:examiner_id>/link")
@allow(Role.OFFICE)
def outside_again(session_id: int, examiner_id: int):
    """A new link, for another device."""
    one, form = _examiner(session_id, examiner_id), AgainForm()
    if not form.validate():
        return _link_page(one, form, 422)
    links = outside.links_of(one)
    actions.issue(
        one,
        employer=links[0].employer if links else None,
        identity=form.identity.data,
        form_key=form.form_key.data,
        secret=_secret(),
        by=viewer(),
        at=clock.now(),
    )
    flash(_("A new link. The one before opens nothing any more."), "success")
    return redirect(url_for("exams.outside_link", session_id=session_id, examiner_id=one.id))


@exams.post("/osce/<int:session_id>/examiners/<int:examiner_id>/link/revocation")
@allow(Role.OFFICE)
def revoke_outside(session_id: int, examiner_id: int):
    one = _examiner(session_id, examiner_id)
    if actions.revoke(one, by=viewer(), at=clock.now()):
        flash(_("Revoked. The link and its device do not open the room any more."), "success")
    else:
        flash(_("This link is closed already."), "info")
    return redirect(url_for("exams.outside_link", session_id=session_id, examiner_id=one.id))
