"""Agreements with a site."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.files.sending import send
from trainingbase.roles import Role
from trainingbase.sites import actions, queries
from trainingbase.sites.forms import AgreementForm, EditAgreementForm
from trainingbase.sites.queries.agreements import agreements_of
from trainingbase.sites.routes import READERS, sites
from trainingbase.sites.routes.trails import trail_of
from trainingbase.sites.rules.agreements import state_of
from trainingbase.sites.words import AGREEMENT_STATES
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import whole


@sites.get("/<int:institution_id>/agreements")
@allow(*READERS)
def agreements(institution_id: int):
    one = queries.institution_for(viewer(), institution_id)
    today, soon = clock.today(), whole("agreement_reminder_days")
    rows = agreements_of(one)
    return render_template(
        "sites/agreements.html",
        institution=one,
        agreements=[
            (
                row,
                AGREEMENT_STATES[
                    state_of(row.starts_on, row.ends_on, today=today, soon=soon, needed=True)
                ],
            )
            for row in rows
        ],
        tends=viewer().holds(Role.OFFICE),
    )


@sites.route("/<int:institution_id>/agreements/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_agreement(institution_id: int):
    one = queries.institution_for(viewer(), institution_id)
    form = AgreementForm()
    home = url_for("sites.agreements", institution_id=one.id)
    if form.validate_on_submit() and not form.errors:
        actions.add_agreement(
            one,
            form.columns(),
            upload=form.file.upload,
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
        flash(_("The agreement is kept."), "success")
        return redirect(home)
    trail = [*trail_of(one), (_("Agreements"), home)]
    return render_template(
        "sites/form.html", form=form, title=_("Add an agreement"), trail=trail, back=home
    )


@sites.route("/agreements/<int:agreement_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_agreement(agreement_id: int):
    row = queries.agreement_for(viewer(), agreement_id)
    form = EditAgreementForm(obj=row)
    last = row.ends_on - timedelta(days=1) if row.ends_on else None
    if request.method == "GET":
        form.last_day.data = last
    home = url_for("sites.agreements", institution_id=row.institution_id)
    stale = None
    if form.validate_on_submit() and not form.errors:
        try:
            actions.edit_agreement(
                row,
                form.columns(),
                upload=form.file.upload,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            last = row.ends_on - timedelta(days=1) if row.ends_on else None
            form.file.data = row.file
            stale = form.stale_against(row, last_day=last)
        else:
            flash(_("Saved."), "success")
            return redirect(home)
    page = render_template(
        "sites/form.html",
        form=form,
        title=_("Edit the agreement"),
        trail=[*trail_of(row.institution), (_("Agreements"), home)],
        back=home,
        stale=stale,
        again=url_for("sites.edit_agreement", agreement_id=row.id),
    )
    return page, 200 if stale is None else 409


@sites.get("/agreements/<int:agreement_id>/file")
@allow(*READERS)
def agreement_file(agreement_id: int):
    row = queries.agreement_for(viewer(), agreement_id)
    return send(row.file) if row.file is not None else abort(404)
