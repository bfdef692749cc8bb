"""The page of one offer: for the two residents, for whoever may take it, for the office."""

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.form import options
from trainingbase.roles import Role
from trainingbase.rotations.speaking import Speaker
from trainingbase.swaps.forms import AcceptanceForm, ApprovalForm, RefusalForm
from trainingbase.swaps.models import ACCEPTED, DONE, Offer
from trainingbase.swaps.queries import offers as queries
from trainingbase.swaps.queries.market import Market, market
from trainingbase.swaps.routes import swaps
from trainingbase.swaps.routes.showing import (
    exchange_of,
    matching,
    offered,
    refusals,
    sides,
    speaker_of,
    wanted_in_words,
)
from trainingbase.swaps.rules import Exchange
from trainingbase.swaps.words import KINDS, STATES, breach_in_words


@swaps.get("/<int:offer_id>", endpoint="one")
@allow(Role.RESIDENT, Role.OFFICE, Role.AUDITOR)
def one_offer(offer_id: int):
    offer = queries.offer_for(viewer(), offer_id)
    if viewer().holds(*queries.SEE_ALL):
        return page_of_office(offer)
    return page_of_resident(offer)


def page_of_resident(offer: Offer):
    resident, today = resident_of(viewer()), clock.today()
    agreed, form, found, refused = exchange_of(offer), None, [], []
    speaker = speaker_of(offer.plan, (offer.resident_id, resident.id, offer.taken_by_id))
    if offer.is_open(today) and offer.resident_id != resident.id:
        judged = matching(market(today=today), offer, resident)
        found = [one.exchange for one in judged if not one.breaches]
        refused = refusals(speaker, judged)
        form = AcceptanceForm(formdata=None, data={"choice": found[0].key if found else None})
        form.choice.choices = options({one.key: sides(speaker, one)[1][2] for one in found})
    return render_template(
        "swaps/one.html",
        offer=offer,
        resident=resident,
        offered=offered,
        is_open=offer.is_open(today),
        agreed=sides(speaker, agreed) if agreed else None,
        wanted=wanted_in_words(speaker, offer),
        found=[sides(speaker, one) for one in found],
        refused=refused,
        form=form,
        states=STATES,
        kinds=KINDS,
    )


def page_of_office(offer: Offer, status: int = 200):
    """Legality is looked at anew: what was lawful when it was agreed may not be by now."""
    there, agreed = market(today=clock.today()), exchange_of(offer)
    speaker = speaker_of(offer.plan, (offer.resident_id, offer.taken_by_id))
    breaches = None
    if agreed and there and offer.state in (ACCEPTED, DONE):
        breaches = _breaches_now(there, speaker, offer, agreed)
    form = ApprovalForm(formdata=None, data={"version": offer.version})
    refusal = RefusalForm(formdata=None, data={"version": offer.version})
    page = render_template(
        "swaps/one_office.html",
        offer=offer,
        offered=offered,
        agreed=sides(speaker, agreed) if agreed else None,
        wanted=wanted_in_words(speaker, offer),
        breaches=breaches,
        form=form,
        refusal=refusal,
        states=STATES,
        kinds=KINDS,
    )
    return page, status


def _breaches_now(there: Market, speaker: Speaker, offer: Offer, agreed: Exchange) -> list[str]:
    """Of carrying it out, or, once it is made, of taking it back."""
    if offer.state == DONE:
        agreed = Exchange(agreed.offering, agreed.taking, agreed.added, agreed.removed)
        if agreed.first_day <= clock.today():
            return [_("Something of it has begun.")]
    elif agreed.first_day <= there.until:
        return [_("It begins within the days of notice.")]
    present = set(there.rows.get(agreed.offering, ())) | set(there.rows.get(agreed.taking, ()))
    if not set(agreed.removed) <= present:
        return [_("The plan has changed: what was agreed is not in it any more.")]
    judged = there.judge(agreed)
    return [breach_in_words(speaker, judged.problem, one) for one in judged.breaches]
