"""Competency frameworks: loaded, and read as trees."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, signed_in, viewer
from trainingbase.downloads import download
from trainingbase.programmes import actions, queries, tables
from trainingbase.programmes.forms import TableForm
from trainingbase.programmes.frameworks import NotAFramework, entries, seeded
from trainingbase.programmes.routes import programmes
from trainingbase.programmes.words import FRAMEWORK_KINDS
from trainingbase.roles import Role


@programmes.get("/frameworks")
@signed_in
def frameworks():
    return render_template(
        "programmes/frameworks.html",
        frameworks=queries.frameworks(),
        counts=queries.competency_counts(),
        kinds=FRAMEWORK_KINDS,
        form=TableForm(formdata=None),
    )


@programmes.get("/frameworks/<int:framework_id>")
@signed_in
def framework(framework_id: int):
    found = queries.framework_by_id(framework_id)
    rows = queries.competencies_of([found.id])
    return render_template(
        "programmes/framework.html",
        framework=found,
        rows=queries.tree(rows),
        kinds=FRAMEWORK_KINDS,
    )


@programmes.get("/frameworks/<int:framework_id>/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_framework(framework_id: int, kind: str):
    found = queries.framework_by_id(framework_id)
    rows = queries.competencies_of([found.id])
    return download(tables.of_framework(rows), kind, found.code.replace("/", "-"))


def _told(found: tuple[int, int]):
    flash(
        _("%(frameworks)s frameworks are new; %(entries)s entries are new or changed.",
          frameworks=found[0], entries=found[1]),
        "success",
    )  # fmt: skip
    return redirect(url_for("programmes.frameworks"))


@programmes.post("/frameworks/seeded")
@allow(Role.OFFICE)
def load_seeded():
    return _told(actions.load_frameworks(seeded(), by=viewer(), at=clock.now()))


@programmes.post("/frameworks")
@allow(Role.OFFICE)
def load_framework():
    form = TableForm()
    if form.validate_on_submit():
        try:
            rows = entries(form.content())
        except NotAFramework as wrong:
            form.refuse("file", _wrong(wrong))
        else:
            return _told(actions.load_frameworks(rows, by=viewer(), at=clock.now()))
    page = render_template(
        "programmes/frameworks.html",
        frameworks=queries.frameworks(),
        counts=queries.competency_counts(),
        kinds=FRAMEWORK_KINDS,
        form=form,
    )
    return page, 422


def _wrong(wrong: NotAFramework) -> str:
    if wrong.row is None:
        return _("This is no table of a framework: the column “%(name)s” is missing.",
                 name=wrong.what)  # fmt: skip
    return _("Row %(row)s: “%(name)s” is missing, twice or unknown.", row=wrong.row,
             name=wrong.what)  # fmt: skip
