"""How a plan serves those who wished something."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.queries import resident_of
from trainingbase.i18n import day, last_day, named
from trainingbase.roles import Role
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.queries.serving import served_by, sites_by_id
from trainingbase.rotations.queries.wished import round_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.rules.wishing import Outcome, Served
from trainingbase.rotations.speaking import Speaker, joined

PER_PAGE = 50


class Telling:
    """Says in words how one plan serves everybody."""

    def __init__(self, plan: Plan) -> None:
        self.asked = round_of(plan)
        self.all = served_by(judge(plan)) if self.asked else []
        self.speaker = Speaker(names_of(one.resident for one in self.all), plan.starts_on)
        self.places = sites_by_id(site.institution for one in self.all for site in one.sites)

    @property
    def wishes(self) -> tuple[int, int]:
        """Met, and met or missed."""
        met = sum(one.met for one in self.all)
        return met, met + sum(one.missed for one in self.all)

    @property
    def first_choices(self) -> tuple[int, int]:
        """Residents all of whose sites are their first choice, and residents at a site."""
        there = [one for one in self.all if one.sites]
        return sum(all(s.choice == 1 for s in one.sites) for one in there), len(there)

    def outcome(self, one: Outcome) -> str:
        what = self.speaker.standard(one.standard)
        if one.met is None:
            return _("%(what)s: nothing of it was left to plan", what=what)
        if one.starts_on is None:
            return _("%(what)s: not planned", what=what)
        if one.met:
            return _("%(what)s: begins on %(day)s, as wished", what=what, day=day(one.starts_on))
        return _(
            "%(what)s: begins on %(day)s, not between %(first)s and %(last)s as wished",
            what=what,
            day=day(one.starts_on),
            first=day(one.from_on),
            last=last_day(one.until_on),
        )

    def sites(self, one: Served) -> str:
        return joined(self._site(site.institution, site.choice) for site in one.sites) or "—"

    def _site(self, institution: int, choice: int | None) -> str:
        name = named(self.places[institution])
        if choice is None:
            return _("%(site)s (not among the choices)", site=name)
        return _("%(site)s (choice %(number)s)", site=name, number=choice)


@rotations.get("/mine/wishes")
@allow(Role.RESIDENT)
def my_wishes():
    """What came of one's own wishes in the plan in force."""
    resident, plan = resident_of(viewer()), plans.plan_in_force()
    telling = Telling(plan) if plan is not None else None
    mine = [one for one in telling.all if one.resident == resident.id] if telling else []
    return render_template(
        "rotations/my_wishes.html", plan=plan, telling=telling, mine=mine[0] if mine else None
    )


@rotations.get("/plans/<int:plan_id>/wishes")
@allow(Role.OFFICE, Role.AUDITOR)
def wishes(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    telling = Telling(plan)
    number = max(1, min(request.args.get("page", 1, type=int), 10**6))
    return render_template(
        "rotations/wishes.html",
        plan=plan,
        telling=telling,
        served=telling.all[(number - 1) * PER_PAGE : number * PER_PAGE],
        number=number,
        pages=-(-len(telling.all) // PER_PAGE),
    )


@rotations.get("/plans/<int:plan_id>/wishes/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_wishes(plan_id: int, kind: str):
    from trainingbase.sheets.write import Table

    plan = plans.plan_for(viewer(), plan_id)
    telling = Telling(plan)
    header = [_("Resident"), _("Met"), _("Missed"), _("Lost"), _("Wishes"), _("Sites given")]
    rows = [
        [
            telling.speaker.person(one.resident),
            one.met,
            one.missed,
            one.lost,
            "; ".join(telling.outcome(outcome) for outcome in one.outcomes),
            telling.sites(one),
        ]
        for one in telling.all
    ]
    return download(Table(plan.title, header, rows), kind, _("Wishes"))
