"""What an outside examiner sees: the room and the sheets, by a link that one device takes.

Opening the link changes nothing; the button takes it.  From then on the key of the device opens
the room, and the address opens nothing, wherever it was copied to.
"""

import secrets

from flask import current_app, redirect, render_template, request, session, url_for

from trainingbase import clock
from trainingbase.access import public
from trainingbase.assessments.actions.guests import note_try
from trainingbase.assessments.queries.guests import tries_from
from trainingbase.assessments.tokens import hash_of, may_be
from trainingbase.exams.actions import outside as actions
from trainingbase.exams.models import OsceGuestLink
from trainingbase.exams.queries import marks
from trainingbase.exams.queries import outside as queries
from trainingbase.exams.routes import marking
from trainingbase.exams.routes.blueprint import exams
from trainingbase.form import Form
from trainingbase.thresholds.queries import whole

DEVICE = "osce-device"
GONE = {"expired": 410, "revoked": 410, "taken": 410, "unknown": 404, "busy": 429}


class Links:
    """Where the pages of an outside examiner lead."""

    home = None

    def room(self, _room) -> str:
        return url_for("exams.outside_room")

    def mark(self, slot) -> str:
        return url_for("exams.outside_mark", slot_id=slot.id)

    def draft(self, slot) -> str:
        return url_for("exams.outside_draft", slot_id=slot.id)

    def amend(self, slot) -> str:
        return url_for("exams.outside_amend", slot_id=slot.id)


def _closed(why: str):
    page = render_template("exams/osce/outside_closed.html", why=why)
    return page, GONE[why]


def _private(answer):
    response = current_app.make_response(answer)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


@exams.route("/outside/<string:token>", methods=["GET", "POST"])
@public
def outside(token: str):
    return _private(_outside(token))


def _outside(token: str):
    at, address = clock.now(), request.remote_addr or ""
    if request.method == "POST" and tries_from(address, at=at) >= whole("guest_tries"):
        return _closed("busy")
    link = queries.by_token(hash_of(token)) if may_be(token) else None
    state = link.state(clock.today()) if link is not None else "unknown"
    if state == "taken" and _own_link() is not None and _own_link().id == link.id:
        return redirect(url_for("exams.outside_room"))
    if state != "open":
        if request.method == "POST":
            note_try(address, at=at)
        return _closed(state)
    form = Form()
    if not form.validate_on_submit():
        return render_template("exams/osce/outside.html", link=link, form=form)
    device = secrets.token_urlsafe(24)
    try:
        actions.take(link, device=device, at=at)
    except actions.LinkClosed as closed:
        return _closed(closed.state)
    session[DEVICE] = device
    return redirect(url_for("exams.outside_room"))


def _own_link() -> OsceGuestLink | None:
    """Of this device, while it is in force."""
    device = session.get(DEVICE, "")
    link = queries.by_device(hash_of(device)) if device else None
    return link if link is not None and link.state(clock.today()) == "taken" else None


def _with_room(page):
    link = _own_link()
    return _private(page(link.examiner) if link is not None else _closed("unknown"))


@exams.get("/outside")
@public
def outside_room():
    return _with_room(
        lambda room: marking.page_of_room(
            marks.room_of(room.person, room.id), Links(), owner=f"osce-{room.person_id}"
        )
    )


@exams.route("/outside/slots/<int:slot_id>", methods=["GET", "POST"])
@public
def outside_mark(slot_id: int):
    return _with_room(
        lambda room: marking.page_of_mark(
            slot_id, room.person, Links(), owner=f"osce-{room.person_id}"
        )
    )


@exams.post("/outside/slots/<int:slot_id>/draft")
@public
def outside_draft(slot_id: int):
    return _with_room(lambda room: marking.kept_draft(slot_id, room.person))


@exams.post("/outside/slots/<int:slot_id>/amendments")
@public
def outside_amend(slot_id: int):
    return _with_room(
        lambda room: marking.amended(slot_id, room.person, Links(), owner=f"osce-{room.person_id}")
    )
