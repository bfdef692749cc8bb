"""The code on a department's screen, and the page to which it leads."""

from datetime import datetime

from flask import abort, current_app, redirect, render_template, request, send_file, url_for

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.attendance import actions
from trainingbase.attendance.actions.signing import NotHere, NotSignedIn, screen, window
from trainingbase.attendance.models import ChoiceRow
from trainingbase.attendance.models.records import MonthIsClosed
from trainingbase.attendance.queries.choices import choice_row_on
from trainingbase.attendance.queries.roster import Which, of_day
from trainingbase.attendance.queries.scope import placement_on, screens
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.asked import TAKE
from trainingbase.attendance.words import HALVES, NOT_SIGNED_IN
from trainingbase.codes import GOOD, is_one, picture
from trainingbase.enrolment.queries import resident_of
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole

SHOW = (*TAKE, Role.FACULTY)


def _secret() -> str:
    return current_app.config["SECRET_KEY"]


def _half(row: ChoiceRow, now: datetime) -> str:
    """The morning until its window is over, then the afternoon; once a day only the morning."""
    over = now >= window(row, clock.today(), "morning")[1]
    return "afternoon" if over and not row.once_a_day else "morning"


def _shown(department_id: int):
    """The department, if its code is this person's to show."""
    found = [one for one in screens(viewer(), clock.today()) if one.id == department_id]
    if not found:
        abort(404)
    return found[0]


@attendance.get("/code")
@allow(*SHOW)
def code_of():
    """To choose from; straight on where there is only one."""
    found = screens(viewer(), clock.today())
    if len(found) == 1:
        return redirect(url_for("attendance.code", department_id=found[0].id))
    row = choice_row_on(clock.today())
    return render_template("attendance/screens.html", departments=found, choice=row)


@attendance.get("/code/<int:department_id>")
@allow(*SHOW)
def code(department_id: int):
    """What stands on the screen; its part is asked for anew when the code changes."""
    department, today, now = _shown(department_id), clock.today(), clock.now()
    row = choice_row_on(today)
    half, seconds = _half(row, now), whole("attendance_code_seconds")
    opens_at, closes_at = window(row, today, half)
    one = screen(_secret(), department_id, today, half, seconds)
    shown = one.at(now)
    here = [
        person
        for person in of_day(viewer(), today, Which(department_id=department_id))
        if person.cell is not None
    ]
    index = 0 if half == "morning" else 1
    return render_template(
        "attendance/_code.html" if "part" in request.args else "attendance/code.html",
        department=department,
        choice=row,
        half=half,
        half_name=HALVES[half],
        window=row.window(half),
        is_open=opens_at <= now < closes_at,
        code=shown,
        link=url_for(
            "attendance.sign_in",
            department_id=department_id,
            half=half,
            code=shown,
            _external=True,
        ),
        seconds=max(2, int((one.changes_at(now) - now).total_seconds()) + 1),
        every=seconds,
        there=sum(person.cell.halves[index] == "present" for person in here),
        all=len(here),
    )


@attendance.get("/code/<int:department_id>/<string:half>/<string:code>.svg")
@allow(*SHOW)
def code_picture(department_id: int, half: str, code: str):
    if half not in HALVES or not is_one(code):
        abort(404)
    _shown(department_id)
    values = {"department_id": department_id, "half": half, "code": code}
    link = url_for("attendance.sign_in", **values, _external=True)
    return send_file(picture(link), mimetype="image/svg+xml", max_age=0)


@attendance.route(
    "/sign-in/<int:department_id>/<string:half>/<string:code>", methods=["GET", "POST"]
)
@allow(Role.RESIDENT)
def sign_in(department_id: int, half: str, code: str):
    """Opened by the code; only the button notes it, as previews open links too."""
    if half not in HALVES:
        abort(404)
    resident, now, today = resident_of(viewer()), clock.now(), clock.today()
    seconds = whole("attendance_code_seconds")
    if request.method != "POST":
        return _looked_at(resident, department_id, half, code, now, today, seconds)
    try:
        row, is_new = actions.sign_in(
            resident,
            department_id,
            half,
            code,
            secret=_secret(),
            seconds=seconds,
            by=viewer(),
            at=now,
        )
    except NotHere:
        return _answer("foreign", 404)
    except NotSignedIn as no:
        return _answer(no.because, 410)
    except MonthIsClosed:
        return _answer("closed", 410)
    return _answer("done" if is_new else "known", 200, mark=row, half=half)


def _looked_at(resident, department_id, half, code, now, today, seconds):
    placement = placement_on(resident.id, today)
    if placement is None or placement.department_id != department_id:
        return _answer("foreign", 404)
    row = choice_row_on(today)
    if row.mode != "code":
        return _answer("by_default", 410)
    opens_at, closes_at = window(row, today, half)
    one = screen(_secret(), department_id, today, half, seconds)
    answer = one.check(code, now, opens_at=opens_at, closes_at=closes_at)
    if answer != GOOD:
        return _answer(answer, 410)
    return _answer("ready", 200, department=placement.department, half=half)


def _answer(state: str, status: int, **more):
    page = render_template(
        "attendance/sign_in.html",
        state=state,
        said=NOT_SIGNED_IN.get(state),
        half_name=HALVES.get(more.get("half"), ""),
        mark=more.get("mark"),
        department=more.get("department"),
        today=clock.today(),
    )
    return page, status
