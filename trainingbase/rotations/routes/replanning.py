"""Whether the plan in force still fits, and asking for it again: least change or best cost."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.roles import Role
from trainingbase.rotations import actions
from trainingbase.rotations.asking import AgainForm
from trainingbase.rotations.models import NotReady, Plan
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.fitting import fit_of
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.speaking import Speaker
from trainingbase.rotations.words import WAYS
from trainingbase.thresholds.queries import whole

LONGEST_TITLE = 120
SECONDS = 20


@rotations.get("/fit")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def fit():
    """The plan in force, judged as things stand today.  With `part` one line of it."""
    plan = plans.plan_in_force()
    found = fit_of(plan, today=clock.today()) if plan is not None else None
    if request.args.get("part"):
        return render_template("rotations/_fit.html", fit=found)
    if plan is None:
        return render_template("rotations/fit.html", plan=None)
    return _shown(
        plan, found, AgainForm(data={"notice_days": whole("notice_days"), "seconds": SECONDS})
    )


def _shown(plan: Plan, found, form: AgainForm):
    people = {int(key) for one in found.broken for key in one.residents} | set(found.gone)
    return render_template(
        "rotations/fit.html",
        plan=plan,
        fit=found,
        form=form,
        speaker=Speaker(names_of(people), plan.starts_on),
    )


@rotations.post("/plans/<int:plan_id>/replan")
@allow(Role.OFFICE)
def replan(plan_id: int):
    """Asks for one plan, or for both ways, which are then compared."""
    plan = plans.plan_for(viewer(), plan_id)
    form = AgainForm()
    if not form.validate_on_submit():
        if plan.in_force:
            return _shown(plan, fit_of(plan, today=clock.today()), form)
        return redirect(url_for("rotations.plan", plan_id=plan_id))
    wanted = request.form.get("way", "least")
    ways = ["least", "best"] if wanted == "both" else [wanted if wanted in WAYS else "least"]
    try:
        made = [_asked(plan, way, form).id for way in ways]
    except actions.NothingToPlan:
        flash(_("Nobody of these cohorts is in training."), "error")
        return redirect(url_for("rotations.plan", plan_id=plan_id))
    except NotReady:
        flash(_("This plan is still being solved."), "info")
        return redirect(url_for("rotations.plan", plan_id=plan_id))
    if len(made) == 1:
        return redirect(url_for("rotations.plan", plan_id=made[0]))
    return redirect(url_for("rotations.comparison", plan_id=made[0], other=made[1]))


def _asked(plan: Plan, way: str, form: AgainForm) -> Plan:
    title = f"{plan.title} · {clock.today().isoformat()} · {WAYS[way]}"
    return actions.request_replan(
        plan,
        title=title[-LONGEST_TITLE:],
        way=way,
        notice_days=form.notice_days.data,
        seconds=form.seconds.data,
        by=viewer(),
        at=clock.now(),
        request_key=f"{form.form_key.data}-{way}",
    )
