"""Other places from a month on."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import whole_number
from trainingbase.months import first_of_month, months_later
from trainingbase.network import actions
from trainingbase.network.forms import PlacesForm
from trainingbase.network.queries import effects
from trainingbase.network.queries.effects import affected
from trainingbase.network.routes import ASKERS, network
from trainingbase.network.routes.affecting import shown
from trainingbase.network.rules.effects import with_places
from trainingbase.roles import Role
from trainingbase.sites.models import Department, PlaceChange
from trainingbase.sites.queries import department_kept
from trainingbase.sites.queries.places import opening_of
from trainingbase.sites.rules.places import offered


@network.route("/departments/<int:department_id>/places", methods=["GET", "POST"])
@allow(*ASKERS)
def change_places(department_id: int):
    """The office changes, a site asks for it.  With `part` in the address only who is hit."""
    department = department_kept(viewer(), department_id)
    if request.args.get("part"):
        return render_template("network/_affected.html", **_preview(department))
    form = PlacesForm(data=_usual(department) if request.method == "GET" else None)
    found = None
    if form.validate_on_submit() and not form.errors:
        try:
            return redirect(_kept(department, form))
        except actions.NotConfirmed as shown_first:
            found = shown_first.affected
            form.show(found.effect.fingerprint)
        except actions.OverThen:
            form.refuse("month", _("This month is over."))
    return render_template(
        "network/places.html",
        form=form,
        preview=url_for("network.change_places", department_id=department.id, part=1),
        **shown(department, found),
    )


def _usual(department: Department) -> dict:
    """Next month, with what is set for it."""
    month = months_later(clock.today(), 1)
    most, fewest = offered(opening_of(department), month)
    return {"month": month, "most": most, "fewest": fewest}


def _kept(department: Department, form: PlacesForm) -> str:
    said = {
        "most": form.most.data,
        "fewest": form.fewest.data,
        "why": form.why.data,
        "seen": form.confirmed(),
        "today": clock.today(),
        "by": viewer(),
        "at": clock.now(),
    }
    month = first_of_month(form.month.data)
    if viewer().holds(Role.OFFICE):
        made = actions.change_places(department, from_on=month, **said)
        flash(_("The places are changed."), "success")
        return url_for("network.places_changed", change_id=made.id)
    asked = actions.propose(department, starts_on=month, **said, request_key=form.form_key.data)
    flash(_("The office is asked and decides."), "success")
    return url_for("network.proposal", proposal_id=asked.id)


def _preview(department: Department) -> dict:
    found = None
    try:
        month = date.fromisoformat(f"{request.args.get('month', '')}-01")
        most, fewest = (
            request.args.get("most", type=whole_number),
            request.args.get("fewest", 0, type=whole_number),
        )
    except ValueError:
        return shown(department, None)
    if most is not None and 0 <= fewest <= most and month >= first_of_month(clock.today()):
        after = with_places(opening_of(department), month, most, fewest)
        found = affected(department, after, today=clock.today())
    return shown(department, found)


@network.get("/changes/<int:change_id>")
@allow(*ASKERS)
def places_changed(change_id: int):
    one = _change_seen(change_id)
    after = opening_of(one.department)
    found = affected(
        one.department,
        after,
        today=clock.today(),
        before=effects.without_change(after, one.from_on),
    )
    return render_template(
        "network/places_changed.html", change=one, **shown(one.department, found)
    )


def _change_seen(change_id: int) -> PlaceChange:
    one = effects.change_by_id(change_id)
    department_kept(viewer(), one.department_id)
    return one


@network.post("/changes/<int:change_id>/withdrawal")
@allow(Role.OFFICE)
def take_back(change_id: int):
    one = _change_seen(change_id)
    department_id = one.department_id
    try:
        actions.take_back(one, today=clock.today(), by=viewer(), at=clock.now())
    except actions.OverThen:
        flash(_("These places hold already: set others from a month on."), "info")
    else:
        flash(_("The change is taken back."), "success")
    return redirect(url_for("sites.department", department_id=department_id))
