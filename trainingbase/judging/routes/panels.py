"""Appeals, and the panels that hear them."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.judging import tables
from trainingbase.judging.actions import letters as actions
from trainingbase.judging.actions.committee import NoChair, NotNow
from trainingbase.judging.forms.committee import NOBODY, PanelForm
from trainingbase.judging.forms.searching import AppealSearchForm
from trainingbase.judging.queries import appeals as queries
from trainingbase.judging.queries import scope
from trainingbase.judging.queries.committee import abstaining, eligible
from trainingbase.judging.routes.blueprint import judging
from trainingbase.paging import page_of
from trainingbase.roles import Role

READERS = (Role.OFFICE, Role.AUDITOR)


def _listed():
    form = AppealSearchForm()
    form.validate()
    return form, queries.appeals(search=form.search.data or "", state=form.state.data or "")


@judging.get("/appeals")
@allow(*READERS)
def appeals():
    form, rows = _listed()
    return render_template("judging/appeals.html", form=form, page=page_of(rows))


@judging.get("/appeals/export/<string:kind>")
@allow(*READERS)
def export_appeals(kind: str):
    _form, rows = _listed()
    return download(tables.of_appeals(scope.all_of(rows)), kind, "committee-appeals")


@judging.route("/appeals/<int:appeal_id>/panel", methods=["GET", "POST"])
@allow(Role.OFFICE)
def call_panel(appeal_id: int):
    """Of people none of whom sat when it was decided."""
    one = queries.appeal_by_id(appeal_id)
    resident_id = one.decision.case.resident_id
    barred = queries.sat_before(one) | abstaining([resident_id])[resident_id]
    people = [person for person in eligible() if person.id not in barred]
    form = PanelForm()
    form.chair.choices = options({NOBODY: _("Choose"), **{p.id: p.name for p in people}})
    form.members.choices = [(p.id, p.name) for p in people]
    if form.validate_on_submit():
        if form.held_on.data < clock.today():
            form.refuse("held_on", _("This day has passed."))
        else:
            made = _called(one, form)
            if made is not None:
                return redirect(url_for("judging.meeting", meeting_id=made.id))
    return render_template(
        "judging/form.html",
        form=form,
        heading=_("Call an appeal panel"),
        button=_("Call"),
        back=(_("Appeals against decisions"), url_for("judging.appeals")),
        appeal=one,
    )


def _called(one, form: PanelForm):
    try:
        made = actions.call_panel(
            one,
            held_on=form.held_on.data,
            place=form.place.data,
            chair_id=form.chair.data,
            members=form.members.data or [],
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
    except actions.SamePeople:
        form.refuse("members", _("Nobody sits who has decided before, or may not judge."))
    except NoChair:
        form.refuse("members", _("Choose at least one other member."))
    except NotNow:
        form.refuse("held_on", _("It is being heard already, or is over."))
    else:
        flash(_("The panel is called; resident and members are told."), "success")
        return made
    return None
