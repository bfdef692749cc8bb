"""A resident asks at the bedside: a code on the resident's phone, the form on the teacher's.

The code changes every minute, so that only who stands there can open the form by it.  Opening the
link changes nothing; the button makes a request for this teacher, which then works like any other.
"""

from datetime import timedelta

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from trainingbase import clock, codes
from trainingbase.access import allow, viewer
from trainingbase.assessments import actions
from trainingbase.assessments.models import Instrument
from trainingbase.assessments.queries import bedside as queries
from trainingbase.assessments.queries import instruments
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.i18n import named
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole


def _code(placement: Placement, form: Instrument) -> codes.Code:
    return codes.Code(
        secret=current_app.config["SECRET_KEY"],
        purpose="ask at the bedside",
        subject=f"{placement.id} {form.code}",
        seconds=whole("bedside_code_seconds"),
    )


def _form(code: str) -> Instrument:
    form = instruments.instrument_in_use(code)
    if form.id not in {one.id for one in queries.forms_at_the_bedside()}:
        abort(404)
    return form


@assessments.get("/bedside")
@allow(Role.RESIDENT)
def bedside():
    """Which form?"""
    return render_template(
        "assessments/bedside.html",
        placement=queries.my_placement(viewer(), today=clock.today()),
        forms=queries.forms_at_the_bedside(),
    )


@assessments.get("/bedside/<string:code>")
@allow(Role.RESIDENT)
def show_code(code: str):
    """What stands on the resident's phone; its part is asked for anew before the code changes."""
    form, placement = _form(code), queries.my_placement(viewer(), today=clock.today())
    if placement is None:
        return redirect(url_for("assessments.bedside"))
    now = clock.real_now()
    shown = _code(placement, form)
    link = url_for(
        "assessments.scanned", placement_id=placement.id, code=form.code, sent=shown.at(now),
        _external=True,
    )  # fmt: skip
    return render_template(
        "assessments/_bedside_code.html" if "part" in request.args else "assessments/code.html",
        instrument=form,
        placement=placement,
        link=link,
        sent=shown.at(now),
        seconds=max(5, int((shown.changes_at(now) - now) / timedelta(seconds=1)) + 1),
    )


@assessments.get("/bedside/<string:code>/<string:sent>.svg")
@allow(Role.RESIDENT)
def code_picture(code: str, sent: str):
    form, placement = _form(code), queries.my_placement(viewer(), today=clock.today())
    if placement is None or not _code(placement, form).is_shown(sent, clock.real_now()):
        abort(404)
    link = url_for(
        "assessments.scanned", placement_id=placement.id, code=form.code, sent=sent, _external=True
    )
    return send_file(codes.picture(link), mimetype="image/svg+xml", max_age=0)


@assessments.route(
    "/scanned/<int:placement_id>/<string:code>/<string:sent>", methods=["GET", "POST"]
)
@allow(Role.FACULTY)
def scanned(placement_id: int, code: str, sent: str):
    today, form = clock.today(), _form(code)
    placement = queries.placement_now(placement_id, today=today)
    if placement.resident.person_id == viewer().id:
        abort(404)
    if not _code(placement, form).is_shown(sent, clock.real_now()):
        return render_template("assessments/scanned.html", state="old", instrument=form), 410
    if request.method == "GET":
        return render_template(
            "assessments/scanned.html", state="ready", instrument=form, placement=placement
        )
    before = queries.asked_today(form, placement, viewer(), today=today)
    if before is not None:
        return redirect(url_for("assessments.answer", request_id=before.id))
    try:
        asked = actions.ask(
            instrument=form,
            placement=placement,
            by=placement.resident.person,
            at=clock.now(),
            assessor=viewer(),
        )
    except actions.AlreadyAsked as waits:
        asked = waits.request
    else:
        flash(_("%(resident)s asks you for: %(form)s", resident=placement.resident.name,
                form=named(form)), "info")  # fmt: skip
    return redirect(url_for("assessments.answer", request_id=asked.id))
