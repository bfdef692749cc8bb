"""Schemes of promotion and honours: conditions, who meets them, what is missing, the evidence."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, queue
from trainingbase.access import allow, viewer
from trainingbase.careers import printing, tables
from trainingbase.careers.actions import promotion as actions
from trainingbase.careers.actions import writing
from trainingbase.careers.forms.promotion import (
    CONDITIONS,
    CandidateListForm,
    NewSchemeForm,
    SchemeForm,
    filled,
)
from trainingbase.careers.queries import evidence
from trainingbase.careers.queries import promotion as queries
from trainingbase.careers.routes.blueprint import READERS, careers
from trainingbase.downloads import as_file, download
from trainingbase.history.queries import changes_of
from trainingbase.i18n import language, named
from trainingbase.mailing.settings import settings_of
from trainingbase.paging import page_of, page_of_list
from trainingbase.roles import Role
from trainingbase.stale import Stale

CONCERNED = (Role.RESIDENT, Role.FACULTY, *READERS)


@careers.get("/promotion")
@allow(*READERS)
def schemes():
    return render_template("careers/schemes.html", schemes=queries.schemes(), today=clock.today())


def _listed(scheme):
    form = CandidateListForm()
    rows = queries.candidates(
        scheme,
        today=clock.today(),
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, rows


@careers.get("/promotion/<int:scheme_id>")
@allow(*READERS)
def scheme(scheme_id: int):
    found = queries.scheme_by_id(scheme_id)
    form, rows = _listed(found)
    return render_template(
        "careers/scheme.html",
        scheme=found,
        form=form,
        page=page_of_list(rows),
        ready=sum(one.is_ready for one in rows),
        told=queries.told_of(found),
        changes=page_of(changes_of(found)),
    )


@careers.post("/promotion/<int:scheme_id>/telling")
@allow(Role.OFFICE)
def tell_ready(scheme_id: int):
    """Everybody who meets everything and was not told yet."""
    found = queries.scheme_by_id(scheme_id)
    settings = settings_of(current_app.config)
    rows = queries.candidates(found, today=clock.today(), state="ready")
    told = writing.tell_ready(found, rows, settings, by=viewer(), at=clock.now())
    if told.mail:
        queue.enqueue("send-mail")
    flash(_("Told in the portal: %(portal)s, by mail: %(mail)s.", portal=told.portal,
            mail=told.mail), "success")  # fmt: skip
    if told.nowhere:
        flash(_("Without an account and a mail address: %(number)s.", number=told.nowhere), "info")
    return redirect(url_for("careers.scheme", scheme_id=scheme_id))


@careers.get("/promotion/<int:scheme_id>/export/<string:kind>")
@allow(*READERS)
def export_candidates(scheme_id: int, kind: str):
    found = queries.scheme_by_id(scheme_id)
    _form, rows = _listed(found)
    return download(tables.of_candidates(found, rows), kind, named(found))


@careers.route("/promotion/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_scheme():
    form = NewSchemeForm()
    if form.validate_on_submit():
        made = actions.make_scheme(
            form.values(), form.conditions(), by=viewer(), at=clock.now(),
            request_key=form.form_key.data,
        )  # fmt: skip
        flash(_("Saved."), "success")
        return redirect(url_for("careers.scheme", scheme_id=made.id))
    return render_template(
        "careers/scheme_form.html", form=form, scheme=None, conditions=CONDITIONS, stale=None
    )


@careers.route("/promotion/<int:scheme_id>/change", methods=["GET", "POST"])
@allow(Role.OFFICE)
def change_scheme(scheme_id: int):
    found = queries.scheme_by_id(scheme_id)
    form = SchemeForm(data=filled(found))
    stale, status = None, 200
    if form.validate_on_submit():
        try:
            actions.change_scheme(
                found, form.values(), form.conditions(), version=form.version.data,
                why=form.why.data, by=viewer(), at=clock.now(),
            )  # fmt: skip
        except Stale:
            stale, status = form.stale_against(found, **filled(found)), 409
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("careers.scheme", scheme_id=scheme_id))
    page = render_template(
        "careers/scheme_form.html", form=form, scheme=found, conditions=CONDITIONS, stale=stale
    )
    return page, status


def _candidate(scheme_id: int, person_id: int):
    """Of oneself, or as the office and the auditor of anybody the scheme is for."""
    if not queries.may_see(viewer(), person_id):
        abort(404)
    found = queries.scheme_by_id(scheme_id)
    return found, queries.candidate(found, person_id, today=clock.today())


@careers.get("/promotion/<int:scheme_id>/people/<int:person_id>")
@allow(*CONCERNED)
def candidate(scheme_id: int, person_id: int):
    found, one = _candidate(scheme_id, person_id)
    rows = evidence.shown(row for met in one.met for row in met.found.rows)
    return render_template(
        "careers/candidate.html",
        scheme=found,
        one=one,
        rows=rows,
        awards=queries.awards_of(person_id),
        name_of=printing.name_of,
        when=printing.when,
        own=person_id == viewer().id,
    )


@careers.get("/promotion/<int:scheme_id>/people/<int:person_id>/evidence.pdf")
@allow(*CONCERNED)
def pack(scheme_id: int, person_id: int):
    found, one = _candidate(scheme_id, person_id)
    rows = evidence.shown(row for met in one.met for row in met.found.rows)
    base = current_app.config["BASE_NAME_EN" if language() == "en" else "BASE_NAME"]
    from trainingbase.paper import pdf_aside

    awards = queries.awards_of(person_id)
    document = printing.evidence_pack(found, one, rows, awards, base=base, made_at=clock.now())
    return as_file(pdf_aside(document), "pdf", f"{named(found)} {one.name}")
