"""Changing a draft: its head, its items, its rules for passing."""

from types import SimpleNamespace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.i18n import named
from trainingbase.instruments import actions, queries
from trainingbase.instruments.forms.editing import HeadForm, PressedForm
from trainingbase.instruments.forms.items import (
    columns_of,
    item_form,
    present,
    rule_form,
    rule_of,
)
from trainingbase.instruments.models import Instrument, Item
from trainingbase.instruments.routes.blueprint import instruments
from trainingbase.instruments.routes.versions import page_of_form
from trainingbase.instruments.words import rule_in_words
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _locked(one: Instrument):
    flash(_("This version does not change. Make a version of your own to change something."),
          "error")  # fmt: skip
    return page_of_form(one.id)


def _item_of(one: Instrument, item_id: int) -> Item:
    found = next((item for item in one.items if item.id == item_id), None)
    if found is None:
        abort(404)
    return found


def _as_row(one: Instrument, **more) -> SimpleNamespace:
    """What a stale form is compared with: the version of a draft is its count of changes."""
    return SimpleNamespace(version=one.edits, **more)


def _page(template: str, one: Instrument, form, stale, **more):
    status = 409 if stale is not None else 422 if form.errors else 200
    return render_template(template, instrument=one, form=form, stale=stale, **more), status


@instruments.route("/<int:instrument_id>/head", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_head(instrument_id: int):
    one = queries.instrument_by_id(instrument_id)
    if not one.may_be_edited:
        return _locked(one)
    now = {name: getattr(one, name) for name in HEAD}
    form = HeadForm(data={**now, "veto": one.veto or "", "version": one.edits})
    stale = None
    if form.validate_on_submit():
        said = form.answers() | {
            name: form[name].data or None for name in ("note", "note_en", "veto")
        }
        try:
            actions.change_head(one, said, edits=form.version.data, by=viewer(), at=clock.now())
        except Stale:
            now = {name: getattr(one, name) for name in HEAD}
            stale = form.stale_against(_as_row(one, **now))
        except actions.NotADraft:
            return _locked(one)
        else:
            flash(_("Saved."), "success")
            return page_of_form(instrument_id)
    return _page("instruments/edit_head.html", one, form, stale)


HEAD = (
    "name", "name_en", "assessor", "subject", "note", "note_en", "source", "is_once",
    "is_confidential", "veto",
)  # fmt: skip


@instruments.route("/<int:instrument_id>/items/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def add_item(instrument_id: int):
    return _edit_item(queries.instrument_by_id(instrument_id), None)


@instruments.route("/<int:instrument_id>/items/<int:item_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_item(instrument_id: int, item_id: int):
    one = queries.instrument_by_id(instrument_id)
    return _edit_item(one, _item_of(one, item_id))


def _edit_item(one: Instrument, item: Item | None):
    if not one.may_be_edited:
        return _locked(one)
    form, stale = item_form(one, item), None
    if not form.is_submitted():
        form.version.data = one.edits
    columns = columns_of(form) if form.validate_on_submit() else None
    if columns is not None:
        known = {"edits": form.version.data, "by": viewer(), "at": clock.now()}
        try:
            if item is None:
                item = actions.add_item(one, columns, **known)
            else:
                actions.change_item(one, item, columns, **known)
        except Stale:
            stale = form.stale_against(_as_row(one), **(present(item) if item else {}))
        except actions.NotADraft:
            return _locked(one)
        except actions.AlreadyThere:
            one = queries.instrument_by_id(one.id)
            form.refuse("code", _("The form has an item with this code."))
        else:
            flash(_("Saved."), "success")
            if request.form.get("then") == "another":
                return redirect(url_for("instruments.add_item", instrument_id=one.id))
            return redirect(
                url_for("instruments.instrument", instrument_id=one.id, _anchor=f"item-{item.id}")
            )
    return _page("instruments/edit_item.html", one, form, stale, item=item)


@instruments.post("/<int:instrument_id>/items/<int:item_id>/removal")
@allow(Role.OFFICE)
def remove_item(instrument_id: int, item_id: int):
    one = queries.instrument_by_id(instrument_id)
    item = _item_of(one, item_id)
    try:
        actions.remove_item(
            one, item, edits=PressedForm().version.data, by=viewer(), at=clock.now()
        )
    except Stale:
        flash(_("Somebody else has changed this meanwhile"), "error")
    except actions.NotADraft:
        return _locked(one)
    else:
        flash(_("Taken out."), "success")
    return page_of_form(instrument_id)


@instruments.post("/<int:instrument_id>/items/<int:item_id>/shift/<string:way>")
@allow(Role.OFFICE)
def shift_item(instrument_id: int, item_id: int, way: str):
    if way not in ("up", "down"):
        abort(404)
    one = queries.instrument_by_id(instrument_id)
    item = _item_of(one, item_id)
    try:
        actions.shift_item(one, item, -1 if way == "up" else 1, by=viewer(), at=clock.now())
    except actions.NotADraft:
        return _locked(one)
    return redirect(
        url_for("instruments.instrument", instrument_id=instrument_id, _anchor=f"item-{item_id}")
    )


@instruments.route("/<int:instrument_id>/rules", methods=["GET", "POST"])
@allow(Role.OFFICE)
def rules(instrument_id: int):
    one = queries.instrument_by_id(instrument_id)
    if not one.may_be_edited:
        return _locked(one)
    form, stale = rule_form(one), None
    if not form.is_submitted():
        form.version.data = one.edits
    rule = rule_of(form) if form.validate_on_submit() else None
    if rule is not None:
        try:
            actions.add_rule(one, rule, edits=form.version.data, by=viewer(), at=clock.now())
        except Stale:
            stale = form.stale_against(_as_row(one))
        except actions.NotADraft:
            return _locked(one)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("instruments.rules", instrument_id=instrument_id))
    names = {item.code: named(item) for item in one.items}
    said = [rule_in_words(each, names) for each in one.pass_rules or ()]
    return _page("instruments/rules.html", one, form, stale, rules=said)


@instruments.post("/<int:instrument_id>/rules/<int:place>/removal")
@allow(Role.OFFICE)
def remove_rule(instrument_id: int, place: int):
    one = queries.instrument_by_id(instrument_id)
    try:
        actions.remove_rule(
            one, place, edits=PressedForm().version.data, by=viewer(), at=clock.now()
        )
    except Stale:
        flash(_("Somebody else has changed this meanwhile"), "error")
    except actions.NotADraft:
        return _locked(one)
    except LookupError:
        abort(404)
    else:
        flash(_("Taken out."), "success")
    return redirect(url_for("instruments.rules", instrument_id=instrument_id))
