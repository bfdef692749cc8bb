"""What sites ask for, and what the office decides."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.network import actions, tables
from trainingbase.network.actions.proposals import effect_of
from trainingbase.network.forms import DecisionForm, ProposalSearchForm
from trainingbase.network.models import AlreadyDecided, Proposal
from trainingbase.network.queries import proposals as queries
from trainingbase.network.routes import network
from trainingbase.network.routes.affecting import shown
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sites.models import Closure
from trainingbase.sites.queries import all_of

ASKED = (Role.OFFICE, Role.AUDITOR, Role.SITE_COORDINATOR, Role.SECRETARY)


def _rows():
    form = ProposalSearchForm()
    rows = queries.listed(viewer(), state=form.state.data or "", search=form.search.data or "")
    return form, rows


@network.get("/proposals")
@allow(*ASKED)
def proposals():
    form, rows = _rows()
    return render_template("network/proposals.html", form=form, page=page_of(rows))


@network.get("/proposals/export/<string:kind>")
@allow(*ASKED)
def export_proposals(kind: str):
    return download(tables.of_proposals(all_of(_rows()[1])), kind, _("Closures asked for"))


@network.get("/proposals/<int:proposal_id>")
@allow(*ASKED)
def proposal(proposal_id: int):
    one = queries.proposal_for(viewer(), proposal_id)
    return _shown(one, DecisionForm())


def _shown(one: Proposal, form: DecisionForm, found=None):
    fault = None
    if found is None and one.granted is None:
        try:
            found = effect_of(one, today=clock.today())
            if found.effect.hits:
                form.show(found.effect.fingerprint)
        except actions.OverThen:
            fault = _("The time asked for is over: it can only be refused.")
        except actions.ClosedThen:
            fault = _("It is closed at that time already.")
    last = one.ends_on - timedelta(days=1) if one.ends_on else None
    asked = (
        {"kind": "close", "first": f"{one.starts_on:%Y-%m}", "last": f"{last:%Y-%m}"}
        if last
        else {}
    )
    return render_template(
        "network/proposal.html",
        proposal=one,
        form=form,
        fault=fault,
        **shown(one.department, found, **asked),
    )


@network.post("/proposals/<int:proposal_id>/decision")
@allow(Role.OFFICE)
def decide(proposal_id: int):
    one = queries.proposal_for(viewer(), proposal_id)
    form = DecisionForm()
    granted = request.form.get("decision") == "grant"
    if not form.validate_on_submit():
        return _shown(one, form)
    if not granted and not form.reason.data:
        form.refuse("reason", _("Say why it is refused."))
        return _shown(one, form)
    try:
        made = actions.decide(
            one,
            granted,
            reason=form.reason.data or None,
            seen=form.confirmed(),
            today=clock.today(),
            by=viewer(),
            at=clock.now(),
        )
    except actions.NotConfirmed as first:
        form.show(first.affected.effect.fingerprint)
        form.refuse("sure", _("Confirm that you have seen who is affected."))
        return _shown(one, form, first.affected)
    except (actions.OverThen, actions.ClosedThen):
        return _shown(one, form)
    except AlreadyDecided:
        flash(_("Somebody else has decided this meanwhile."), "info")
        return redirect(url_for("network.proposal", proposal_id=one.id))
    if made is None:
        flash(_("Refused, and the site is told."), "success")
        return redirect(url_for("network.proposal", proposal_id=one.id))
    flash(_("Granted, and the site is told."), "success")
    if isinstance(made, Closure):
        return redirect(url_for("network.closure", closure_id=made.id))
    return redirect(url_for("network.places_changed", change_id=made.id))
