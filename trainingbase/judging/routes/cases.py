"""One resident before the committee: read, think alone, compare, decide."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.judging.actions import deciding, reading
from trainingbase.judging.actions.committee import NotNow
from trainingbase.judging.forms.deciding import DecisionForm, decision_form, view_form
from trainingbase.judging.queries import appeals, own
from trainingbase.judging.queries import cases as queries
from trainingbase.judging.queries.committee import abstaining
from trainingbase.judging.routes.blueprint import SEE, SIT, judging
from trainingbase.judging.routes.pictures import shown
from trainingbase.roles import Role
from trainingbase.signatures.queries import is_intact


@judging.get("/cases/<int:case_id>")
@allow(*SEE)
def case(case_id: int):
    return _page(queries.case_for(viewer(), case_id))


def _page(one, status: int = 200, form=None):
    packet = one.packets[-1] if one.packets else None
    mine, decision = queries.own_view(viewer(), one), queries.decision_of(one)
    sits = any(s.person_id == viewer().id for s in one.meeting.sittings)
    reads = one.meeting.state in ("reading", "open") and decision is None
    if form is None and sits and reads and mine is None and packet is not None:
        form = view_form(packet.id)
    barred = abstaining([one.resident_id])[one.resident_id]
    page = render_template(
        "judging/case.html",
        one=one,
        packet=packet,
        mine=mine,
        decision=decision,
        sits=sits,
        form=form,
        views=queries.views_for(viewer(), one),
        views_given=queries.views_counted(one),
        abstaining=[s.person.name for s in one.meeting.sittings if s.person_id in barred],
        may_decide=decision is None and one.meeting.state == "open"
        and deciding.may_decide(one, viewer()),
        may_refreeze=reads and viewer().holds(Role.OFFICE),
        appeal=appeals.heard_by(one),
        **(shown(packet.content) if packet is not None else {"content": None}),
    )  # fmt: skip
    return page, status


@judging.post("/cases/<int:case_id>/view")
@allow(*SIT)
def give_view(case_id: int):
    one = queries.case_for(viewer(), case_id)
    packet = one.packets[-1] if one.packets else None
    form = view_form(packet.id if packet else 0)
    if packet is None or not form.validate_on_submit():
        return _page(one, 422, form)
    read = next((p for p in one.packets if str(p.id) == form.packet.data), packet)
    try:
        reading.give_view(
            one, read, outcome=form.outcome.data, judged=form.judged(), word=form.word.data,
            by=viewer(), at=clock.now(),
        )  # fmt: skip
        flash(_("Your view is kept; now you can read those of the others."), "success")
    except reading.AlreadyGiven:
        flash(_("You have given your view before; it stays as it is."), "info")
    except (NotNow, reading.Barred):
        flash(_("No view is taken here now."), "error")
    return redirect(url_for("judging.case", case_id=case_id))


@judging.post("/cases/<int:case_id>/packets")
@allow(Role.OFFICE)
def freeze_anew(case_id: int):
    one = queries.case_for(viewer(), case_id)
    try:
        made = reading.freeze_anew(one, today=clock.today(), by=viewer(), at=clock.now())
        flash(_("Packet %(number)s is frozen beside the one before.", number=made.number),
              "success")  # fmt: skip
    except NotNow:
        flash(_("The meeting is not in a state for that any more."), "error")
    return redirect(url_for("judging.case", case_id=case_id))


@judging.route("/cases/<int:case_id>/decision", methods=["GET", "POST"])
@allow(*SIT)
def decide(case_id: int):
    one = queries.case_for(viewer(), case_id)
    packet, voters = queries.packet_now(one), deciding.voters_of(one)
    is_done = queries.decision_of(one) is not None
    if packet is None or is_done or not deciding.may_decide(one, viewer()):
        flash(_("There is nothing to decide here now."), "info")
        return redirect(url_for("judging.case", case_id=case_id))
    if one.meeting.state != "open":
        flash(_("The meeting is not open."), "info")
        return redirect(url_for("judging.case", case_id=case_id))
    appeal = appeals.heard_by(one)
    form = decision_form(
        packet_id=packet.id,
        owners=own.owners_for(one.resident),
        returning=own.returning_plans(one.resident_id),
        appeal=appeal is not None,
        voters=len(voters),
        today=clock.today(),
    )
    if form.validate_on_submit() and _decided(one, packet, form):
        flash(_("Decided and signed; the letter is with the resident."), "success")
        return redirect(url_for("judging.case", case_id=case_id))
    return render_template(
        "judging/decide.html",
        one=one,
        packet=packet,
        form=form,
        voters=len(voters),
        views=queries.views_for(viewer(), one),
        appeal=appeal,
    )


def _decided(one, packet, form: DecisionForm) -> bool:
    """Whether it was; what is refused is said at its field."""
    if form.packet.data != str(packet.id):
        form.packet.raw_data, form.packet.data = None, str(packet.id)
        form.refuse("outcome", _("A newer packet was frozen meanwhile: read it first."))
        return False
    try:
        return form.signs(
            lambda proof: deciding.decide(
                one, packet, form.given(), proof=proof, by=viewer(), at=clock.now()
            )
        )
    except deciding.WrongVotes as refused:
        form.refuse(
            "votes_for", _("%(n)s may vote: the votes must add up to that.", n=refused.voters)
        )
    except deciding.NoQuorum as refused:
        said = _("No quorum: %(present)s of the %(needed)s needed may judge this resident.",
                 present=refused.present, needed=refused.needed)  # fmt: skip
        form.refuse("outcome", said)
    except deciding.NoPlan:
        form.refuse("goal_0", _("This decision needs a plan with an owner and a day."))
    except deciding.OtherPacket:
        form.refuse("outcome", _("A newer packet was frozen meanwhile: read it first."))
    except (NotNow, deciding.NotTheChair):
        form.refuse("outcome", _("There is nothing to decide here now."))
    return False


@judging.get("/cases/<int:case_id>/signed")
@allow(*SEE)
def signed(case_id: int):
    """The decision as it was signed."""
    one = queries.case_for(viewer(), case_id)
    decision = queries.decision_of(one)
    if decision is None:
        return redirect(url_for("judging.case", case_id=case_id))
    return render_template(
        "judging/signed.html",
        one=one,
        decision=decision,
        intact=is_intact(decision.signature),
    )
