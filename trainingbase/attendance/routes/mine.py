"""A resident's own month, and appeals about its days."""

from datetime import date, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.attendance import actions
from trainingbase.attendance.actions.appealing import NotTheirs, why_not
from trainingbase.attendance.forms import AppealForm, MonthForm
from trainingbase.attendance.models.records import NotPossible
from trainingbase.attendance.queries import appeals as queries
from trainingbase.attendance.queries import roster
from trainingbase.attendance.queries.choices import choice_row_on, year_is_known
from trainingbase.attendance.queries.days import days_of
from trainingbase.attendance.queries.scope import placement_on
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.asked import this_month
from trainingbase.attendance.rules.states import counts_as
from trainingbase.attendance.words import (
    APPEAL_KINDS,
    APPEAL_STATES,
    COUNTING_SAYS,
    HALVES,
    NOT_POSSIBLE,
    STATES,
    counted_by,
    in_words,
    number,
    sign,
    signs,
)
from trainingbase.enrolment.models import AlreadyDecided
from trainingbase.enrolment.queries import resident_of
from trainingbase.months import months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.rotations.queries.placements import timetable_of
from trainingbase.thresholds.queries import whole


@attendance.get("/mine")
@allow(Role.RESIDENT)
def mine():
    resident, form, today = resident_of(viewer()), MonthForm(), clock.today()
    form.choose_from([])
    form.validate()
    month_on = this_month(form.month.data)
    ends_on = months_later(month_on, 1)
    placements = timetable_of(resident.id)
    inside = [one for one in placements if one.starts_on < ends_on and one.ends_on > month_on]
    cells = roster.cells_of(inside, month_on, ends_on)
    totals = days_of([one.id for one in inside], month_on, ends_on)
    used = {half for cell in cells.values() for half in cell.halves}
    return render_template(
        "attendance/mine.html",
        month=month_on,
        weeks=_weeks(month_on),
        cells=cells,
        placements=[(one, totals[one.id]) for one in inside],
        whole={one.id: figures for one, figures in _wholes(placements, today)},
        counts=counts_as,
        page=page_of(queries.of_resident(resident.id)),
        choice=choice_row_on(today),
        rule=counted_by(tuple(dict.fromkeys(r for d in totals.values() for r in d.counted_by))),
        says=COUNTING_SAYS,
        earliest=today - timedelta(days=whole("attendance_appeal_days")),
        known=year_is_known(month_on.year),
        today=today,
        before=months_later(month_on, -1),
        after=ends_on,
        legend=[one for one in STATES if one in used and sign(one)],
        appeal_states=APPEAL_STATES,
        appeal_kinds=APPEAL_KINDS,
        sign=sign,
        signs=signs,
        words=in_words,
        number=number,
        states=STATES,
    )


def _wholes(placements, today: date):
    """The placement of today as a whole."""
    now = [one for one in placements if one.covers(today)]
    figures = days_of([one.id for one in now])
    return [(one, figures[one.id]) for one in now]


def _weeks(month_on: date) -> list[list[date | None]]:
    """Mondays first; None for days of other months."""
    day = month_on - timedelta(days=month_on.weekday())
    weeks: list[list[date | None]] = []
    while day < months_later(month_on, 1):
        week = [day + timedelta(days=number) for number in range(7)]
        weeks.append([one if one.month == month_on.month else None for one in week])
        day += timedelta(days=7)
    return weeks


def _day_asked() -> date:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        abort(404)


@attendance.route("/mine/appeals/new", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def new_appeal():
    resident, day, form = resident_of(viewer()), _day_asked(), AppealForm()
    placement = placement_on(resident.id, day)
    cell = roster.cell_of(placement, day) if placement else None
    because = None
    if form.validate_on_submit():
        morning, afternoon = form.halves()
        try:
            made = actions.appeal(
                resident,
                day,
                morning=morning,
                afternoon=afternoon,
                reason=form.reason.data,
                paper=form.paper.upload,
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
        except NotPossible as no:
            because = no.because
        else:
            flash(_("Your appeal is sent. You are told what is decided."), "success")
            return redirect(url_for("attendance.appeal", appeal_id=made.id))
    because = because or why_not(resident, day, today=clock.today())
    page = render_template(
        "attendance/new_appeal.html",
        form=form,
        day=day,
        cell=cell,
        because=NOT_POSSIBLE[because] if because else None,
        words=in_words,
        halves=HALVES,
    )
    return page, 200 if not form.is_submitted() else 422


@attendance.post("/appeals/<int:appeal_id>/withdrawal")
@allow(Role.RESIDENT)
def withdraw_appeal(appeal_id: int):
    one = queries.appeal_for(viewer(), appeal_id)
    try:
        actions.withdraw(one, by=viewer(), at=clock.now())
    except AlreadyDecided:
        flash(_("This appeal was decided already."), "info")
    except NotTheirs:
        flash(_("Only the resident takes an appeal back."), "error")
    else:
        flash(_("Withdrawn."), "success")
    return redirect(url_for("attendance.appeal", appeal_id=appeal_id))
