"""Intakes: the list, one with its applicants, opened and changed; the admission list."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named
from trainingbase.intake import actions, queries, tables
from trainingbase.intake.forms import (
    ApplicantSearchForm,
    IntakeForm,
    IntakeSearchForm,
    NewIntakeForm,
    plan_of,
)
from trainingbase.intake.queries import Counts
from trainingbase.intake.routes import intake
from trainingbase.intake.rules import share
from trainingbase.intake.words import FIELDS, STATE_KINDS, STATES, VALUES, state_of
from trainingbase.paging import page_of
from trainingbase.programmes.queries import open_to_new
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import value_of


def _intake_rows():
    form = IntakeSearchForm()
    return form, queries.intakes(
        search=form.search.data or "", sort=request.args.get("sort", "-year")
    )


@intake.get("/", endpoint="intakes")
@allow(Role.OFFICE, Role.AUDITOR)
def all_intakes():
    form, rows = _intake_rows()
    page = page_of(rows)
    return render_template(
        "intake/intakes.html",
        form=form,
        page=page,
        counts=queries.counts([one.id for one in page.items]),
        no_counts=Counts(),
        share=share,
    )


@intake.get("/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_intakes(kind: str):
    _form, rows = _intake_rows()
    found = queries.all_of(rows)
    counts = queries.counts([one.id for one in found])
    return download(tables.of_intakes(found, counts), kind, _("Intake"))


def _usual() -> dict:
    begins = date(clock.today().year + 1, 9, 1)
    most = value_of("intake_highest_score")
    return {
        "year": begins.year,
        "starts_on": begins,
        "last_day": date(begins.year + 3, 8, 31),
        "report_by": begins,
        "written_most": most,
        "interview_most": most,
    }


@intake.route("/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_intake():
    form = NewIntakeForm(data=_usual() if request.method == "GET" else None)
    form.programme_id.choices = options(
        {one.id: f"{named(one)} ({one.code})" for one in open_to_new()}
    )
    if form.validate_on_submit():
        try:
            made = actions.open_intake(
                form.values(), by=viewer(), at=clock.now(), request_key=form.form_key.data
            )
        except actions.YearTaken:
            form.refuse("year", _("This programme has an intake of this year already."))
        else:
            flash(_("The intake is open."), "success")
            return redirect(url_for("intake.one_intake", intake_id=made.id))
    return render_template("intake/new_intake.html", form=form)


@intake.route("/<int:intake_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_intake(intake_id: int):
    found = queries.intake_by_id(intake_id)
    form = IntakeForm(data=plan_of(found))
    stale = None
    if form.validate_on_submit():
        try:
            actions.change_intake(
                found,
                form.values(),
                version=form.version.data,
                why=form.why.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            stale = form.stale_against(found, **plan_of(found))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("intake.one_intake", intake_id=intake_id))
    page = render_template(
        "intake/edit_intake.html",
        form=form,
        intake=found,
        stale=stale,
        changes=page_of(changes_of(found)),
        fields=FIELDS,
        values=VALUES,
    )
    return page, 200 if stale is None else 409


def _applicant_rows(found):
    form = ApplicantSearchForm()
    return form, queries.applicants(
        viewer(),
        found,
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", "-total"),
    )


@intake.get("/<int:intake_id>")
@allow(Role.OFFICE, Role.AUDITOR)
def one_intake(intake_id: int):
    found = queries.intake_by_id(intake_id)
    form, rows = _applicant_rows(found)
    has = queries.counts([intake_id]).get(intake_id, Counts())
    return render_template(
        "intake/intake.html",
        intake=found,
        form=form,
        page=page_of(rows),
        counts=has,
        share=share(has.admitted, found.planned),
        states=STATES,
        kinds=STATE_KINDS,
        state_of=state_of,
        report_by=found.report_ends_on - timedelta(days=1),
    )


@intake.get("/<int:intake_id>/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_applicants(intake_id: int, kind: str):
    _form, rows = _applicant_rows(queries.intake_by_id(intake_id))
    unmasked = viewer().holds(Role.OFFICE)
    table = tables.of_applicants(queries.all_of(rows), _("Applicants"), unmasked=unmasked)
    return download(table, kind, _("Applicants"))


@intake.get("/<int:intake_id>/admission")
@allow(Role.OFFICE, Role.AUDITOR)
def admission(intake_id: int):
    found = queries.intake_by_id(intake_id)
    page = page_of(queries.ranked(found))
    has = queries.counts([intake_id]).get(intake_id, Counts())
    return render_template(
        "intake/admission.html",
        intake=found,
        page=page,
        counts=has,
        share=share(has.admitted, found.planned),
        states=STATES,
        kinds=STATE_KINDS,
    )


@intake.get("/<int:intake_id>/admission/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_admission(intake_id: int, kind: str):
    rows = queries.all_of(queries.ranked(queries.intake_by_id(intake_id)))
    table = tables.of_ranks(rows, unmasked=viewer().holds(Role.OFFICE))
    return download(table, kind, _("Admission list"))
