"""The pages on which the office says who is who."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.identities import actions, queries, tables
from trainingbase.identities.forms import (
    DIFFERENT,
    DecisionSearchForm,
    DoubleSearchForm,
    MergeSearchForm,
    PairForm,
)
from trainingbase.identities.words import why_not
from trainingbase.paging import page_of
from trainingbase.roles import Role

identities = Blueprint("identities", __name__, url_prefix="/identities")


def _double_rows():
    form = DoubleSearchForm()
    return form, queries.doubles(search=form.search.data or "", sort=request.args.get("sort", ""))


@identities.get("/", endpoint="doubles")
@allow(Role.OFFICE, Role.AUDITOR)
def all_doubles():
    form, rows = _double_rows()
    page = page_of(rows)
    earlier = queries.earlier_ones(page.items)
    everyone = [*page.items, *(one for some in earlier.values() for one in some)]
    return render_template(
        "identities/doubles.html",
        form=form,
        page=page,
        earlier=earlier,
        residents=queries.residents_of(everyone),
        teaching=queries.teaching_of(everyone),
    )


@identities.get("/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_doubles(kind: str):
    _form, rows = _double_rows()
    people = queries.all_of(rows)
    return download(tables.of_doubles(people, queries.earlier_ones(people)), kind, _("Who is who"))


@identities.route("/pairs/<int:one_id>/<int:other_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def pair(one_id: int, other_id: int):
    one, other = queries.person_by_id(one_id), queries.person_by_id(other_id)
    if one_id == other_id or one.merged_at or other.merged_at:
        abort(404)
    form = PairForm()
    form.said.choices = options(
        {
            str(one.id): _("The same person: keep the first"),
            str(other.id): _("The same person: keep the second"),
            DIFFERENT: _("Two different people"),
        }
    )
    if form.validate_on_submit() and _decided(form, one, other):
        return redirect(url_for("identities.doubles"))
    return render_template(
        "identities/pair.html",
        form=form,
        people=(one, other),
        residents=queries.residents_of((one, other)),
        teaching=queries.teaching_of((one, other)),
    )


def _decided(form: PairForm, one, other) -> bool:
    why, by, at = form.why.data, viewer(), clock.now()
    if form.said.data == DIFFERENT:
        actions.decide_pair(one, other, is_same=False, why=why, by=by, at=at)
        flash(_("Kept: they are two people."), "success")
        return True
    kept, gone = (one, other) if form.said.data == str(one.id) else (other, one)
    try:
        actions.merge(kept, gone, why=why, by=by, at=at)
    except actions.CannotMerge as refused:
        form.refuse("said", _("They cannot be made one: %(why)s.", why=why_not(refused.tables)))
        return False
    flash(_("They are one person now. The merge can be undone."), "success")
    return True


def _decision_rows():
    form = DecisionSearchForm()
    return form, queries.decisions(
        search=form.search.data or "",
        said=form.said.data or "",
        sort=request.args.get("sort", ""),
    )


@identities.get("/decisions", endpoint="decisions")
@allow(Role.OFFICE, Role.AUDITOR)
def all_decisions():
    form, rows = _decision_rows()
    return render_template(
        "identities/decisions.html", form=form, page=page_of(rows), masked=tables.masked
    )


@identities.get("/decisions/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_decisions(kind: str):
    _form, rows = _decision_rows()
    return download(tables.of_decisions(queries.all_of(rows)), kind, _("Decisions"))


def _merge_rows():
    form = MergeSearchForm()
    return form, queries.merges(
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
    )


@identities.get("/merges", endpoint="merges")
@allow(Role.OFFICE, Role.AUDITOR)
def all_merges():
    form, rows = _merge_rows()
    return render_template("identities/merges.html", form=form, page=page_of(rows))


@identities.get("/merges/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_merges(kind: str):
    _form, rows = _merge_rows()
    return download(tables.of_merges(queries.all_of(rows)), kind, _("Merges"))


@identities.post("/merges/<int:merge_id>/undoing")
@allow(Role.OFFICE)
def undo_merge(merge_id: int):
    try:
        actions.undo(queries.merge_by_id(merge_id), by=viewer(), at=clock.now())
    except actions.CannotUndo:
        flash(
            _("This merge cannot be undone: it was already, or one of them was merged again."),
            "error",
        )
    else:
        flash(_("They are two people again, as before."), "success")
    return redirect(url_for("identities.merges"))
