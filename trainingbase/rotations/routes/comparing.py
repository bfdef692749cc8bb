"""Two plans side by side."""

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.months import months_from
from trainingbase.roles import Role
from trainingbase.rotations.forms import ComparisonForm
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.comparison import Comparison, compare
from trainingbase.rotations.queries.findings import load_by_month
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.rules.differences import Difference
from trainingbase.rotations.rules.heat import heat
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.speaking import Speaker, joined
from trainingbase.rotations.telling import bound_in_words, why_in_words
from trainingbase.rotations.words import COSTS, RULES, STATUSES
from trainingbase.sheets.write import Table

PER_PAGE = 50


@rotations.get("/plans/<int:plan_id>/comparison")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def comparison(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    others = plans.others_to_compare(viewer(), plan)
    form = ComparisonForm()
    form.other.choices = options({0: _("Choose a plan")} | {one.id: one.title for one in others})
    other = _other(plan, others, form.other.data)
    if other is not None:
        form.other.data = other.id
    page = {"plan": plan, "other": other, "form": form, "others": others, "found": None}
    if other is None:
        return render_template("rotations/comparison.html", **page)
    if plan.is_waiting or other.is_waiting:
        return render_template("rotations/comparison.html", **page)
    if request.args.get("poll"):  # both were solved since the page was opened
        return "", 200, {"HX-Refresh": "true"}
    found = compare(plan, other)
    speaker = _speaker(found)
    different = _searched(found, speaker, form.search.data or "")
    number = max(1, min(request.args.get("page", 1, type=int), 10**6))
    shown = different[(number - 1) * PER_PAGE : number * PER_PAGE]
    since = max(plan.starts_on, other.starts_on)
    months = months_from(since, min(plan.ends_on, other.ends_on))
    return render_template(
        "rotations/comparison.html",
        **page
        | {
            "found": found,
            "different": [(one, _whys(found, speaker, one)) for one in shown],
            "total": len(different),
            "number": number,
            "pages": -(-len(different) // PER_PAGE),
            "speaker": speaker,
            "costs": COSTS,
            "rules": RULES,
            "statuses": STATUSES,
            "bound": bound_in_words,
            "months": months,
            "heat": heat(
                months,
                load_by_month(found.here.judgement),
                load_by_month(found.there.judgement),
            ),
        },
    )


def _other(plan: Plan, others: Sequence[Plan], wanted: int) -> Plan | None:
    """The plan asked for; else the one this plan comes from."""
    known = {one.id: one for one in others}
    return known.get(wanted) or known.get(plan.based_on_id or 0)


def _speaker(found: Comparison) -> Speaker:
    people = {one.resident for one in found.differences}
    people |= {key for those in found.why.values() for why in those for key in why.residents}
    people |= {
        int(key)
        for those in found.why.values()
        for why in those
        if why.breach is not None
        for key in why.breach.residents
    }
    people |= {side.worst[0] for side in (found.here, found.there) if side.worst is not None}
    return Speaker(names_of(people), found.here.plan.starts_on)


def _searched(found: Comparison, speaker: Speaker, search: str) -> list[Difference]:
    return [one for one in found.differences if search in speaker.person(one.resident)]


def _whys(found: Comparison, speaker: Speaker, one: Difference) -> list[str]:
    problem = found.judged_now.problem
    return [why_in_words(speaker, problem, why) for why in found.why[one.resident]]


@rotations.get("/plans/<int:plan_id>/comparison/<int:other_id>.<string:kind>")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def comparison_file(plan_id: int, other_id: int, kind: str):
    """Who moves, from where to where, and why."""
    plan, other = (plans.plan_for(viewer(), key) for key in (plan_id, other_id))
    if plan.is_waiting or other.is_waiting:
        raise NotFound
    found = compare(plan, other)
    speaker = _speaker(found)

    def stays(rows: Sequence[Row]) -> str:
        return joined(f"{speaker.span(row)} {speaker.place(row.department)}" for row in rows)

    rows = [
        [
            speaker.person(one.resident),
            stays(one.only_there),
            stays(one.only_here),
            " ".join(_whys(found, speaker, one)),
        ]
        for one in found.differences
    ]
    header = [_("Resident"), _("From"), _("To"), _("Why")]
    return download(Table(plan.title, header, rows), kind, f"moves-{plan.id}-{other.id}")
