"""The month by keyboard: a sign in each cell, saved together."""

from dataclasses import dataclass, field
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.attendance import actions
from trainingbase.attendance.models.records import MonthIsClosed, NotPossible
from trainingbase.attendance.queries import roster
from trainingbase.attendance.queries.choices import calendar_of
from trainingbase.attendance.queries.months import month_row, placements_in
from trainingbase.attendance.queries.scope import department_for
from trainingbase.attendance.routes import attendance
from trainingbase.attendance.routes.asked import TAKE, month_named
from trainingbase.attendance.routes.month import days_in
from trainingbase.attendance.words import (
    MARKED_HALF,
    NOT_POSSIBLE,
    TYPED,
    NotASign,
    in_words,
    sign,
    signs,
    to_type,
    typed,
)
from trainingbase.form import Form, cleaned, number_or_none
from trainingbase.months import months_later
from trainingbase.roles import Role


@dataclass
class Sent:
    """What came: texts and errors by the name of a cell, and what is to be changed."""

    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, actions.Wanted] = field(default_factory=dict)
    reason: str = ""
    reason_error: str = ""


def cell_name(placement_id: int, day: date) -> str:
    return f"{placement_id}-{day.day}"


@attendance.route("/month/<string:month>/<int:department_id>", methods=["GET", "POST"])
@allow(*TAKE)
def fill(month: str, department_id: int):
    month_on = month_named(month)
    department = department_for(viewer(), department_id, taking=True)
    form, sent, status = Form(), Sent(), 200
    rows = roster.with_cells(placements_in(department_id, month_on), month_on)
    if form.validate_on_submit():
        sent = _read(rows)
        status = _save(sent) if not sent.errors else 422
        if status == 0:
            address = url_for("attendance.month", month=month, department=department_id)
            return redirect(address)
        rows = roster.with_cells(placements_in(department_id, month_on), month_on)
    closed = month_row(department_id, month_on)
    is_closed = closed is not None and closed.is_closed
    page = render_template(
        "attendance/fill.html",
        form=form,
        sent=sent,
        month=month_on,
        department=department,
        rows=rows,
        days=days_in(month_on),
        working=calendar_of(department, month_on, months_later(month_on, 1)),
        today=clock.today(),
        is_closed=is_closed,
        locked=is_closed and not viewer().holds(Role.OFFICE),
        cell_name=cell_name,
        to_type=to_type,
        signs=signs,
        sign=sign,
        words=in_words,
        marked=MARKED_HALF,
        letters={
            state: letter
            for letter, state in TYPED.items()
            if letter.isascii() and letter.isalpha()
        },
    )
    return page, status


def _read(rows) -> Sent:
    """Only cells whose text differs from what they were filled from are to be changed."""
    sent = Sent(reason=(cleaned(request.form.get("reason", "")) or "")[:200])
    for row in rows:
        for day in row.cells:
            name = cell_name(row.placement.id, day)
            text = (cleaned(request.form.get(f"c-{name}", "")) or "")[:12]
            version, _mark, before = request.form.get(f"o-{name}", "0:").partition(":")
            if f"c-{name}" not in request.form or text == before:
                continue
            sent.texts[name] = text
            try:
                morning, afternoon = typed(text)
            except NotASign:
                sent.errors[name] = _("This is no sign of the legend.")
                continue
            sent.wanted[name] = actions.Wanted(
                row.placement,
                day,
                morning,
                afternoon,
                sent.reason or None,
                number_or_none(version) or 0,
            )
    return sent


def _save(sent: Sent) -> int:
    """0 when it was saved, else the status of the page that says what was not."""
    if not sent.wanted:
        flash(_("Saved: nothing was different."), "success")
        return 0
    try:
        actions.mark_many(list(sent.wanted.values()), by=viewer(), at=clock.now())
    except actions.Overtaken as overtaken:
        keys = set(overtaken.keys)
        for name, one in sent.wanted.items():
            if one.key in keys:
                sent.errors[name] = _("Somebody else has changed this meanwhile: look again.")
        return 409
    except MonthIsClosed:
        flash(_("The month is closed: only the office corrects it."), "error")
        return 409
    except NotPossible as no:
        sent.reason_error = str(NOT_POSSIBLE[no.because])
        return 422
    flash(_("Saved: days changed: %(number)s.", number=len(sent.wanted)), "success")
    return 0
