"""The lists the base keeps: reasons for leaving, and counties by their codes."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.careers.actions import choices as actions
from trainingbase.careers.forms.following import ChoiceForm
from trainingbase.careers.queries import employment as queries
from trainingbase.careers.routes.blueprint import READERS, careers
from trainingbase.careers.words import LISTS
from trainingbase.roles import Role


@careers.get("/lists")
@allow(*READERS)
def lists():
    return _page(ChoiceForm() if viewer().holds(Role.OFFICE) else None)


def _page(form, status: int = 200):
    found = [(LISTS[of], queries.choices(of, all_of_them=True)) for of in LISTS]
    return render_template("careers/lists.html", lists=found, form=form), status


@careers.post("/lists")
@allow(Role.OFFICE)
def add_choice():
    form = ChoiceForm()
    if form.validate_on_submit():
        try:
            actions.add_choice(
                form.of.data, form.code.data, form.name.data, form.name_en.data or None,
                by=viewer(), at=clock.now(),
            )  # fmt: skip
        except actions.Taken:
            form.refuse("code", _("The list has this code already."))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("careers.lists"))
    return _page(form, 422)


@careers.post("/lists/<int:choice_id>/use")
@allow(Role.OFFICE)
def use_choice(choice_id: int):
    one = queries.choice_by_id(choice_id)
    actions.use_choice(one, in_use=not one.in_use, by=viewer(), at=clock.now())
    flash(_("Saved."), "success")
    return redirect(url_for("careers.lists"))
