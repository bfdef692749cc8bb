"""The speaker's screen, signing in and out by it, and the list by hand."""

import hashlib
import secrets

from flask import (
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _

from trainingbase import clock, codes
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.form import Form, options
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.training.actions import signing as actions
from trainingbase.training.forms.judging import ByHandForm, CorrectionForm, StrikeForm
from trainingbase.training.models import Activity, AlreadyApproved, NotHeldYet
from trainingbase.training.queries import activities as queries
from trainingbase.training.queries import audience
from trainingbase.training.queries.signing import code_of, signing
from trainingbase.training.routes import training
from trainingbase.training.routes.seeing import ARRANGING, arranges, words
from trainingbase.training.rules.times import IN, OUT

DEVICE = "device"
"""The cookie that tells telephones apart, where the base takes each only once."""
DEVICE_DAYS = 400
POLL_SECONDS = 5
"""After which the screen asks how many have signed in, if its code does not change before."""


def _secret() -> str:
    return current_app.config["SECRET_KEY"]


def _arranged(activity_id: int) -> Activity:
    one = queries.activity_for(viewer(), activity_id)
    if not arranges(one):
        abort(404)
    return one


@training.get("/activities/<int:activity_id>/code/<string:what>")
@allow(*ARRANGING)
def code(activity_id: int, what: str):
    """The screen; its part is asked for anew before the code changes."""
    one, rule, now = _arranged(activity_id), signing(), clock.now()
    if what not in (IN, OUT):
        abort(404)
    window = rule.window(what, one.begins, one.ends)
    rotating = code_of(_secret(), one.id, what, rule.seconds)
    shown = rotating.at(now)
    signed_in, signed_out = queries.numbers_of(one.id)
    return render_template(
        "training/_code.html" if "part" in request.args else "training/code.html",
        activity=one,
        what=what,
        window=window,
        state=_state(one, window, now),
        code=shown,
        link=url_for("training.sign", activity_id=one.id, what=what, code=shown, _external=True),
        seconds=min(POLL_SECONDS, int((rotating.changes_at(now) - now).total_seconds()) + 1),
        signed_in=signed_in,
        signed_out=signed_out,
        with_out=rule.with_out,
        **words(),
    )


def _state(one: Activity, window, now) -> str:
    if not one.is_open:
        return "closed"
    if now < window.opens_at:
        return "early"
    return "open" if window.covers(now) else "over"


@training.get("/activities/<int:activity_id>/code/<string:what>/<string:code>.svg")
@allow(*ARRANGING)
def code_picture(activity_id: int, what: str, code: str):
    one = _arranged(activity_id)
    if what not in (IN, OUT) or not codes.is_one(code):
        abort(404)
    link = url_for("training.sign", activity_id=one.id, what=what, code=code, _external=True)
    return send_file(codes.picture(link), mimetype="image/svg+xml", max_age=60)


@training.route(
    "/activities/<int:activity_id>/sign/<string:what>/<string:code>", methods=["GET", "POST"]
)
@allow(Role.RESIDENT)
def sign(activity_id: int, what: str, code: str):
    """Opened by the code; only the button signs, as previews open links too."""
    one, resident = queries.activity_to_sign(activity_id), resident_of(viewer())
    if what not in (IN, OUT):
        abort(404)
    rule, now, form = signing(), clock.now(), Form()
    known = actions.attendance_of(one, resident)
    state = _may_sign(one, resident, what, code, rule, known, now)
    if state == "ready" and form.validate_on_submit():
        try:
            if what == IN:
                known = actions.sign_in(one, resident, rule=rule, device=_device(rule), at=now)
            else:
                actions.sign_out(one, known, at=now)
        except AlreadyApproved:
            state = "closed"
        except actions.DeviceUsed:
            state = "device"
        else:
            state = "done"
    page = render_template(
        "training/sign.html",
        activity=one,
        what=what,
        state=state,
        own=known,
        form=form,
        window=rule.window(what, one.begins, one.ends),
        with_out=rule.with_out,
        **words(),
    )
    return _with_device(make_response(page, STATUS[state]), rule)


STATUS = {
    "ready": 200,
    "done": 200,
    "foreign": 404,
    "missing": 409,
    "device": 409,
    "closed": 410,
    codes.OLD: 410,
    codes.EARLY: 409,
    codes.OVER: 410,
}


def _may_sign(one: Activity, resident, what: str, code: str, rule, known, now) -> str:
    """ready, done, or why not."""
    if known is not None and (what == IN or known.signed_out_at is not None):
        return "done"
    window = rule.window(what, one.begins, one.ends)
    found = code_of(_secret(), one.id, what, rule.seconds).check(
        code, now, opens_at=window.opens_at, closes_at=window.closes_at
    )
    if found != codes.GOOD:
        return found
    if not one.is_open:
        return "closed"
    if what == OUT and known is None:
        return "missing"
    if known is None and not rule.outsiders and not audience.is_invited(one, resident):
        return "foreign"
    return "ready"


def _device(rule) -> str | None:
    """A digest of this telephone's own cookie; None where the base does not ask."""
    if not rule.one_device:
        return None
    said = request.cookies.get(DEVICE) or secrets.token_urlsafe(24)
    return hashlib.sha256(said.encode()).hexdigest()[:40]


def _with_device(answer, rule):
    if rule.one_device and not request.cookies.get(DEVICE):
        answer.set_cookie(
            DEVICE,
            secrets.token_urlsafe(24),
            max_age=DEVICE_DAYS * 24 * 3600,
            httponly=True,
            secure=request.is_secure,
            samesite="Lax",
        )
    return answer


@training.route("/activities/<int:activity_id>/by-hand", methods=["GET", "POST"])
@allow(*ARRANGING)
def by_hand(activity_id: int):
    """Who came and could not sign: by the speaker for some days, by the office always."""
    one = _arranged(activity_id)
    closes_on = signing().list_closes_on(one.held_on)
    late = clock.today() >= closes_on and not viewer().holds(Role.OFFICE)
    signed = {row.resident_id: row for row in queries.attendance_of(one)}
    could = [
        row
        for row in audience.could_attend(one)
        if row.id not in signed or signed[row.id].signed_out_at is None
    ]
    invited = set(audience.invited_people(one))
    names = {row.id: _resident(row, signed) for row in could}
    first = {row.id for row in could if row.person_id in invited or row.id in signed}
    form = ByHandForm()
    form.residents.choices = options({key: name for key, name in names.items() if key in first})
    form.guests.choices = options({key: name for key, name in names.items() if key not in first})
    if late or not one.is_open:
        flash(_("The list is closed: ask the office."), "info")
        return redirect(url_for("training.activity", activity_id=one.id))
    if form.validate_on_submit():
        chosen = [row for row in could if row.id in {*form.residents.data, *form.guests.data}]
        try:
            number = actions.note_by_hand(
                one, chosen, form.reason.data, by=viewer(), at=clock.now()
            )
        except NotHeldYet:
            form.refuse("residents", _("It has not begun yet."))
        except AlreadyApproved:
            form.refuse("residents", _("The list is closed: ask the office."))
        else:
            flash(_("On the list now: %(number)s more.", number=number), "success")
            return redirect(url_for("training.activity", activity_id=one.id))
    return render_template("training/by_hand.html", form=form, activity=one, **words())


def _resident(row, signed) -> str:
    name = f"{row.name} · {row.cohort.year}"
    return _("%(name)s (has not signed out)", name=name) if row.id in signed else name


@training.route("/activities/<int:activity_id>/list/<int:resident_id>", methods=["GET", "POST"])
@allow(*ARRANGING)
def strike(activity_id: int, resident_id: int):
    one, form = _arranged(activity_id), StrikeForm()
    found = [row for row in queries.attendance_of(one) if row.resident_id == resident_id]
    if not found:
        abort(404)
    if form.validate_on_submit():
        try:
            actions.strike(one, found[0], form.reason.data, by=viewer(), at=clock.now())
        except AlreadyApproved:
            flash(_("The list is closed: ask the office."), "info")
        else:
            flash(_("Taken off the list."), "success")
        return redirect(url_for("training.activity", activity_id=one.id))
    return render_template(
        "training/reason.html",
        form=form,
        activity=one,
        title=_("Take %(name)s off the list", name=found[0].resident.name),
        lead=_("The reason stays in the history of the activity."),
        button=_("Take off the list"),
    )


@training.route("/activities/<int:activity_id>/correction", methods=["GET", "POST"])
@allow(Role.OFFICE)
def correct(activity_id: int):
    """Of what was approved; everything else is changed by whoever arranges it."""
    one = queries.activity_for(viewer(), activity_id)
    if one.state != "approved":
        abort(404)
    rows = queries.attendance_of(one)
    counted = {row.resident_id for row in rows if row.counts}
    could = {row.id: row for row in audience.could_attend(one) if row.id not in counted}
    form = CorrectionForm(data={"version": one.version})
    form.more.choices = options(
        {key: f"{row.name} · {row.cohort.year}" for key, row in could.items()}
    )
    form.fewer.choices = options({row.resident_id: row.resident.name for row in rows})
    status = 200
    if form.validate_on_submit():
        try:
            actions.correct(
                one,
                [could[number] for number in form.more.data],
                [row for row in rows if row.resident_id in form.fewer.data],
                form.reason.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            form.version.data, form.version.raw_data = one.version, None
            form.refuse("reason", _("Somebody else has changed this meanwhile"))
            status = 409
        else:
            flash(_("Corrected."), "success")
            return redirect(url_for("training.activity", activity_id=one.id))
    return render_template("training/correction.html", form=form, activity=one, **words()), status
