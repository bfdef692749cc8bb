"""Taking somebody out of teaching: from when, what is open, to whom it goes; and back."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import member_by_id
from trainingbase.faculty.words import against
from trainingbase.roles import Role
from trainingbase.supervision import actions
from trainingbase.supervision.forms import DayForm, HandOverForm, hand_over_form
from trainingbase.supervision.models import AlreadyUndone
from trainingbase.supervision.queries import desk, leaving
from trainingbase.supervision.routes.blueprint import supervision
from trainingbase.supervision.words import why

GROUPS = ("placements", "tutees", "requests")


@supervision.route("/members/<int:member_id>/departure", methods=["GET", "POST"])
@allow(Role.OFFICE)
def departure(member_id: int):
    member, today, first = member_by_id(member_id), clock.today(), DayForm()
    if not first.from_on.data or not first.validate():
        return render_template("supervision/day.html", member=member, form=first)
    from_on = first.from_on.data
    left = leaving.open_of(member, from_on=from_on, today=today)
    rows = desk.judged(left.placements, today=today, without=member.id)
    form = _form(member, left, rows)
    if form.validate_on_submit() and _recorded(member, first, form):
        return redirect(url_for("supervision.teaching", member_id=member_id))
    page = render_template(
        "supervision/departure.html",
        member=member,
        form=form,
        first=first,
        left=left,
        rows=rows,
        why=why,
    )
    return page, 422 if form.errors else 200


def _form(member: FacultyMember, left: leaving.Open, rows) -> HandOverForm:
    others = leaving.successors(member, today=clock.today())
    everybody = [SelectChoice(str(one.person_id), one.name) for one in others]
    return hand_over_form(
        rows,
        {one.id: everybody for one in left.tutees},
        {one.id: _asked(one, others, rows) for one in left.requests},
    )


def _asked(request, others, rows) -> tuple[list, str]:
    """Those with a post in the department; proposed is who takes the placement."""
    department = request.placement.department_id
    there = [one for one in others if any(p.department_id == department for p in one.posts)]
    taking = {row.placement.id: row.proposed for row in rows}.get(request.placement_id)
    proposed = next((str(one.person_id) for one in there if one.id == taking), "")
    return [SelectChoice(str(one.person_id), one.name) for one in there], proposed


def _recorded(member: FacultyMember, first: DayForm, form: HandOverForm) -> bool:
    try:
        actions.deactivate(
            member,
            kind=first.kind.data,
            from_on=first.from_on.data,
            given=form.given(),
            by=viewer(),
            at=clock.now(),
            reason=form.reason.data,
        )
    except actions.NotHandedOver:
        for kind in GROUPS:
            for field in form.of(kind).values():
                if not field.data:
                    field.errors = [*field.errors, _("Choose somebody, or leave it to the office.")]
    except actions.NotAllowed as no:
        for key, reasons in no.refused.items():
            form.refuse(f"placements_{key}", _(", ").join(against(one) for one in reasons))
    except actions.HasLeft:
        flash(_("They are not active any more already."), "info")
        return True
    else:
        flash(_("Recorded. Everything open is handed over."), "success")
        return True
    return False


@supervision.post("/departures/<int:departure_id>/undoing")
@allow(Role.OFFICE)
def undo_departure(departure_id: int):
    one = leaving.departure_by_id(departure_id)
    member_id = one.faculty_member_id
    try:
        kept = actions.reactivate(one, by=viewer(), at=clock.now())
    except AlreadyUndone:
        flash(_("This was taken back already."), "info")
    else:
        flash(_("Back in teaching."), "success")
        if kept:
            flash(
                _("Placements that stay with somebody else: %(number)s.", number=len(kept)),
                "warning",
            )
    return redirect(url_for("supervision.teaching", member_id=member_id))
