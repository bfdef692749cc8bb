"""Visits to sites, what was found, and what was put right."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.files.sending import send
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites import actions, queries, tables
from trainingbase.sites.forms import FindingSearchForm, PutRightForm, VisitForm, VisitSearchForm
from trainingbase.sites.routes import KEEPERS, READERS, sites
from trainingbase.sites.routes.trails import trail_of
from trainingbase.sites.words import VISIT_KINDS
from trainingbase.thresholds.queries import whole


def _offer_sites(form) -> None:
    seen = queries.institutions_seen(viewer())
    form.institution.choices = options({0: _("All")} | {one.id: named(one) for one in seen})


def _rows():
    form = VisitSearchForm()
    _offer_sites(form)
    rows = queries.visits_listed(
        viewer(),
        institution_id=form.institution.data or 0,
        kind=form.kind.data or "",
        search=form.search.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, rows


@sites.get("/visits")
@allow(*READERS)
def visits():
    form, rows = _rows()
    return render_template(
        "sites/visits.html", form=form, page=page_of(rows), kinds=VISIT_KINDS, tab="visits"
    )


@sites.get("/visits/export/<string:kind>")
@allow(*READERS)
def export_visits(kind: str):
    return download(tables.of_visits(queries.all_of(_rows()[1])), kind, _("Visits"))


@sites.route("/<int:institution_id>/visits/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_visit(institution_id: int):
    one = queries.institution_for(viewer(), institution_id)
    form = VisitForm(data={"visited_on": clock.today()} if request.method == "GET" else None)
    if form.validate_on_submit() and not form.errors:
        if form.visited_on.data > clock.today():
            form.refuse("visited_on", _("This day has not come yet."))
        else:
            made = actions.add_visit(
                one,
                {
                    "visited_on": form.visited_on.data,
                    "kind": form.kind.data,
                    "visitors": form.visitors.data,
                    "summary": form.summary.data or None,
                },
                form.findings(),
                upload=form.file.upload,
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
            flash(_("The visit is kept."), "success")
            return redirect(url_for("sites.visit", visit_id=made.id))
    usual = clock.today() + timedelta(days=whole("finding_due_days"))
    return render_template(
        "sites/form.html",
        form=form,
        title=_("Keep a visit"),
        lead=_("What was found is usually put right until %(day)s.", day=usual.isoformat()),
        trail=trail_of(one),
        back=url_for("sites.institution", institution_id=one.id),
    )


@sites.get("/visits/<int:visit_id>")
@allow(*READERS)
def visit(visit_id: int):
    one = queries.visit_for(viewer(), visit_id)
    return render_template(
        "sites/visit.html",
        visit=one,
        kinds=VISIT_KINDS,
        tends=queries.may_tend(viewer(), one.institution),
    )


@sites.get("/visits/<int:visit_id>/file")
@allow(*READERS)
def visit_file(visit_id: int):
    one = queries.visit_for(viewer(), visit_id)
    return send(one.file) if one.file is not None else abort(404)


def _findings():
    form = FindingSearchForm()
    _offer_sites(form)
    rows = queries.findings_listed(
        viewer(),
        state=form.state.data or "",
        institution_id=form.institution.data or 0,
        today=clock.today(),
    )
    return form, rows


@sites.get("/findings")
@allow(*READERS)
def findings():
    form, rows = _findings()
    return render_template("sites/findings.html", form=form, page=page_of(rows), tab="findings")


@sites.get("/findings/export/<string:kind>")
@allow(*READERS)
def export_findings(kind: str):
    return download(tables.of_findings(queries.all_of(_findings()[1])), kind, _("What was found"))


@sites.route("/findings/<int:finding_id>", methods=["GET", "POST"])
@allow(*KEEPERS)
def put_right(finding_id: int):
    finding = queries.finding_for(viewer(), finding_id)
    if not queries.may_tend(viewer(), finding.visit.institution):
        abort(404)
    form = PutRightForm(data={"done_on": clock.today()} if request.method == "GET" else None)
    back = url_for("sites.visit", visit_id=finding.visit_id)
    if form.validate_on_submit():
        if not finding.visit.visited_on <= form.done_on.data <= clock.today():
            form.refuse("done_on", _("Choose a day from the visit until today."))
        else:
            try:
                actions.put_right(
                    finding,
                    done_on=form.done_on.data,
                    remedy=form.remedy.data,
                    upload=form.evidence.upload,
                    by=viewer(),
                    at=clock.now(),
                )
            except actions.AlreadyDone:
                flash(_("Somebody else has put this right meanwhile."), "info")
            else:
                flash(_("Kept as put right."), "success")
            return redirect(back)
    return render_template(
        "sites/form.html",
        form=form,
        title=_("Say it is put right"),
        lead=finding.what,
        trail=trail_of(finding.visit.institution),
        back=back,
    )


@sites.get("/findings/<int:finding_id>/evidence")
@allow(*READERS)
def evidence(finding_id: int):
    finding = queries.finding_for(viewer(), finding_id)
    return send(finding.evidence) if finding.evidence is not None else abort(404)
