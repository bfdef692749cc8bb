"""The base's checklist of an induction, kept by the office."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.entering import actions, tables
from trainingbase.entering.forms import ItemForm, NewItemForm
from trainingbase.entering.queries import items as queries
from trainingbase.entering.routes.blueprint import READ, entering
from trainingbase.entering.words import FIELDS
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


@entering.get("/checklist")
@allow(*READ)
def checklist():
    return render_template("entering/checklist.html", items=queries.all_items(), form=_new())


def _new() -> NewItemForm | None:
    return NewItemForm() if viewer().holds(Role.OFFICE) else None


@entering.get("/checklist/export/<string:kind>")
@allow(*READ)
def export_checklist(kind: str):
    return download(tables.of_items(queries.all_items()), kind, _("Checklist"))


@entering.post("/checklist")
@allow(Role.OFFICE)
def add_item():
    form = NewItemForm()
    if not form.validate_on_submit():
        page = render_template("entering/checklist.html", items=queries.all_items(), form=form)
        return page, 422
    actions.add_item(form.columns(), by=viewer(), at=clock.now(), request_key=form.form_key.data)
    flash(_("Saved."), "success")
    return redirect(url_for("entering.checklist"))


@entering.route("/checklist/<int:item_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_item(item_id: int):
    item, stale = queries.item_by_id(item_id), None
    form = ItemForm(obj=item)
    if form.validate_on_submit():
        try:
            actions.edit_item(
                item, form.columns(), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(item)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("entering.checklist"))
    page = render_template(
        "entering/item.html",
        item=item,
        form=form,
        stale=stale,
        changes=page_of(changes_of(item)),
        fields=FIELDS,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


@entering.post("/checklist/<int:item_id>/move")
@allow(Role.OFFICE)
def move_item(item_id: int):
    places = -1 if request.form.get("way") == "up" else 1
    actions.move_item(queries.item_by_id(item_id), places, by=viewer(), at=clock.now())
    return redirect(url_for("entering.checklist") + f"#item-{item_id}")


@entering.post("/checklist/<int:item_id>/retirement")
@allow(Role.OFFICE)
def retire_item(item_id: int):
    actions.retire_item(queries.item_by_id(item_id), by=viewer(), at=clock.now())
    flash(_("It is asked no more; where it was ticked it stays."), "success")
    return redirect(url_for("entering.checklist"))


@entering.post("/checklist/<int:item_id>/return")
@allow(Role.OFFICE)
def use_item_again(item_id: int):
    actions.use_item_again(queries.item_by_id(item_id), by=viewer(), at=clock.now())
    flash(_("It is asked again."), "success")
    return redirect(url_for("entering.checklist"))
