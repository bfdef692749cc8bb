"""Honours and awards that were given."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.careers import tables
from trainingbase.careers.actions import promotion as actions
from trainingbase.careers.forms.promotion import AwardForm, AwardListForm
from trainingbase.careers.models import AlreadyDecided
from trainingbase.careers.queries import promotion as queries
from trainingbase.careers.routes.blueprint import READERS, careers
from trainingbase.careers.routes.promotion import CONCERNED
from trainingbase.downloads import download
from trainingbase.files.sending import send
from trainingbase.form import options
from trainingbase.paging import page_of
from trainingbase.people.queries import person_by_id
from trainingbase.roles import Role


def _listed():
    form = AwardListForm()
    form.validate()
    rows = queries.awards(
        viewer(),
        search=form.search.data or "",
        level=form.level.data or "",
        year=form.year.data if form.year.data and not form.year.errors else 0,
        sort=request.args.get("sort", ""),
    )
    return form, rows


@careers.get("/awards")
@allow(*READERS)
def awards():
    form, rows = _listed()
    return render_template("careers/awards.html", form=form, page=page_of(rows))


@careers.get("/awards/export/<string:kind>")
@allow(*READERS)
def export_awards(kind: str):
    _form, rows = _listed()
    return download(tables.of_awards(queries.all_of(rows)), kind, _("Honours and awards"))


@careers.route("/awards/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_award():
    form = AwardForm(data={"person": request.args.get("person", 0, type=int)})
    people = queries.people_to_honour()
    form.person.choices = options(
        {0: "—"} | {key: f"{name}（{what}）" for key, name, what in people}
    )
    if form.validate_on_submit():
        person = person_by_id(form.person.data) if form.person.data else None
        if person is None:
            form.refuse("person", _("Choose a person."))
        elif form.given_on.data > clock.today():
            form.refuse("given_on", _("This day lies ahead."))
        else:
            answers = {
                "name": form.name.data,
                "level": form.level.data,
                "given_on": form.given_on.data,
                "given_by": form.given_by.data or None,
                "number": form.number.data or None,
            }
            actions.give_award(
                person, answers, file=form.file.upload, by=viewer(), at=clock.now(),
                request_key=form.form_key.data,
            )  # fmt: skip
            flash(_("Entered: it stands on the person's page."), "success")
            return redirect(url_for("careers.awards"))
    return render_template("careers/award_new.html", form=form)


@careers.post("/awards/<int:award_id>/withdrawal")
@allow(Role.OFFICE)
def withdraw_award(award_id: int):
    try:
        actions.withdraw_award(queries.award_for(viewer(), award_id), by=viewer(), at=clock.now())
    except AlreadyDecided:
        flash(_("It was withdrawn before."), "info")
    else:
        flash(_("Withdrawn."), "success")
    return redirect(url_for("careers.awards"))


@careers.get("/awards/<int:award_id>/file")
@allow(*CONCERNED)
def award_file(award_id: int):
    one = queries.award_for(viewer(), award_id)
    return send(one.file) if one.file is not None else abort(404)
