"""What a guest sees: one page, by a link that works once.  Opening it changes nothing, since
scanners and messengers open links before people do."""

from flask import Blueprint, current_app, make_response, render_template, request
from flask_babel import force_locale

from trainingbase import clock
from trainingbase.access import public
from trainingbase.assessments.actions import ObservedOutsidePlacement
from trainingbase.assessments.actions import guests as actions
from trainingbase.assessments.guest_forms import GuestForm
from trainingbase.assessments.models import GuestLink, LinkClosed
from trainingbase.assessments.queries import guests as queries
from trainingbase.assessments.rules import AnswersAtFault
from trainingbase.assessments.tokens import hash_of, may_be
from trainingbase.i18n import LANGUAGES, language
from trainingbase.instruments.forms.answering import (
    bands_of,
    condition_in_words,
    field_name,
    form_of,
)
from trainingbase.thresholds.queries import whole

guests = Blueprint("guests", __name__, url_prefix="/g")

GONE = {"answered": 410, "expired": 410, "revoked": 410, "unknown": 404, "later": 409, "busy": 429}


def _page(template: str, status: int = 200, **more):
    response = make_response(render_template(template, **more), status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def _closed(why: str):
    return _page("guests/closed.html", GONE[why], why=why, path=request.path)


def _tongue() -> str:
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else language()


@guests.get("/thanks")
@public
def thanks():
    with force_locale(_tongue()):
        return _page("guests/thanks.html", path=request.path)


@guests.route("/<string:token>", methods=["GET", "POST"])
@public
def answer(token: str):
    with force_locale(_tongue()):
        return _answer(token)


def _answer(token: str):
    at, address = clock.now(), request.remote_addr or ""
    is_sent = request.method == "POST"
    if is_sent and queries.tries_from(address, at=at) >= whole("guest_tries"):
        return _closed("busy")
    link = queries.link_by_hash(hash_of(token)) if may_be(token) else None
    why = _why_closed(link)
    if link is None or why is not None:
        if is_sent:
            actions.note_try(address, at=at)
        return _closed(why or "unknown")
    form = _form(link)
    if is_sent and form.validate():
        why = _kept(link, form, at)
        if why is None:
            response = current_app.redirect(_thanks())
            response.headers["Referrer-Policy"] = "no-referrer"
            return response
        if why != "at_fault":
            return _closed(why)
        link = queries.link_by_hash(hash_of(token))
    return _page(
        "guests/answer.html",
        422 if form.errors else 200,
        link=link,
        form=form,
        instrument=link.instrument,
        field_name=field_name,
        bands_of=bands_of,
        when_of=condition_in_words,
        path=request.path,
    )


def _why_closed(link: GuestLink | None) -> str | None:
    if link is None:
        return "unknown"
    state = link.state(clock.today())
    if state == "open" and link.placement.cancelled_at is not None:
        return "revoked"
    return None if state == "open" else state


def _form(link: GuestLink) -> GuestForm:
    form = form_of(link.instrument, known={}, base=GuestForm, data={"guest_name": link.name or ""})
    if link.kind == "patient":
        del form.guest_name
    else:
        form.needs_name = form.guest_name.flags.required = True
    return form


def _kept(link: GuestLink, form: GuestForm, at) -> str | None:
    """None once it is kept; else why not."""
    name = form.guest_name.data if "guest_name" in form else None
    try:
        actions.answer(link, answers=form.given(), name=name, at=at)
    except LinkClosed as closed:
        return closed.state
    except ObservedOutsidePlacement:
        return "later"
    except AnswersAtFault as at_fault:
        form.refuse_answers(at_fault)
        return "at_fault"
    return None


def _thanks() -> str:
    return current_app.url_for("guests.thanks", language=_tongue())
