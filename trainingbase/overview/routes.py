"""The first page of each role, and the calendar feed."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from trainingbase import clock
from trainingbase.access import allow, public, signed_in, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.i18n import named
from trainingbase.overview import actions, calendar, queries
from trainingbase.overview.waits import MOVES, waits_of
from trainingbase.people.queries import person_by_id
from trainingbase.roles import Role
from trainingbase.rotations.queries.placements import present_with
from trainingbase.training.queries.mine import mine as activities_of
from trainingbase.training.words import kind_name
from trainingbase.words import LEAVE_KINDS

overview = Blueprint("overview", __name__)

TAUGHT = (Role.RESIDENT, Role.FACULTY)


@overview.get("/")
@signed_in
def day():
    person, today = viewer(), clock.today()
    return render_template(
        "overview/day.html",
        own=queries.resident_day(resident_of(person), today=today)
        if person.holds(Role.RESIDENT)
        else None,
        owed=queries.owed_by(person, today=today) if person.holds(Role.FACULTY) else None,
        present=present_with(person, today=today) if person.holds(Role.FACULTY) else [],
        teaching=activities_of(person, today=today).today if person.holds(*TAUGHT) else [],
        counts=queries.office_counts(today=today) if person.holds(Role.OFFICE) else None,
        kind_name=kind_name,
        leave_kinds=LEAVE_KINDS,
        moves=queries.moves(person, today=today) if person.holds(*MOVES) else None,
        **waits_of(person, today=today, at=clock.now()),
        plan=queries.plan_in_force() if person.holds(Role.OFFICE) else None,
    )


@overview.get("/calendar")
@allow(Role.RESIDENT, Role.FACULTY)
def calendar_feed():
    feed = queries.feed_of(viewer().id)
    return render_template("overview/calendar.html", address=_address(feed) if feed else None)


@overview.post("/calendar")
@allow(Role.RESIDENT, Role.FACULTY)
def open_calendar():
    actions.open_feed(by=viewer(), at=clock.real_now())
    return redirect(url_for("overview.calendar_feed"))


@overview.post("/calendar/renewal")
@allow(Role.RESIDENT, Role.FACULTY)
def renew_calendar():
    actions.renew_feed(by=viewer(), at=clock.real_now())
    flash(
        _("Your calendar has a new address. Subscribe to it again; the old one is dead."), "success"
    )
    return redirect(url_for("overview.calendar_feed"))


def _address(feed) -> str:
    secret = current_app.config["SECRET_KEY"]
    return url_for("overview.feed", token=calendar.token(feed, secret), _external=True)


@overview.get("/calendar/<string:token>.ics")
@public
def feed(token: str):
    owner = calendar.person_of(token)
    kept = queries.feed_of(owner) if owner is not None else None
    if kept is None or not calendar.is_token_of(kept, token, current_app.config["SECRET_KEY"]):
        raise NotFound
    person = person_by_id(kept.person_id)
    with force_locale(person.language):
        content = calendar.feed_text(
            name=_("Rotations of %(name)s", name=person.name),
            host=request.host.partition(":")[0],
            zone=clock.LOCAL,
            placements=queries.feed_placements(person),
            activities=queries.feed_activities(person),
            title_of=lambda placement: (
                named(placement.department)
                if placement.resident.person_id == person.id
                else f"{placement.resident.name} · {named(placement.department)}"
            ),
            place_of=lambda department: named(department.institution),
        )
    response = Response(content, mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)
