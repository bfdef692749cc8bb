"""What a graduate sees: one page, by a link that works once.  Opening it changes nothing, since
scanners and messengers open links before people do."""

from datetime import datetime

from flask import Blueprint, current_app, make_response, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import public
from trainingbase.assessments.actions.guests import note_try
from trainingbase.assessments.queries.guests import tries_from
from trainingbase.careers.actions import following as actions
from trainingbase.careers.actions.addresses import withdraw
from trainingbase.careers.forms.following import TapForm
from trainingbase.careers.models import Employment, FollowUp, LinkClosed
from trainingbase.careers.queries import employment, following
from trainingbase.careers.routes.employment import offered
from trainingbase.careers.tokens import hash_of, may_be
from trainingbase.form import options
from trainingbase.i18n import LANGUAGES, language, named
from trainingbase.mailing import tokens
from trainingbase.people.queries import person_by_id
from trainingbase.thresholds.queries import whole

whereabouts = Blueprint("whereabouts", __name__, url_prefix="/w")

GONE = {"answered": 410, "expired": 410, "revoked": 410, "unknown": 404, "none": 404, "busy": 429}


def _page(template: str, status: int = 200, **more):
    response = make_response(render_template(template, path=request.path, **more), status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def _closed(why: str):
    return _page("whereabouts/closed.html", GONE[why], why=why)


def _tongue() -> str:
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else language()


@whereabouts.get("/thanks")
@public
def thanks():
    with force_locale(_tongue()):
        return _page("whereabouts/thanks.html")


@whereabouts.route("/stop/<string:token>", methods=["GET", "POST"])
@public
def stop(token: str):
    """The link in each mail to graduates that takes their consent back."""
    number = tokens.person_of(current_app.config["SECRET_KEY"], token, tokens.GRADUATES)
    person = person_by_id(number) if number is not None else None
    if person is None:
        return _closed("unknown")
    if request.method == "POST":
        withdraw(person.id, at=clock.now())
    asked = request.args.get("language", "")
    with force_locale(asked if asked in LANGUAGES else person.language or "zh"):
        return _page("whereabouts/stop.html", done=request.method == "POST")


@whereabouts.route("/<string:token>", methods=["GET", "POST"])
@public
def ask(token: str):
    with force_locale(_tongue()):
        return _ask(token)


def _ask(token: str):
    at, address = clock.now(), request.remote_addr or ""
    is_sent = request.method == "POST"
    if is_sent and tries_from(address, at=at) >= whole("guest_tries"):
        return _closed("busy")
    task = following.by_hash(hash_of(token)) if may_be(token) else None
    state = task.link_state(clock.today()) if task is not None else "unknown"
    if task is None or state != "open":
        if is_sent:
            note_try(address, at=at)
        return _closed(state)
    now = employment.current_of(task.resident_id)
    form = _form(now)
    if is_sent and form.validate() and form.is_whole(clock.today()):
        return _keep(task, form, hash_of(token), at)
    return _page(
        "whereabouts/ask.html", 422 if form.errors else 200, task=task, now=now, form=form,
        called=_masked(task.resident.name),
    )  # fmt: skip


def _keep(task: FollowUp, form: TapForm, token_hash: str, at: datetime):
    try:
        actions.answer_by_link(task, form.told(), token_hash=token_hash, at=at,
                               address=form.address.data or "")  # fmt: skip
    except LinkClosed as closed:
        return _closed(closed.state)
    response = current_app.redirect(url_for("whereabouts.thanks", language=_tongue()))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _form(now: Employment | None) -> TapForm:
    form = offered(TapForm())
    said = {"moved": _("I moved, or work elsewhere"), "none": _("I do not work at present")}
    if now is not None:
        said = {"still": _("Yes, still at %(place)s", place=named(now)), **said}
    form.answer.choices = [(one.value, one.label) for one in options(said)]
    return form


def _masked(name: str) -> str:
    """Enough to know that it is oneself who is asked, and not much for anybody else."""
    return name[:1] + "＊" * max(1, len(name) - 1) if len(name) < 5 else name[:1] + "＊＊"
