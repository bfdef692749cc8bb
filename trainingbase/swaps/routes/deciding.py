"""The office's swaps: the list, one of them, yes, no, and back."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.i18n import moment
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.rotations.rules.rows import from_json
from trainingbase.stale import Stale
from trainingbase.swaps import actions
from trainingbase.swaps.forms import ApprovalForm, OfferSearchForm, RefusalForm
from trainingbase.swaps.models import NotOpen, TooSoon
from trainingbase.swaps.queries import offers as queries
from trainingbase.swaps.routes import swaps
from trainingbase.swaps.routes.pages import page_of_office
from trainingbase.swaps.routes.showing import offered, speaker_of
from trainingbase.swaps.words import KINDS, STATES, breach_in_words
from trainingbase.thresholds.queries import whole


def _listed():
    form = OfferSearchForm()
    rows = queries.listed(search=form.search.data or "", state=form.state.data or "")
    return form, rows


@swaps.get("/all", endpoint="all")
@allow(Role.OFFICE, Role.AUDITOR)
def all_offers():
    form, rows = _listed()
    return render_template(
        "swaps/all.html",
        form=form,
        page=page_of(rows),
        offered=offered,
        states=STATES,
        kinds=KINDS,
        pass_by_themselves=bool(whole("swaps_pass")),
    )


@swaps.get("/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export(kind: str):
    from trainingbase.sheets.write import Table

    _form, rows = _listed()
    header = [_("Resident"), _("Offers"), _("First day"), _("With"), _("Offered"), _("State")]
    table = [
        [
            one.resident.name,
            offered(one),
            one.placement.starts_on,
            one.taken_by.name if one.taken_by else "",
            moment(one.offered_at),
            str(STATES[one.state]),
        ]
        for one in queries.all_of(rows)
    ]
    return download(Table(_("Swaps"), header, table), kind, _("Swaps"))


@swaps.post("/<int:offer_id>/approval")
@allow(Role.OFFICE)
def approve(offer_id: int):
    return _decided(offer_id, actions.approve, _("Approved: the plan is changed, both are told."))


@swaps.post("/<int:offer_id>/undoing")
@allow(Role.OFFICE)
def undo(offer_id: int):
    return _decided(offer_id, actions.undo, _("Taken back: the plan is as before, both are told."))


def _decided(offer_id: int, decide, words: str):
    offer, form = queries.offer_for(viewer(), offer_id), ApprovalForm()
    if not form.validate_on_submit():
        return redirect(url_for("swaps.one", offer_id=offer_id))
    try:
        decide(offer, version=form.version.data, by=viewer(), at=clock.now())
    except NotOpen:
        flash(_("This swap is not waiting for that any more."), "info")
    except TooSoon:
        flash(_("Too late: something of it begins too soon, or has begun."), "error")
    except Stale:
        flash(_("Somebody changed this swap meanwhile: look at it again."), "error")
        return page_of_office(queries.offer_for(viewer(), offer_id), 409)
    except actions.Unlawful as refused:
        flash(_in_words(refused, offer_id), "error")
    else:
        flash(words, "success")
    return redirect(url_for("swaps.one", offer_id=offer_id))


def _in_words(refused: actions.Unlawful, offer_id: int) -> str:
    offer = queries.offer_for(viewer(), offer_id)
    if refused.problem is None:
        return _("The plan has changed: what was agreed is not in it any more.")
    rows = [*from_json(offer.removed or ()), *from_json(offer.added or ())]
    speaker = speaker_of(offer.plan, {row.resident for row in rows})
    words = [breach_in_words(speaker, refused.problem, one) for one in refused.breaches]
    return _("Not possible: %(breaches)s", breaches=" ".join(words))


@swaps.post("/<int:offer_id>/refusal")
@allow(Role.OFFICE)
def refuse(offer_id: int):
    offer, form = queries.offer_for(viewer(), offer_id), RefusalForm()
    if not form.validate_on_submit():
        flash(_("Say why."), "error")
        return redirect(url_for("swaps.one", offer_id=offer_id))
    try:
        actions.refuse(
            offer,
            reason=form.reason.data,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except NotOpen:
        flash(_("This swap is not waiting for that any more."), "info")
    except Stale:
        flash(_("Somebody changed this swap meanwhile: look at it again."), "error")
        return page_of_office(queries.offer_for(viewer(), offer_id), 409)
    else:
        flash(_("Refused, and both are told."), "success")
    return redirect(url_for("swaps.one", offer_id=offer_id))
