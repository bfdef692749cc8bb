"""The list of plans, asking for one, its progress and its summary."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.faculty.words import against
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.months import months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.rotations import actions
from trainingbase.rotations.forms import CopyForm, PlanForm, PlanSearchForm
from trainingbase.rotations.models import AlreadyPublished, Plan
from trainingbase.rotations.queries import plans as queries
from trainingbase.rotations.queries.comparison import Comparison, compare
from trainingbase.rotations.queries.findings import (
    places_used,
    teacher_findings,
)
from trainingbase.rotations.queries.judging import Judgement, judge
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.queries.serving import is_weighed
from trainingbase.rotations.reasons import reasons_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.rules.supposing import from_json
from trainingbase.rotations.speaking import Speaker
from trainingbase.rotations.telling import bound_in_words, supposition_in_words
from trainingbase.rotations.words import COSTS, ORIGINS, RULES, STATUSES, WAYS
from trainingbase.wishes.queries import some_rounds


@rotations.get("/plans")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR, Role.SECRETARY, Role.SITE_COORDINATOR)
def plans():
    if not viewer().holds(*queries.READ_PLANS):
        return redirect(url_for("rotations.grid"))
    form = PlanSearchForm()
    rows = queries.listed(viewer(), search=form.search.data or "", state=form.state.data or "")
    return render_template(
        "rotations/plans.html", form=form, page=page_of(rows), origins=ORIGINS, statuses=STATUSES
    )


@rotations.route("/plans/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_plan():
    form = PlanForm(data=_usual() if request.method == "GET" else None)
    form.cohorts.choices = [(one.id, named(one)) for one in queries.cohorts()]
    bases = queries.bases_for(viewer())
    form.based_on.choices = options({0: _("Nothing")} | {one.id: _base(one) for one in bases})
    rounds = some_rounds()
    form.wishes.choices = options({0: _("Nobody")} | {one.id: one.title for one in rounds})
    if form.validate_on_submit() and not form.errors:
        based_on = next((one for one in bases if one.id == form.based_on.data), None)
        try:
            plan = actions.request_plan(
                title=form.title.data,
                cohort_ids=form.cohorts.data,
                starts_on=form.starts_on.data,
                months=form.months.data,
                seconds=form.seconds.data,
                based_on=based_on,
                wish_round=next((one for one in rounds if one.id == form.wishes.data), None),
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
        except actions.NothingToPlan:
            form.refuse("cohorts", _("Nobody of these cohorts is in training."))
        else:
            return redirect(url_for("rotations.plan", plan_id=plan.id))
    return render_template("rotations/new_plan.html", form=form)


def _usual() -> dict:
    """Next month, on the plan in force, with the wishes that it has not weighed."""
    in_force = queries.plan_in_force()
    rounds = some_rounds()
    return {
        "starts_on": months_later(clock.today(), 1),
        "months": 12,
        "seconds": 60,
        "based_on": in_force.id if in_force else 0,
        "wishes": rounds[0].id if rounds and not is_weighed(rounds[0]) else 0,
    }


def _base(plan: Plan) -> str:
    if plan.in_force:
        return _("%(title)s (in force)", title=plan.title)
    return plan.title


@rotations.get("/plans/<int:plan_id>")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def plan(plan_id: int):
    plan = queries.plan_for(viewer(), plan_id)
    if plan.solved_at is None:
        return _progress(plan)
    if request.args.get("poll"):  # it was solved since the page was opened
        return "", 200, {"HX-Refresh": "true"}
    judgement = judge(plan)
    speaker = Speaker(names_of(_people(plan, judgement)), plan.starts_on)
    title = _("%(title)s, changed", title=plan.title)
    origin = plan.based_on if plan.based_on and plan.based_on.is_what_if else None
    return render_template(
        "rotations/plan.html",
        plan=plan,
        judgement=judgement,
        parts_of_cost={
            name: value for name, value in judgement.cost.by_part().items() if name in COSTS
        },
        speaker=speaker,
        reasons=reasons_of(speaker, plan),
        departments=places_used(judgement),
        findings=teacher_findings(plan, today=clock.today()) if plan.in_force else None,
        against=against,
        copy_form=CopyForm(title=title[:LONGEST_TITLE], formdata=None),
        supposed=_supposed(speaker, plan),
        taken_over=_supposed(speaker, origin) if origin and not plan.is_what_if else [],
        answer=_answer(plan, judgement),
        bound=bound_in_words,
        rules=RULES,
        costs=COSTS,
        origins=ORIGINS,
        statuses=STATUSES,
        ways=WAYS,
    )


LONGEST_TITLE = 120


def _answer(plan: Plan, judgement: Judgement) -> Comparison | None:
    """Of a "what if": how it differs from what it was asked of."""
    if not plan.is_what_if or plan.based_on is None or not judgement.rows:
        return None
    return compare(plan, plan.based_on)


def _people(plan: Plan, judgement: Judgement) -> set[int]:
    """Everybody named on the page of the plan."""
    origin = [plan, *([plan.based_on] if plan.based_on else [])]
    return (
        {row.resident for row in judgement.rows}
        | {key for reason in plan.because or () for key in reason.get("residents", ())}
        | {one["resident"] for of in origin for one in of.supposed or () if "resident" in one}
        | judgement.facts.planned
    )


def _supposed(speaker: Speaker, plan: Plan) -> list[str]:
    if not plan.supposed:
        return []
    cohorts = {one.id: named(one) for one in queries.cohorts()}
    return [supposition_in_words(speaker, one, cohorts) for one in from_json(plan.supposed)]


def _progress(plan: Plan):
    steps = queries.progress_of(plan)
    silent = plan.alive_at is not None and clock.real_now() - plan.alive_at > actions.SILENCE
    page = "rotations/_progress.html" if request.args.get("poll") else "rotations/progress.html"
    return render_template(
        page, plan=plan, steps=steps, last=steps[-1] if steps else None, silent=silent
    )


@rotations.post("/plans/<int:plan_id>/stop")
@allow(Role.OFFICE)
def stop(plan_id: int):
    actions.ask_stop(queries.plan_for(viewer(), plan_id), by=viewer(), at=clock.now())
    flash(_("The worker stops at its next step and keeps the best plan it has."), "info")
    return redirect(url_for("rotations.plan", plan_id=plan_id))


@rotations.post("/plans/<int:plan_id>/copy")
@allow(Role.OFFICE)
def copy(plan_id: int):
    plan = queries.plan_for(viewer(), plan_id)
    form = CopyForm()
    title = form.title.data if form.validate_on_submit() else plan.title
    made = actions.copy_plan(
        plan, title=title, by=viewer(), at=clock.now(), request_key=form.form_key.data
    )
    flash(_("This is a copy: change it, then publish it."), "success")
    return redirect(url_for("rotations.plan", plan_id=made.id))


@rotations.post("/plans/<int:plan_id>/discard")
@allow(Role.OFFICE)
def discard(plan_id: int):
    plan = queries.plan_for(viewer(), plan_id)
    try:
        actions.discard_plan(plan, by=viewer(), at=clock.now())
    except AlreadyPublished:
        flash(_("This plan was published: withdraw it instead."), "error")
        return redirect(url_for("rotations.plan", plan_id=plan_id))
    flash(_("The draft is put away. You can bring it back from its page."), "success")
    return redirect(url_for("rotations.plan", plan_id=plan_id))


@rotations.post("/plans/<int:plan_id>/restoration")
@allow(Role.OFFICE)
def restore(plan_id: int):
    actions.restore_plan(queries.plan_for(viewer(), plan_id), by=viewer(), at=clock.now())
    flash(_("The draft is back."), "success")
    return redirect(url_for("rotations.plan", plan_id=plan_id))
