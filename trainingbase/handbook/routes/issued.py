"""Handbooks issued: the list, one's own, one of them, its file, its withdrawal."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.queries import cohorts, resident_of
from trainingbase.files.sending import send
from trainingbase.form import options
from trainingbase.handbook import actions, tables
from trainingbase.handbook.forms import HandbookListForm, OneForm, WithdrawalForm
from trainingbase.handbook.models import AlreadyWithdrawn
from trainingbase.handbook.queries import handbooks as queries
from trainingbase.handbook.routes.blueprint import EVERY_READER, READERS, handbook
from trainingbase.handbook.rules.content import grouped
from trainingbase.handbook.words import LANGUAGES, STATE_KINDS, STATES
from trainingbase.i18n import language, named
from trainingbase.paging import page_of
from trainingbase.roles import Role


def words() -> dict:
    return {
        "languages": LANGUAGES,
        "states": STATES,
        "state_kinds": STATE_KINDS,
        "grouped": grouped,
    }


def _wanted():
    form = HandbookListForm()
    form.cohort.choices = options({0: _("All")} | {one.id: named(one) for one in cohorts()})
    which = queries.Filter(
        search=form.search.data or "",
        cohort_id=form.cohort.data or 0,
        language=form.language.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, queries.listed(viewer(), which)


@handbook.get("/", strict_slashes=False)
@allow(*READERS)
def handbooks():
    form, rows = _wanted()
    return render_template("handbook/handbooks.html", form=form, page=page_of(rows), **words())


@handbook.get("/export/<string:kind>")
@allow(*READERS)
def export(kind: str):
    _form, rows = _wanted()
    table = tables.of_handbooks(queries.all_of(rows))
    return download(table, kind, _("Training handbooks"))


@handbook.get("/mine")
@allow(Role.RESIDENT)
def mine():
    resident = resident_of(viewer())
    return render_template(
        "handbook/mine.html",
        resident=resident,
        page=page_of(queries.listed(viewer(), queries.Filter())),
        form=OneForm(data={"language": language()}),
        **words(),
    )


@handbook.get("/<int:handbook_id>")
@allow(*EVERY_READER)
def one(handbook_id: int):
    book = queries.handbook_for(viewer(), handbook_id)
    return render_template("handbook/one.html", book=book, form=WithdrawalForm(), **words())


@handbook.get("/<int:handbook_id>/file")
@allow(*EVERY_READER)
def file(handbook_id: int):
    return send(queries.handbook_for(viewer(), handbook_id).file)


@handbook.post("/<int:handbook_id>/withdrawal")
@allow(Role.OFFICE)
def withdraw(handbook_id: int):
    book, form = queries.handbook_for(viewer(), handbook_id), WithdrawalForm()
    if not form.validate_on_submit():
        return render_template("handbook/one.html", book=book, form=form, **words())
    try:
        actions.withdraw(book, form.because.data, by=viewer(), at=clock.now())
    except AlreadyWithdrawn:
        flash(_("It was withdrawn before."), "info")
    else:
        flash(_("Withdrawn: it does not verify any more."), "success")
    return redirect(url_for("handbook.one", handbook_id=handbook_id))
