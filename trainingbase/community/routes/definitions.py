"""What each indicator of the community counts, as the base says it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.community import actions, queries, tables
from trainingbase.community.forms import DefinitionForm
from trainingbase.community.routes.pages import READERS, community
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


@community.get("/indicators")
@allow(*READERS)
def definitions():
    return render_template(
        "community/definitions.html",
        dimensions=queries.all_dimensions(),
        said=tables.said,
        sureness=tables.sureness,
    )


@community.route("/indicators/<int:dimension_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def define(dimension_id: int):
    one = queries.dimension_by_id(dimension_id)
    form, stale = DefinitionForm(obj=one), None
    if one.kind == "words" or one.computed_as:
        form.without_numbers()
    if form.validate_on_submit():
        try:
            actions.define(
                one, _answers(form), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(one)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("community.definitions"))
    page = render_template(
        "community/define.html",
        form=form,
        one=one,
        stale=stale,
        said=tables.said,
        changes=page_of(changes_of(one)),
        labels={field.name: field.label.text for field in form},
    )
    return page, 409 if stale is not None else 422 if form.errors else 200


def _answers(form: DefinitionForm) -> dict:
    """An empty text is none."""
    return {
        name: value if value or name in ("in_use", "unit", "times") else None
        for name, value in form.answers().items()
    }
