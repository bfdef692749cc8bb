"""Sittings: the list, one of them, making and changing."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.exams import tables, words
from trainingbase.exams.actions import sittings as actions
from trainingbase.exams.forms.sittings import (
    AddCandidateForm,
    CandidateListForm,
    NewSittingForm,
    SittingForm,
    SittingListForm,
    WorkbookForm,
)
from trainingbase.exams.models import AlreadyReleased, ExamSitting
from trainingbase.exams.queries import panels
from trainingbase.exams.queries import sittings as queries
from trainingbase.exams.routes.blueprint import READING, chosen, exams
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named
from trainingbase.paging import page_of, page_of_columns
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import value_of


@exams.get("/")
@allow(*READING)
def sittings():
    form, rows = _filtered()
    return render_template(
        "exams/sittings.html", form=form, page=page_of_columns(rows), words=words
    )


@exams.get("/export/<string:kind>")
@allow(*READING)
def export_sittings(kind: str):
    return download(tables.sittings(_filtered()[1]), kind, "sittings")


def _filtered():
    form = SittingListForm()
    form.kind.choices = options({0: _("All")} | {one.id: named(one) for one in queries.kinds()})
    form.year.choices = options({0: _("All")} | {year: str(year) for year in queries.years()})
    return form, queries.sittings(
        kind_id=chosen(form.kind),
        year=chosen(form.year),
        state=chosen(form.state),
        sort=request.args.get("sort", ""),
    )


@exams.route("/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_sitting():
    mark = value_of("exam_pass_score")
    form = NewSittingForm(data={"held_on": clock.today(), "pass_theory": mark, "pass_skills": mark})
    kinds = {one.id: one for one in queries.kinds(in_use=True)}
    form.kind.choices = options({key: named(one) for key, one in kinds.items()})
    if form.validate_on_submit():
        made = actions.make(
            kinds[form.kind.data],
            form.given(),
            form_key=form.form_key.data,
            by=viewer(),
            at=clock.now(),
        )
        flash(_("Made, with everybody who must sit."), "success")
        return redirect(url_for("exams.sitting", sitting_id=made.id))
    return render_template(
        "exams/form.html",
        form=form,
        title=_("New sitting"),
        button=_("Make it"),
        cancel=url_for("exams.sittings"),
        lead=_("Everybody who must sit by the rules of the kind is a candidate at once."),
    ), 422 if form.errors else 200


@exams.get("/<int:sitting_id>")
@allow(*READING)
def sitting(sitting_id: int):
    return page_of_sitting(queries.sitting_by_id(sitting_id))


def page_of_sitting(one: ExamSitting, upload: WorkbookForm | None = None, taken=None):
    form, rows = _candidates(one)
    adding = None
    if viewer().holds(Role.OFFICE) and not one.is_released:
        adding = AddCandidateForm(formdata=None)
        adding.resident.choices = options(dict(queries.residents_not_in(one)))
    everybody = queries.all_candidates(one)
    return render_template(
        "exams/sitting.html",
        sitting=one,
        form=form,
        page=page_of_columns(rows),
        rounds=queries.rounds_of(one),
        open=sum(not each.is_settled for each in everybody),
        all=len(everybody),
        adding=adding,
        upload=upload or WorkbookForm(formdata=None),
        taken=taken,
        panel=panels.of_sitting(one.id),
        changes=page_of(changes_of(one)),
        words=words,
    )


def _candidates(one: ExamSitting):
    form = CandidateListForm()
    return form, queries.candidates(
        one,
        search=form.search.data or "",
        state=chosen(form.state),
        sort=request.args.get("sort", ""),
    )


@exams.get("/<int:sitting_id>/export/<string:kind>")
@allow(*READING)
def export_candidates(sitting_id: int, kind: str):
    one = queries.sitting_by_id(sitting_id)
    return download(tables.candidates(one, _candidates(one)[1]), kind, "candidates")


@exams.route("/<int:sitting_id>/change", methods=["GET", "POST"])
@allow(Role.OFFICE)
def change_sitting(sitting_id: int):
    one, stale = queries.sitting_by_id(sitting_id), None
    form = SittingForm(obj=one)
    if form.validate_on_submit():
        try:
            actions.change_sitting(
                one, form.given(), version=form.version.data, by=viewer(), at=clock.now()
            )
        except Stale:
            stale = form.stale_against(queries.sitting_by_id(sitting_id))
        except AlreadyReleased:
            flash(words.NOT_YET["released"], "error")
            return redirect(url_for("exams.sitting", sitting_id=sitting_id))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("exams.sitting", sitting_id=sitting_id))
    page = render_template(
        "exams/form.html",
        form=form,
        title=_("Change the sitting"),
        button=_("Save"),
        cancel=url_for("exams.sitting", sitting_id=sitting_id),
        stale=stale,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200
