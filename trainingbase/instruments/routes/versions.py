"""Beginning, copying, publishing and retiring forms."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.instruments import actions, queries
from trainingbase.instruments.forms.editing import BeginForm, CopyForm
from trainingbase.instruments.routes.blueprint import instruments
from trainingbase.instruments.words import wrong_in_words
from trainingbase.roles import Role


def page_of_form(instrument_id: int):
    return redirect(url_for("instruments.instrument", instrument_id=instrument_id))


@instruments.route("/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def begin():
    form = BeginForm()
    if form.validate_on_submit():
        try:
            made = actions.begin(
                name=form.name.data,
                title=form.title.data,
                title_en=form.title_en.data,
                assessor=form.assessor.data,
                subject=form.subject.data,
                by=viewer(),
                at=clock.now(),
            )
        except actions.AlreadyThere:
            form.refuse("name", _("Another form has this name."))
        else:
            flash(_("Begun. Now add its items."), "success")
            return page_of_form(made.id)
    return render_template("instruments/begin.html", form=form), 422 if form.errors else 200


@instruments.post("/<int:instrument_id>/version")
@allow(Role.OFFICE)
def make_version(instrument_id: int):
    source = queries.instrument_by_id(instrument_id)
    made = actions.make_version(source, by=viewer(), at=clock.now())
    flash(_("This is the draft of your base's own version."), "success")
    return page_of_form(made.id)


@instruments.route("/<int:instrument_id>/copy", methods=["GET", "POST"])
@allow(Role.OFFICE)
def copy(instrument_id: int):
    source, form = queries.instrument_by_id(instrument_id), CopyForm()
    if form.validate_on_submit():
        try:
            made = actions.copy_as(source, name=form.name.data, by=viewer(), at=clock.now())
        except actions.AlreadyThere:
            form.refuse("name", _("Another form has this name."))
        else:
            flash(_("Copied: a draft of a form of your own."), "success")
            return page_of_form(made.id)
    page = render_template("instruments/copy.html", form=form, instrument=source)
    return page, 422 if form.errors else 200


@instruments.post("/<int:instrument_id>/publication")
@allow(Role.OFFICE)
def publish(instrument_id: int):
    one = queries.instrument_by_id(instrument_id)
    try:
        actions.publish(one, by=viewer(), at=clock.now())
    except actions.NotReady as not_ready:
        first = not_ready.wrongs[0]
        flash(_("Not yet: %(path)s: %(why)s", path=first.path, why=wrong_in_words(first)), "error")
    else:
        flash(_("In use from now on. It does not change any more."), "success")
    return page_of_form(instrument_id)


@instruments.post("/<int:instrument_id>/retirement")
@allow(Role.OFFICE)
def retire(instrument_id: int):
    actions.retire(queries.instrument_by_id(instrument_id), by=viewer(), at=clock.now())
    flash(_("Retired. What was answered stays."), "success")
    return page_of_form(instrument_id)


@instruments.post("/<int:instrument_id>/discarding")
@allow(Role.OFFICE)
def discard(instrument_id: int):
    try:
        actions.discard(queries.instrument_by_id(instrument_id), by=viewer(), at=clock.now())
    except actions.NotADraft:
        flash(_("Only a draft is discarded."), "error")
        return page_of_form(instrument_id)
    flash(_("Discarded."), "success")
    return redirect(url_for("instruments.instruments"))
