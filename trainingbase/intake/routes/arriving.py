"""Reporting in: the list, the code on the office's screen, and the page it leads to."""

from datetime import timedelta

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.codes import picture
from trainingbase.downloads import download
from trainingbase.enrolment.queries import resident_for, resident_of
from trainingbase.intake import actions, queries, tables
from trainingbase.intake.forms import ArrivalSearchForm
from trainingbase.intake.queries import Counts
from trainingbase.intake.routes import intake
from trainingbase.intake.rules import code_of
from trainingbase.intake.words import HOW
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole


def _secret() -> str:
    return current_app.config["SECRET_KEY"]


def _arrival_rows(found):
    form = ArrivalSearchForm()
    return form, queries.reporting(
        found,
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", "name"),
    )


@intake.get("/<int:intake_id>/arrivals")
@allow(Role.OFFICE, Role.AUDITOR)
def arrivals(intake_id: int):
    found = queries.intake_by_id(intake_id)
    form, rows = _arrival_rows(found)
    page = page_of(rows)
    return render_template(
        "intake/arrivals.html",
        intake=found,
        form=form,
        page=page,
        there=queries.arrivals_of([one.resident_id for one in page.items]),
        counts=queries.counts([intake_id]).get(intake_id, Counts()),
        report_by=found.report_ends_on - timedelta(days=1),
        is_late=clock.today() >= found.report_ends_on,
        how=HOW,
    )


@intake.get("/<int:intake_id>/arrivals/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_arrivals(intake_id: int, kind: str):
    found = queries.intake_by_id(intake_id)
    _form, rows = _arrival_rows(found)
    applicants = queries.all_of(rows)
    there = queries.arrivals_of([one.resident_id for one in applicants])
    return download(tables.of_arrivals(applicants, there, found), kind, _("Reporting in"))


@intake.post("/<int:intake_id>/arrivals/<int:resident_id>")
@allow(Role.OFFICE)
def mark_arrival(intake_id: int, resident_id: int):
    found, resident = queries.intake_by_id(intake_id), resident_for(viewer(), resident_id)
    try:
        _arrival, is_new = actions.report_in(
            resident, found, how="office", by=viewer(), at=clock.now()
        )
    except actions.NotExpected:
        abort(404)
    said = _("%(name)s has reported in.", name=resident.name)
    flash(said if is_new else _("This was noted before."), "success" if is_new else "info")
    return redirect(url_for("intake.arrivals", intake_id=intake_id))


@intake.post("/<int:intake_id>/arrivals/<int:resident_id>/taking-back")
@allow(Role.OFFICE)
def take_back_arrival(intake_id: int, resident_id: int):
    found = queries.intake_by_id(intake_id)
    if actions.take_back(resident_id, found, by=viewer(), at=clock.now()):
        flash(_("Taken back."), "success")
    return redirect(url_for("intake.arrivals", intake_id=intake_id))


@intake.get("/<int:intake_id>/code")
@allow(Role.OFFICE)
def code(intake_id: int):
    """What stands on the office's screen; its part is asked for anew before the code changes."""
    screen = code_of(_secret(), intake_id, whole("report_code_minutes"))
    now = clock.real_now()
    found = queries.intake_by_id(intake_id)
    shown = screen.at(now)
    return render_template(
        "intake/_code.html" if "part" in request.args else "intake/code.html",
        intake=found,
        code=shown,
        link=url_for("intake.report", intake_id=intake_id, code=shown, _external=True),
        seconds=max(5, int((screen.changes_at(now) - now).total_seconds()) + 1),
        counts=queries.counts([intake_id]).get(intake_id, Counts()),
    )


@intake.get("/<int:intake_id>/code/<string:code>.svg")
@allow(Role.OFFICE)
def code_picture(intake_id: int, code: str):
    link = url_for("intake.report", intake_id=intake_id, code=code, _external=True)
    return send_file(picture(link), mimetype="image/svg+xml", max_age=0)


@intake.route("/<int:intake_id>/report/<string:code>", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def report(intake_id: int, code: str):
    """Opened by the code; only the button notes it, as previews open links too."""
    resident = resident_of(viewer())
    found = queries.expected_intake(resident.id)
    if found is None or found.id != intake_id:
        return render_template("intake/report.html", state="foreign", intake=None), 404
    known = queries.arrival_of(resident.id)
    screen = code_of(_secret(), intake_id, whole("report_code_minutes"))
    good = screen.is_shown(code, clock.real_now())
    if known is None and not good:
        return render_template("intake/report.html", state="old", intake=found), 410
    if known is None and request.method == "POST":
        known, _new = actions.report_in(resident, found, how="code", by=viewer(), at=clock.now())
    state = "ready" if known is None else "done"
    return render_template("intake/report.html", state=state, intake=found, arrival=known)
