"""Plans of a year: looked at first, made in one act, and taken back."""

from datetime import date, time

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import Form, options
from trainingbase.months import first_of_month, months_later
from trainingbase.paging import page_of, page_of_list
from trainingbase.roles import Role
from trainingbase.sites.queries.calendars import years_entered
from trainingbase.training.actions import yearly as actions
from trainingbase.training.forms.lists import YearForm, YearSavingForm
from trainingbase.training.forms.setting import slots_form
from trainingbase.training.queries import choices
from trainingbase.training.queries import yearly as queries
from trainingbase.training.queries.kept import kinds_with_rules
from trainingbase.training.routes import training
from trainingbase.training.routes.seeing import chosen, namer, place_name
from trainingbase.training.rules.holidays import unknown_years
from trainingbase.training.rules.times import clock_of
from trainingbase.training.words import PERIODS, WEEKDAYS

PLANNERS = (Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE)
LONGEST_MONTHS = 12
USUAL = time(14, 30)
"""Proposed in the form, for departments that have chosen no time of their own."""


def _form() -> YearForm:
    form, today = YearForm(), clock.today()
    places = {d.id: place_name(d) for d in choices.departments_for(viewer(), today)}
    name_of = namer()
    form.department.choices = options({0: _("All")} | places)
    form.kind.choices = options(
        {0: _("All")} | {kind.id: name_of(kind.name) for kind in kinds_with_rules()}
    )
    form.first.data = max(form.first.data or first_of_month(today), first_of_month(today))
    last = form.last.data or months_later(form.first.data, LONGEST_MONTHS - 1)
    most = months_later(form.first.data, LONGEST_MONTHS - 1)
    form.last.data = min(max(last, form.first.data), most)
    form.starts.data = form.starts.data or USUAL
    return form


def _span(form: YearForm) -> tuple[date, date]:
    return max(form.first.data, clock.today()), months_later(form.last.data, 1)


def _preview(form: YearForm):
    wanted, today = chosen(form.department), clock.today()
    places = choices.departments_for(viewer(), today)
    if wanted:
        places = [one for one in places if one.id == wanted]
    return queries.preview(
        places,
        _span(form),
        kind_id=chosen(form.kind),
        starts_at=f"{form.starts.data:%H:%M}",
        today=today,
    )


@training.get("/plans")
@allow(*PLANNERS)
def plans():
    page = page_of(queries.plans(viewer()))
    return render_template(
        "training/plans.html",
        page=page,
        left=queries.left_of([one.id for one in page.items], today=clock.today()),
    )


@training.route("/plans/new", methods=["GET", "POST"])
@allow(*PLANNERS)
def year():
    """What would be made; sent, it is made as it stands then."""
    form, saving = _form(), YearSavingForm()
    preview = _preview(form)
    if saving.validate_on_submit():
        plan = actions.save_plan(
            preview.outcome.proposed,
            span=_span(form),
            key=saving.form_key.data,
            by=viewer(),
            at=clock.now(),
        )
        flash(_("Planned: %(number)s.", number=plan.made), "success")
        return redirect(url_for("training.plans"))
    lines = page_of_list(preview.lines)
    return render_template(
        "training/year.html",
        form=form,
        saving=saving,
        preview=preview,
        lines=lines,
        unknown=unknown_years(*_span(form), years_entered()),
        detailed=bool(chosen(form.department)),
        people={
            person.id: person for person, _where in choices.speakers_for(viewer(), clock.today())
        },
        action=url_for("training.year") + "?" + request.query_string.decode("utf-8", "replace"),
        place_name=place_name,
        periods=PERIODS,
        weekdays=WEEKDAYS,
        kind_name=namer(),
    )


@training.post("/plans/<int:plan_id>/taking-back")
@allow(*PLANNERS)
def take_back(plan_id: int):
    plan = queries.plan_for(viewer(), plan_id)
    number = actions.take_back(plan, today=clock.today(), by=viewer(), at=clock.now())
    flash(_("Taken back: %(number)s.", number=number), "success")
    return redirect(url_for("training.plans"))


@training.route("/slots/<int:department_id>", methods=["GET", "POST"])
@allow(*PLANNERS)
def slots(department_id: int):
    """When a department usually holds what is due."""
    department = choices.department_for(viewer(), department_id, clock.today())
    kinds = kinds_with_rules()
    form = slots_form(kinds, namer())(data=_shown(kinds, queries.slots_of(department.id)))
    if form.validate_on_submit():
        actions.set_slots(department.id, _slots(form, kinds), by=viewer(), at=clock.now())
        flash(_("Saved."), "success")
        return redirect(url_for("training.year", department=department.id))
    return render_template(
        "training/slots.html",
        form=form,
        department=department,
        kinds=kinds,
        kind_name=namer(),
        place_name=place_name,
    )


def _shown(kinds, known) -> dict:
    shown = {}
    for kind in kinds:
        slot = known.get(kind.id)
        shown[f"weekday_{kind.id}"] = slot.weekday if slot else 0
        shown[f"time_{kind.id}"] = clock_of(slot.starts_at) if slot else USUAL
        shown[f"room_{kind.id}"] = (slot.room or "") if slot else ""
    return shown


def _slots(form: Form, kinds) -> dict[int, tuple[int, str, str | None]]:
    return {
        kind.id: (
            form[f"weekday_{kind.id}"].data,
            f"{form[f'time_{kind.id}'].data:%H:%M}",
            form[f"room_{kind.id}"].data or None,
        )
        for kind in kinds
    }
