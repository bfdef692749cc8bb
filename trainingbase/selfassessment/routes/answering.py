"""What the base says of a part itself, and the numbers a part is judged by."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.selfassessment import actions, queries
from trainingbase.selfassessment.findings import Ask, Facts, can_find
from trainingbase.selfassessment.forms import ActForm, AnswerForm, PartForm
from trainingbase.selfassessment.routes.blueprint import selfassessment, year_asked
from trainingbase.selfassessment.words import FIELDS
from trainingbase.stale import Stale


@selfassessment.route("/parts/<int:part_id>/answer", methods=["GET", "POST"])
@allow(Role.OFFICE)
def answer(part_id: int):
    part, year = queries.part_by_id(part_id), year_asked()
    kept = queries.answer_of(part, year)
    form, stale = AnswerForm(obj=kept), None
    if form.validate_on_submit():
        try:
            actions.answer(
                part,
                year,
                points=form.points.data,
                why=form.why.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except actions.MoreThanThere:
            form.refuse("points", _("This part gives at most %(points)s.", points=part.points))
        except Stale:
            stale = form.stale_against(kept)
        else:
            flash(_("Saved."), "success")
            return _to_item(part.item_id, year)
    page = render_template(
        "selfassessment/answer.html",
        form=form,
        part=part,
        year=year,
        kept=kept,
        found=queries.found(part, Facts(year, clock.today())),
        changes=page_of(changes_of(kept)) if kept is not None else None,
        stale=stale,
        labels=FIELDS | {"why": _("Why")},
    )
    return page, 200 if stale is None else 409


def _to_item(item_id: int, year: int):
    return redirect(url_for("selfassessment.item", item_id=item_id, year=year))


@selfassessment.post("/parts/<int:part_id>/answer/withdrawal")
@allow(Role.OFFICE)
def take_back_answer(part_id: int):
    part, year, form = queries.part_by_id(part_id), year_asked(), ActForm()
    form.validate()
    kept = queries.answer_of(part, year)
    if kept is None:
        flash(_("Nothing was said of this part."), "info")
    else:
        actions.take_back_answer(kept, version=form.version.data, by=viewer(), at=clock.now())
        flash(_("Taken back: what is computed counts again."), "success")
    return _to_item(part.item_id, year)


def _computes(part, form: PartForm) -> bool:
    ask = Ask(part.points, form.settings(), Facts(year_asked(), clock.today()))
    if form.alike(part.settings) and can_find(part.finding, ask):
        return True
    form.refuse("numbers", _("The part cannot be computed with this: keep its names and kinds."))
    return False


@selfassessment.route("/parts/<int:part_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_part(part_id: int):
    part = queries.part_by_id(part_id)
    form, stale = PartForm(obj=part), None
    said = " ".join(f"{name}={value}" for name, value in part.settings.items())
    if request.method == "GET":
        form.numbers.data = said
    if form.validate_on_submit() and _computes(part, form):
        answers = {name: form[name].data for name in ("name", "name_en", "points")}
        try:
            actions.edit_part(
                part,
                answers | {"settings": form.settings()},
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
                why=form.why.data,
            )
        except Stale:
            stale = form.stale_against(part, numbers=said)
        else:
            flash(_("Saved."), "success")
            return _to_item(part.item_id, year_asked())
    page = render_template(
        "selfassessment/part.html",
        form=form,
        part=part,
        stale=stale,
        changes=page_of(changes_of(part)),
        labels=FIELDS,
    )
    return page, 200 if stale is None else 409
