"""The grid of a plan, the grid in force, and the places used."""

from flask import render_template, request
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.months import months_from, months_later
from trainingbase.roles import Role
from trainingbase.rotations.forms import GridForm, UndoForm
from trainingbase.rotations.queries import grid as queries
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.findings import places_used
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.names import Names, names_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.rules.timetable import broken_halves, cells_of, hue_of
from trainingbase.rotations.speaking import Speaker
from trainingbase.words import LEAVE_KINDS


def _filtered(names: Names) -> tuple[GridForm, queries.Filter]:
    form = GridForm()
    everything = {0: _("All")}
    form.cohort.choices = options(everything | {c.id: named(c) for c in plans.cohorts()})
    places = sorted({(d.institution_id, named(d.institution)) for d in names.departments.values()})
    form.institution.choices = options(everything | dict(places))
    speaker = Speaker(names, clock.today().replace(day=1))
    form.department.choices = options(
        everything | {key: speaker.place(key) for key in sorted(names.departments)}
    )
    return form, queries.Filter(
        search=form.search.data or "",
        cohort_id=form.cohort.data or 0,
        institution_id=form.institution.data or 0,
        department_id=form.department.data or 0,
    )


def _hues(names: Names) -> dict[tuple[int, int], int]:
    return {key: hue_of(colour, key[1]) for key, (_name, colour) in names.short.items()}


def _page() -> int:
    return max(1, min(request.args.get("page", 1, type=int), 10**6))


@rotations.get("/plans/<int:plan_id>/grid")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def plan_grid(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    judgement = judge(plan)
    names = names_of(row.resident for row in judgement.rows)
    form, wanted = _filtered(names)
    page = queries.page_of_plan(plan, wanted, number=_page())
    broken = broken_halves(judgement.breaches, plan.starts_on)
    rows = queries.grid_rows(page.items, judgement.rows, plan_id=plan.id, broken=broken)
    months = months_from(plan.starts_on, queries.last_day_shown(rows, plan))
    may_edit = viewer().holds(Role.OFFICE) and plan.may_be_edited
    view = request.query_string.decode("utf-8", "replace")
    return render_template(
        "rotations/plan_grid.html",
        plan=plan,
        form=form,
        page=page,
        months=months,
        rows=[(one, cells_of(months, one.line)) for one in rows],
        speaker=Speaker(names, plan.starts_on),
        hues=_hues(names),
        in_breach={int(key) for one in judgement.breaches for key in one.residents},
        row_ids=queries.row_ids(plan) if may_edit else {},
        leave_kinds=LEAVE_KINDS,
        may_edit=may_edit,
        view=view[:300],
        undo=UndoForm(data={"version": plan.version})
        if may_edit and plans.last_change(plan) is not None
        else None,
    )


@rotations.get("/grid")
@allow(Role.OFFICE, Role.AUDITOR, Role.SECRETARY, Role.SITE_COORDINATOR)
def grid():
    """Placements in force, those the viewer may see, from this month on."""
    today = clock.today()
    names = names_of(())
    form, wanted = _filtered(names)
    page = queries.page_of_placements(viewer(), wanted, today=today, number=_page())
    stays = queries.placements_in_force(viewer(), [one.id for one in page.items], today=today)
    rows = queries.grid_rows(page.items, stays, plan_id=None, broken={})
    begin = today.replace(day=1)
    end = max([row.ends_on for row in stays], default=months_later(begin, 12))
    months = months_from(begin, min(end, months_later(begin, 36)))
    return render_template(
        "rotations/grid.html",
        form=form,
        page=page,
        months=months,
        rows=[(one, cells_of(months, one.line)) for one in rows],
        speaker=Speaker(names, begin),
        hues=_hues(names),
        row_ids={},
        leave_kinds=LEAVE_KINDS,
        may_edit=False,
    )


@rotations.get("/plans/<int:plan_id>/places")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def places(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    judgement = judge(plan)
    names = names_of(())
    form, wanted = _filtered(names)
    used = [
        use
        for use in places_used(judgement)
        if wanted.institution_id in (0, names.departments[use.department].institution_id)
        and wanted.department_id in (0, use.department)
    ]
    months = months_from(plan.starts_on, plan.ends_on)
    return render_template(
        "rotations/places.html",
        plan=plan,
        form=form,
        used=used,
        months=months,
        speaker=Speaker(names, plan.starts_on),
    )
