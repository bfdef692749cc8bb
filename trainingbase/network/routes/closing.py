"""Closing a department for a time: who is hit, before and after; opening it again."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.i18n import day, last_day
from trainingbase.network import actions
from trainingbase.network.forms import ClosureForm
from trainingbase.network.queries import effects
from trainingbase.network.queries.effects import affected
from trainingbase.network.routes import ASKERS, network
from trainingbase.network.routes.affecting import shown
from trainingbase.network.rules.effects import closed
from trainingbase.roles import Role
from trainingbase.sites.models import Closure, Department
from trainingbase.sites.queries import department_kept
from trainingbase.sites.queries.places import opening_of


@network.route("/departments/<int:department_id>/closure", methods=["GET", "POST"])
@allow(*ASKERS)
def close(department_id: int):
    """The office closes, a site asks for it.  With `part` in the address only who is hit."""
    department = department_kept(viewer(), department_id)
    if request.args.get("part"):
        first, last = _days(request.args)
        return render_template("network/_affected.html", **_preview(department, first, last))
    form = ClosureForm()
    first, last = form.first_day.data, form.last_day.data
    found = None
    if form.validate_on_submit() and not form.errors:
        try:
            return redirect(_kept(department, form))
        except actions.NotConfirmed as shown_first:
            found = shown_first.affected
            form.show(found.effect.fingerprint)
        except actions.OverThen:
            form.refuse("last_day", _("This day is over."))
        except actions.ClosedThen as there:
            form.refuse(
                "first_day",
                _(
                    "It is closed from %(first)s until %(last)s already.",
                    first=day(there.span[0]),
                    last=last_day(there.span[1]),
                ),
            )
    return render_template(
        "network/close.html",
        form=form,
        preview=url_for("network.close", department_id=department.id, part=1),
        **shown(department, found, **_question(first, last)),
    )


def _question(first: date | None, last: date | None) -> dict:
    return {
        "kind": "close",
        "first": f"{first:%Y-%m}" if first else None,
        "last": f"{last:%Y-%m}" if last else None,
    }


def _kept(department: Department, form: ClosureForm) -> str:
    """Where to go once it is closed, or asked for."""
    said = {
        "starts_on": form.first_day.data,
        "ends_on": form.last_day.data + timedelta(days=1),
        "why": form.why.data,
        "seen": form.confirmed(),
        "today": clock.today(),
        "by": viewer(),
        "at": clock.now(),
    }
    if viewer().holds(Role.OFFICE):
        made = actions.close(department, **said)
        flash(_("The department is closed for this time."), "success")
        return url_for("network.closure", closure_id=made.id)
    asked = actions.propose(department, **said, request_key=form.form_key.data)
    flash(_("The office is asked and decides."), "success")
    return url_for("network.proposal", proposal_id=asked.id)


def _days(args) -> tuple[date | None, date | None]:
    return _day(args.get("first_day")), _day(args.get("last_day"))


def _day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def _preview(department: Department, first: date | None, last: date | None) -> dict:
    """Who would be hit by what stands in the form so far."""
    found = None
    if first and last and first <= last:
        try:
            found = effects_of(department, first, last + timedelta(days=1))
        except (actions.OverThen, actions.ClosedThen):
            found = None
    return shown(department, found, **_question(first, last))


def effects_of(department: Department, starts_on: date, ends_on: date):
    after = closed(opening_of(department), starts_on, ends_on)
    return affected(department, after, today=clock.today(), days=(starts_on, ends_on))


@network.get("/closures/<int:closure_id>")
@allow(*ASKERS)
def closure(closure_id: int):
    one = _closure_seen(closure_id)
    return render_template(
        "network/closure.html",
        closure=one,
        **shown(
            one.department,
            _since(one),
            **_question(one.starts_on, one.ends_on - timedelta(days=1)),
        ),
    )


def _since(one: Closure):
    """Who is hit by a closure that is kept: against the department without it."""
    after = opening_of(one.department)
    return affected(
        one.department,
        after,
        today=clock.today(),
        days=(one.starts_on, one.ends_on),
        before=effects.without(after, (one.starts_on, one.ends_on)),
    )


def _closure_seen(closure_id: int) -> Closure:
    """Raises `NoResultFound` for one of a department this person may not see."""
    one = effects.closure_by_id(closure_id)
    department_kept(viewer(), one.department_id)
    return one


@network.post("/closures/<int:closure_id>/end")
@allow(Role.OFFICE)
def lift(closure_id: int):
    one = _closure_seen(closure_id)
    department_id = one.department_id
    try:
        actions.lift(one, today=clock.today(), by=viewer(), at=clock.now())
    except actions.OverThen:
        flash(_("This closure is over."), "info")
    else:
        flash(_("The department is open again."), "success")
    return redirect(url_for("sites.department", department_id=department_id))
