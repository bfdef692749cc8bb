"""Where departments and sites are paid."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.incentives import words as said
from trainingbase.incentives.actions import payouts as actions
from trainingbase.incentives.forms.payouts import PlaceAccountForm, PlacesForm
from trainingbase.incentives.queries import places as queries
from trainingbase.incentives.routes.blueprint import READERS, incentives
from trainingbase.incentives.tables import places_table
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _chosen(form: PlacesForm):
    return queries.places(
        search=form.search.data or "", kind=form.kind.data or "", account=form.account.data or ""
    )


@incentives.get("/places")
@allow(*READERS)
def places():
    form = PlacesForm()
    return render_template(
        "incentives/places.html", form=form, page=page_of_columns(_chosen(form)), said=said
    )


@incentives.get("/places/export/<string:kind>")
@allow(*READERS)
def places_export(kind: str):
    rows = queries.rows_of(_chosen(PlacesForm()))
    return download(places_table(rows), kind, "place-accounts")


@incentives.route("/places/<string:kind>/<int:number>/account", methods=["GET", "POST"])
@allow(Role.OFFICE)
def place_account(kind: str, number: int):
    if kind not in queries.KINDS:
        abort(404)
    place, account = queries.place(kind, number), queries.account_of_place(kind, number)
    form, stale = PlaceAccountForm(obj=account), None
    if form.validate_on_submit():
        try:
            actions.set_place_account(
                kind, number, form.answers(), version=form.version.data, by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        except Stale as refused:
            stale = form.stale_against(refused.row)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("incentives.places"))
    page = render_template(
        "incentives/place_account.html", form=form, place=place, account=account, stale=stale
    )
    return page, 409 if stale is not None else 422 if form.is_submitted() else 200
