"""Why somebody is where they are, in words."""

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.i18n import day, last_day, named
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries import placements as queries
from trainingbase.rotations.queries.judging import Judgement, judge
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.queries.plans import plan_in_force
from trainingbase.rotations.queries.serving import sites_by_id
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.rules.grounds import Grounds, Opening, grounds_of
from trainingbase.rotations.rules.halves import start_of
from trainingbase.rotations.rules.wishing import served
from trainingbase.rotations.speaking import Speaker, joined


@dataclass(frozen=True)
class Saying:
    """A heading and its sentences."""

    title: str
    sentences: list[str]


@rotations.get("/placements/<int:placement_id>", endpoint="placement")
@allow(
    Role.RESIDENT,
    Role.OFFICE,
    Role.AUDITOR,
    Role.FACULTY,
    Role.SECRETARY,
    Role.SITE_COORDINATOR,
)
def why(placement_id: int):
    placement = queries.placement_for(viewer(), placement_id, today=clock.today())
    plan = plan_in_force()
    said: list[Saying] = []
    if plan is not None and placement.plan_id == plan.id and placement.ends_on > plan.starts_on:
        said = _said(judge(plan), placement, viewer())
    return render_template("rotations/placement.html", placement=placement, said=said)


def _said(judgement: Judgement, placement: Placement, reader: Person) -> list[Saying]:
    speaker = Speaker(names_of([placement.resident_id]), judgement.facts.starts_on)
    parts = [one for one in judgement.placements if _is_of(judgement, one, placement)]
    made: list[Saying] = []
    for part in parts:
        grounds = grounds_of(judgement.problem, judgement.placements, part)
        if grounds is None:
            made.append(Saying(_("What it counts for"), [_("Time beyond the programme.")]))
            continue
        made += [
            Saying(_("What it counts for"), _meets(speaker, placement, grounds)),
            Saying(_("What bound it"), _bounds(speaker, grounds)),
            Saying(_("What else was open"), _open(speaker, grounds)),
        ]
    if reader.id == placement.resident.person_id or reader.holds(Role.OFFICE):
        made += _wished(speaker, judgement, placement)
    return made


def _is_of(judgement: Judgement, one, placement: Placement) -> bool:
    begins = start_of(judgement.facts.starts_on, one.start)
    return (
        int(one.resident) == placement.resident_id
        and int(one.department) == placement.department_id
        and (placement.starts_on <= begins or one.start == 0)
        and begins < placement.ends_on
    )


def _meets(speaker: Speaker, placement: Placement, grounds: Grounds) -> list[str]:
    said = [
        _(
            "%(standard)s: months %(months)s of %(owed)s that the programme %(programme)s still "
            "asks for.",
            months=speaker.months(grounds.placement.length),
            standard=speaker.standard(grounds.requirement.id),
            owed=speaker.months(grounds.requirement.length),
            programme=named(placement.resident.programme),
        )
    ]
    if grounds.choice is not None:
        said.append(
            _(
                "It is an elective: %(count)s to be taken out of %(options)s.",
                count=grounds.choice.count,
                options=joined(speaker.standard(one) for one in grounds.choice.of),
            )
        )
    return said


def _bounds(speaker: Speaker, grounds: Grounds) -> list[str]:
    first, last = grounds.window
    said = [_("Time allowed: %(periods)s.", periods=speaker.periods(range(first, last)) or "—")]
    if grounds.earlier:
        earlier = joined(speaker.standard(one) for one in grounds.earlier)
        said.append(_("It begins once this is finished: %(standards)s.", standards=earlier))
    if grounds.later:
        later = joined(speaker.standard(one) for one in grounds.later)
        said.append(_("It comes before: %(standards)s.", standards=later))
    if grounds.requirement.stretches is not None:
        said.append(_("It is done in one stretch."))
    return said


def _open(speaker: Speaker, grounds: Grounds) -> list[str]:
    said = [
        _(
            "With nothing else moved: %(department)s, beginning in %(periods)s.",
            **_opening(speaker, grounds, one),
        )
        for one in grounds.alone
    ]
    said += [
        _(
            "Had other placements moved too: %(department)s, beginning in %(periods)s.",
            **_opening(speaker, grounds, one),
        )
        for one in grounds.besides
    ]
    return said or [_("Nothing: every other place was taken or outside the time allowed.")]


def _opening(speaker: Speaker, grounds: Grounds, one: Opening) -> dict[str, str]:
    align = grounds.requirement.align
    periods = {start + half for start in one.starts for half in range(align)}
    return {"department": speaker.place(one.department), "periods": speaker.periods(periods)}


def _wished(speaker: Speaker, judgement: Judgement, placement: Placement) -> list[Saying]:
    """Wishes are for the resident and the office."""
    key = placement.resident_id
    if key not in judgement.facts.wishes:
        return []
    resident = judgement.problem.resident_by_id[str(key)]
    mine = [one for one in judgement.placements if one.resident == resident.id]
    found = served(judgement.facts, key, judgement.problem.programme_of(resident), mine)
    said = []
    for one in found.outcomes:
        if one.standard == placement.standard_department_id and one.met is not None:
            wish = {"first": day(one.from_on), "last": last_day(one.until_on)}
            said.append(
                _("Wished to begin between %(first)s and %(last)s: met.", **wish)
                if one.met
                else _("Wished to begin between %(first)s and %(last)s: missed.", **wish)
            )
    choices = {site.institution: site.choice for site in found.sites}
    where = placement.department.institution_id
    if judgement.facts.wishes[key].sites and where in choices:
        site = named(sites_by_id([where])[where])
        if choices[where] is None:
            said.append(_("%(site)s was not among the sites named.", site=site))
        else:
            said.append(_("%(site)s was choice %(number)s.", site=site, number=choices[where]))
    return [Saying(_("What was wished"), said)] if said else []
