"""What one more place would be worth, as a page and as a file."""

from flask import render_template
from flask_babel import gettext as _

from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.roles import Role
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.bottlenecks import Price, prices_of
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.speaking import Speaker
from trainingbase.sheets.write import Table

DEAREST = 10


@rotations.get("/plans/<int:plan_id>/bottlenecks")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def bottlenecks(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    prices = prices_of(plan)
    by_place: dict[int, dict] = {}
    for one in prices:
        by_place.setdefault(one.department, {})[one.month] = one.value
    return render_template(
        "rotations/bottlenecks.html",
        plan=plan,
        dearest=prices[:DEAREST],
        lines=sorted(by_place.items(), key=lambda item: (-sum(item[1].values()), item[0])),
        months=sorted({one.month for one in prices}),
        most=prices[0].value if prices else 0,
        speaker=Speaker(names_of(()), plan.starts_on),
    )


@rotations.get("/plans/<int:plan_id>/bottlenecks.<string:kind>")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def bottlenecks_file(plan_id: int, kind: str):
    plan = plans.plan_for(viewer(), plan_id)
    speaker = Speaker(names_of(()), plan.starts_on)
    header = [_("Department"), _("Month"), _("One more place saves")]
    rows = [_row(speaker, one) for one in prices_of(plan)]
    return download(Table(plan.title, header, rows), kind, f"bottlenecks-{plan.id}")


def _row(speaker: Speaker, one: Price) -> list:
    return [speaker.place(one.department), one.month.strftime("%Y-%m"), one.value]
