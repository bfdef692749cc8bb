"""Two plans side by side."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow, viewer
from trainingbase.form import options
from trainingbase.roles import Role
from trainingbase.rotations.forms import ComparisonForm
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.comparison import compare
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.speaking import Speaker
from trainingbase.rotations.words import COSTS, RULES, STATUSES

PER_PAGE = 50


@rotations.get("/plans/<int:plan_id>/comparison")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def comparison(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    others = plans.others_to_compare(viewer(), plan)
    form = ComparisonForm()
    form.other.choices = options({0: _("Choose a plan")} | {one.id: one.title for one in others})
    other = next((one for one in others if one.id == form.other.data), None)
    if other is None:
        return render_template(
            "rotations/comparison.html", plan=plan, other=None, form=form, others=others
        )
    found = compare(plan, other)
    names = names_of(one.resident for one in found.differences)
    speaker = Speaker(names, plan.starts_on)
    search = form.search.data or ""
    different = [one for one in found.differences if search in speaker.person(one.resident)]
    number = max(1, min(request.args.get("page", 1, type=int), 10**6))
    return render_template(
        "rotations/comparison.html",
        plan=plan,
        other=other,
        form=form,
        others=others,
        found=found,
        different=different[(number - 1) * PER_PAGE : number * PER_PAGE],
        total=len(different),
        number=number,
        pages=-(-len(different) // PER_PAGE),
        speaker=speaker,
        costs=COSTS,
        rules=RULES,
        statuses=STATUSES,
    )
