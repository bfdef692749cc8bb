"""A form as a file, out and in."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import as_file
from trainingbase.instruments import actions, queries
from trainingbase.instruments.exchange import LARGEST, SCHEMA, NotJson, read, written
from trainingbase.instruments.forms.editing import TakeInForm
from trainingbase.instruments.routes.blueprint import instruments
from trainingbase.instruments.routes.reading import READERS
from trainingbase.instruments.words import wrong_in_words
from trainingbase.roles import Role

MOST_SHOWN = 50


@instruments.get("/<int:instrument_id>/file")
@allow(*READERS)
def file(instrument_id: int):
    one = queries.instrument_by_id(instrument_id)
    name = f"{one.identity.replace('/', '-')}-{one.version}"
    return as_file(written(one), "json", name)


@instruments.get("/schema")
@allow(*READERS)
def schema():
    return as_file(SCHEMA.read_bytes(), "json", "instrument.schema")


@instruments.route("/taking-in", methods=["GET", "POST"])
@allow(Role.OFFICE)
def take_in():
    form, found = TakeInForm(), []
    if form.validate_on_submit():
        try:
            made = _taken_in(form)
        except actions.NotReady as not_ready:
            found = [(one.path or "—", wrong_in_words(one)) for one in not_ready.wrongs]
            form.refuse("file", _("%(n)s things are wrong with this file.", n=len(found)))
        else:
            if made is not None:
                flash(_("Taken in as a draft."), "success")
                return redirect(url_for("instruments.instrument", instrument_id=made.id))
    page = render_template(
        "instruments/take_in.html", form=form, wrongs=found[:MOST_SHOWN], number=len(found)
    )
    return page, 422 if form.errors else 200


def _taken_in(form: TakeInForm):
    content = form.content()
    if len(content) > LARGEST:
        form.refuse("file", _("This file is too large: at most %(size)s MB.", size="0.4"))
        return None
    try:
        document = read(content)
    except NotJson as bad:
        form.refuse(
            "file",
            _("This is no JSON file.")
            if bad.line is None
            else _("This is no JSON file: look at line %(line)s.", line=bad.line),
        )
        return None
    return actions.take_in(document, by=viewer(), at=clock.now())
