"""Learning plans and reflections."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.history.queries import changes_of
from trainingbase.judging import tables
from trainingbase.judging.actions import own as actions
from trainingbase.judging.actions.committee import NotNow
from trainingbase.judging.forms.own import PlanForm, ReflectionForm, ReportForm
from trainingbase.judging.forms.searching import PlanSearchForm
from trainingbase.judging.queries import own as queries
from trainingbase.judging.queries import scope
from trainingbase.judging.routes.blueprint import EVERYBODY, SEE, SIT, judging
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale


@judging.route("/picture/plans/new", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def new_plan():
    resident, form = scope.own_resident(viewer()), PlanForm()
    if form.validate_on_submit():
        actions.make_plan(
            resident, _plan(form), share=form.share.data, by=viewer(), at=clock.now(),
            request_key=form.form_key.data,
        )  # fmt: skip
        flash(_("The plan is kept."), "success")
        return _back("plans")
    return render_template("judging/own.html", form=form, heading=_("Make a learning plan"))


def _plan(form: PlanForm) -> dict:
    return {
        "goal": form.goal.data,
        "steps": form.steps.data or None,
        "competency": form.competency.data or None,
        "due_on": form.due_on.data,
    }


def _back(part: str):
    return redirect(url_for("judging.picture") + f"#{part}")


@judging.route("/picture/plans/<int:plan_id>", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def change_plan(plan_id: int):
    plan = queries.own_plan(viewer(), plan_id)
    form = PlanForm(obj=plan, data={"share": plan.shared_at is not None})
    differences = None
    if form.validate_on_submit():
        try:
            actions.change_plan(
                plan, _plan(form), share=form.share.data, version=form.version.data,
                by=viewer(), at=clock.now(),
            )  # fmt: skip
            flash(_("The plan is kept."), "success")
            return _back("plans")
        except Stale:
            differences = form.stale_against(plan, share=plan.shared_at is not None)
        except NotNow:
            flash(_("This plan is closed: it stays as it is."), "error")
            return _back("plans")
    page = render_template(
        "judging/own.html",
        form=form,
        heading=_("Change the plan"),
        differences=differences,
        discard=url_for("judging.discard_plan", plan_id=plan.id) if not plan.shared_at else None,
        question=_("Delete this draft?"),
    )
    return page, 409 if differences is not None else 200


@judging.post("/picture/plans/<int:plan_id>/discarding")
@allow(Role.RESIDENT)
def discard_plan(plan_id: int):
    plan = queries.own_plan(viewer(), plan_id)
    try:
        actions.discard_plan(plan, by=viewer(), at=clock.now())
        flash(_("Deleted."), "success")
    except NotNow:
        flash(_("What was shared stays; report it as done instead."), "error")
    return _back("plans")


@judging.get("/plans/<int:plan_id>")
@allow(*EVERYBODY)
def plan(plan_id: int):
    """One plan with its history; its owner reports how it stands."""
    return _plan_page(queries.plan_for(viewer(), plan_id, today=clock.today()))


def _plan_page(one, status: int = 200, form=None, differences=None):
    if form is None and one.owner_id == viewer().id and one.closed_at is None:
        form = ReportForm(formdata=None, obj=one, data={"is_done": one.done_at is not None})
    page = render_template(
        "judging/plan.html",
        one=one,
        form=form,
        differences=differences,
        today=clock.today(),
        history=page_of(changes_of(one)),
    )
    return page, status


@judging.post("/plans/<int:plan_id>")
@allow(Role.RESIDENT, *SIT)
def report_plan(plan_id: int):
    one = queries.plan_for(viewer(), plan_id, today=clock.today())
    if one.owner_id != viewer().id:
        abort(404)
    form = ReportForm()
    if not form.validate_on_submit():
        return _plan_page(one, 422, form)
    try:
        actions.report(
            one, result=form.result.data, is_done=form.is_done.data, version=form.version.data,
            by=viewer(), at=clock.now(),
        )  # fmt: skip
        flash(_("Kept."), "success")
    except Stale:
        return _plan_page(one, 409, form, form.stale_against(one, is_done=one.done_at is not None))
    except NotNow:
        flash(_("This plan is closed: it stays as it is."), "error")
    return redirect(url_for("judging.plan", plan_id=plan_id))


def _listed():
    form = PlanSearchForm()
    form.validate()
    return form, queries.plans(
        viewer(),
        today=clock.today(),
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
    )


@judging.get("/plans")
@allow(*SEE)
def plans():
    form, rows = _listed()
    return render_template("judging/plans.html", form=form, page=page_of(rows), today=clock.today())


@judging.get("/plans/export/<string:kind>")
@allow(*SEE)
def export_plans(kind: str):
    _form, rows = _listed()
    return download(tables.of_plans(scope.all_of(rows), clock.today()), kind, "learning-plans")


@judging.route("/picture/reflections/new", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def new_reflection():
    resident, form = scope.own_resident(viewer()), ReflectionForm()
    if form.validate_on_submit():
        actions.write(
            resident, _reflection(form), share=form.share.data, by=viewer(), at=clock.now(),
            request_key=form.form_key.data,
        )  # fmt: skip
        flash(_("The reflection is kept."), "success")
        return _back("reflections")
    return render_template("judging/own.html", form=form, heading=_("Write a reflection"))


def _reflection(form: ReflectionForm) -> dict:
    return {
        "title": form.title.data,
        "text": form.text.data,
        "competency": form.competency.data or None,
    }


@judging.route("/picture/reflections/<int:reflection_id>", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def change_reflection(reflection_id: int):
    one = queries.own_reflection(viewer(), reflection_id)
    form = ReflectionForm(obj=one, data={"share": one.shared_at is not None})
    differences = None
    if form.validate_on_submit():
        try:
            actions.rewrite(
                one, _reflection(form), share=form.share.data, version=form.version.data,
                by=viewer(), at=clock.now(),
            )  # fmt: skip
            flash(_("The reflection is kept."), "success")
            return _back("reflections")
        except Stale:
            differences = form.stale_against(one, share=one.shared_at is not None)
    page = render_template(
        "judging/own.html",
        form=form,
        heading=_("Change the reflection"),
        differences=differences,
        discard=url_for("judging.discard_reflection", reflection_id=one.id),
        question=_("Delete this reflection?"),
    )
    return page, 409 if differences is not None else 200


@judging.post("/picture/reflections/<int:reflection_id>/discarding")
@allow(Role.RESIDENT)
def discard_reflection(reflection_id: int):
    one = queries.own_reflection(viewer(), reflection_id)
    actions.discard(one, by=viewer(), at=clock.now())
    flash(_("Deleted."), "success")
    return _back("reflections")
