"""Publishing a plan and withdrawing it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.roles import Role
from trainingbase.rotations import actions
from trainingbase.rotations.forms import PublicationForm
from trainingbase.rotations.models import AlreadyPublished, NotPublished, NotReady
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.queries.publication import changes_by_publishing
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.speaking import Speaker


@rotations.route("/plans/<int:plan_id>/publication", methods=["GET", "POST"])
@allow(Role.OFFICE)
def publish(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    form, status = PublicationForm(data={"version": plan.version}), 200
    if form.validate_on_submit():
        try:
            done = actions.publish_plan(
                plan,
                by=viewer(),
                at=clock.now(),
                reason=form.reason.data,
                version=form.version.data,
            )
        except AlreadyPublished:
            flash(_("This plan, or another one, was published in the meantime."), "info")
            return redirect(url_for("rotations.plan", plan_id=plan_id))
        except NotReady:
            flash(_("A plan is published once it is solved."), "error")
            return redirect(url_for("rotations.plan", plan_id=plan_id))
        except actions.Stale:
            status = 409
            form.refuse("reason", _("Somebody changed this plan meanwhile: look at it again."))
        except actions.Unlawful:
            form.refuse("reason", _("Say why the plan is published with these breaches."))
        else:
            flash(
                _(
                    "Published. %(residents)s residents were told.",
                    residents=len(done.changes.residents),
                ),
                "success",
            )
            return redirect(url_for("rotations.plan", plan_id=plan_id))
    return _confirmation(plan_id, form, status)


def _confirmation(plan_id: int, form: PublicationForm, status: int):
    plan = plans.plan_for(viewer(), plan_id)
    if plan.is_what_if or not plan.is_draft or plan.solved_at is None or plan.discarded_at:
        flash(_("This plan cannot be published."), "info")
        return redirect(url_for("rotations.plan", plan_id=plan_id))
    form.version.raw_data, form.version.data = None, plan.version
    judgement = judge(plan)
    changes = changes_by_publishing(plan, judgement, today=clock.today())
    names = names_of({row.resident for row in judgement.rows} | changes.residents)
    if not judgement.breaches and not form.errors:
        del form.reason
    page = render_template(
        "rotations/publication.html",
        plan=plan,
        form=form,
        judgement=judgement,
        changes=changes,
        previous=plans.plan_in_force(),
        speaker=Speaker(names, plan.starts_on),
    )
    return page, status


@rotations.post("/plans/<int:plan_id>/withdrawal")
@allow(Role.OFFICE)
def withdraw(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    try:
        cancelled = actions.withdraw_plan(plan, by=viewer(), at=clock.now())
    except NotPublished:
        flash(_("This plan is not in force."), "info")
    else:
        flash(_("Withdrawn. Placements cancelled: %(number)s.", number=cancelled), "success")
    return redirect(url_for("rotations.plan", plan_id=plan_id))
