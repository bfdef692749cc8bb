"""What if: a department closed or open, more places, leave, longer training, more residents."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import options, whole_number
from trainingbase.i18n import named
from trainingbase.months import first_of_month, months_later
from trainingbase.roles import Role
from trainingbase.rotations import actions
from trainingbase.rotations.asking import WhatIfForm
from trainingbase.rotations.models import NotReady, Plan
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.queries.problem import rows_of_plan
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.rules.remedies import suppositions_of
from trainingbase.rotations.rules.supposing import KINDS, Supposition
from trainingbase.rotations.speaking import Speaker, joined
from trainingbase.rotations.telling import supposition_in_words
from trainingbase.rotations.words import SUPPOSED
from trainingbase.thresholds.queries import whole

LONGEST_TITLE = 120
SECONDS = 20


@rotations.route("/plans/<int:plan_id>/what-if", methods=["GET", "POST"])
@allow(Role.OFFICE)
def what_if(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    if plan.solved_at is None:
        flash(_("This plan is still being solved."), "info")
        return redirect(url_for("rotations.plan", plan_id=plan_id))
    kind = request.args.get("kind", "places")
    if kind not in KINDS:
        abort(404)
    names = names_of({row.resident for row in rows_of_plan(plan)})
    speaker = Speaker(names, plan.starts_on)
    form = WhatIfForm(data=_usual(plan) if request.method == "GET" else None)
    form.department.choices = options(
        {key: speaker.place(key) for key in sorted(names.departments)}
    )
    people = sorted(names.residents.items(), key=lambda item: (item[1].name, item[0]))
    form.resident.choices = options({key: one.name for key, one in people})
    form.cohort.choices = options({one.id: named(one) for one in plans.cohorts()})
    form.asks(kind)
    if form.validate_on_submit() and not form.errors:
        supposition = _supposed(plan, kind, form)
        answer = _ask(
            plan,
            [supposition],
            speaker,
            notice_days=form.notice_days.data,
            seconds=form.seconds.data,
            request_key=form.form_key.data,
        )
        if answer is not None:
            return answer
    return render_template(
        "rotations/what_if.html", plan=plan, form=form, kind=kind, kinds=SUPPOSED
    )


def _usual(plan: Plan) -> dict:
    """Next month, or what the address says."""
    soon = max(months_later(clock.today(), 1), plan.starts_on)
    first = _month(request.args.get("first")) or soon
    return {
        "first": first,
        "last": _month(request.args.get("last")) or first,
        "department": request.args.get("department", type=whole_number),
        "resident": request.args.get("resident", type=whole_number),
        "count": request.args.get("count", 1, type=whole_number),
        "notice_days": whole("notice_days"),
        "seconds": SECONDS,
    }


def _month(text: str | None) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError:
        return None


def _supposed(plan: Plan, kind: str, form: WhatIfForm) -> Supposition:
    first = first_of_month(form.first.data) if "first" in form else plan.starts_on
    last = form.last.data if "last" in form else first
    cohort = form.cohort.data if "cohort" in form else None
    return Supposition(
        kind,
        first,
        months_later(last, 1),
        department=form.department.data if "department" in form else None,
        resident=form.resident.data if "resident" in form else None,
        cohort=cohort,
        programme=next((one.programme_id for one in plans.cohorts() if one.id == cohort), None),
        count=form["count"].data if "count" in form else 1,
    )


def _ask(plan: Plan, supposed: list[Supposition], speaker: Speaker, **how):
    """Ask for the answer and go to it; None when there is nobody to plan."""
    cohorts = {one.id: named(one) for one in plans.cohorts()}
    words = joined(supposition_in_words(speaker, one, cohorts) for one in supposed)
    try:
        made = actions.request_replan(
            plan,
            title=_("What if: %(what)s", what=words)[:LONGEST_TITLE],
            way="least",
            supposed=supposed,
            by=viewer(),
            at=clock.now(),
            **how,
        )
    except actions.NothingToPlan:
        flash(_("Nobody of these cohorts is in training."), "error")
        return None
    except NotReady:
        flash(_("This plan is still being solved."), "info")
        return None
    return redirect(url_for("rotations.plan", plan_id=made.id))


@rotations.post("/plans/<int:plan_id>/remedy/<int:reason>/<int:number>")
@allow(Role.OFFICE)
def try_remedy(plan_id: int, reason: int, number: int):
    """Suppose the remedy that stands under this reason.  Pressed twice it is one question."""
    plan = plans.plan_for(viewer(), plan_id)
    try:
        change = (plan.because or [])[reason]["remedies"][number]["change"]
    except (IndexError, KeyError):
        abort(404)
    supposed = suppositions_of(change, plan.starts_on)
    if not supposed:
        abort(404)
    people = {one.resident for one in supposed if one.resident is not None}
    answer = _ask(
        plan,
        supposed,
        Speaker(names_of(people), plan.starts_on),
        notice_days=plan.notice_days,
        seconds=max(SECONDS, plan.seconds),
        request_key=f"remedy-{plan.id}-{reason}-{number}",
    )
    return answer or redirect(url_for("rotations.plan", plan_id=plan_id))
