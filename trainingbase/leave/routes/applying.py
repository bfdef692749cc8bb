"""A resident's own leave: what it would do, asking for it, and what was asked for."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.form import options
from trainingbase.leave import actions
from trainingbase.leave.forms import ApplicationForm, AskForm
from trainingbase.leave.models import NotAllowed
from trainingbase.leave.queries import leaves as queries
from trainingbase.leave.queries import ledger
from trainingbase.leave.queries.rules import leave_rules, years_known
from trainingbase.leave.queries.standing import Preview, preview_of
from trainingbase.leave.routes import leave
from trainingbase.leave.words import STATE_KINDS, STATES, STEPS, refusal_in_words
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.words import LEAVE_KINDS


@leave.get("/mine")
@allow(Role.RESIDENT)
def mine():
    resident, year = resident_of(viewer()), clock.today().year
    [account] = ledger.accounts([resident], year)
    return render_template(
        "leave/mine.html",
        resident=resident,
        page=page_of(queries.of_resident(resident)),
        account=account,
        year=year,
        rules=leave_rules(),
        kinds=LEAVE_KINDS,
        states=STATES,
        state_kinds=STATE_KINDS,
    )


@leave.route("/new", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def new():
    """Kind and days stand in the address: looking changes nothing, and needs no JavaScript."""
    resident, ask = resident_of(viewer()), AskForm()
    choices = [one for one in leave_rules() if one.by_residents]
    ask.kind.choices = options({one.kind: LEAVE_KINDS[one.kind] for one in choices})
    form = ApplicationForm()
    seen = looked_at(ask, resident)
    if seen is not None and form.validate_on_submit() and not form.errors:
        try:
            made = actions.apply_for(
                resident,
                seen.wanted,
                reason=form.reason.data,
                papers=form.papers.uploads,
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
        except NotAllowed as refused:
            refuse_fields(refused.refusals, ask, form)
        else:
            flash(_("Asked for. You are told at each step."), "success")
            return redirect(url_for("leave.one", leave_id=made.id))
    return render_template(
        "leave/new.html",
        ask=ask,
        form=form,
        seen=seen,
        resident=resident,
        kinds=LEAVE_KINDS,
        steps=STEPS,
        unknown_years=unknown_years(seen),
    )


def looked_at(ask: AskForm, resident, *, by_office: bool = False) -> Preview | None:
    """The preview of what stands in the address, with what is refused beside its fields; None
    while there is nothing to look at."""
    if not request.args.get("kind") or not ask.validate():
        return None
    seen = preview_of(resident, ask.wanted(by_office=by_office), today=clock.today())
    refuse_fields(seen.refusals, ask)
    return seen


def refuse_fields(refusals, ask, form=None) -> None:
    for one in refusals:
        place = form if form is not None and one.where in form else ask
        words = refusal_in_words(one)
        if words not in place[one.where].errors:
            place.refuse(one.where, words)


def unknown_years(seen: Preview | None) -> list[int]:
    """Years of which no public holidays are entered, where working days are counted."""
    if seen is None or not seen.rule.working_days:
        return []
    wanted = {one.year for one in seen.allowances}
    return sorted(wanted - years_known())
