"""A resident's swaps: what is on offer, offering, accepting, taking one's word back."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import resident_of
from trainingbase.form import options
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.swaps import actions
from trainingbase.swaps.forms import AcceptanceForm, OfferForm, WithForm
from trainingbase.swaps.models import AlreadyOffered, NotForYou, NotOpen, Offer, TooSoon
from trainingbase.swaps.queries import offers as queries
from trainingbase.swaps.queries.market import market
from trainingbase.swaps.routes import swaps
from trainingbase.swaps.routes.showing import (
    matching,
    offered,
    refusals,
    results,
    speaker_of,
)
from trainingbase.swaps.words import KINDS, STATES, breach_in_words


@swaps.get("/")
@allow(Role.RESIDENT)
def mine():
    resident, today = resident_of(viewer()), clock.today()
    there = market(today=today)
    open_offers = queries.open_to(resident, today=today) if there else []
    lawful = []
    for offer in open_offers:
        found = matching(there, offer, resident, likely_only=True)
        count = sum(not one.breaches for one in found)
        if count:
            lawful.append((offer, count))
    return render_template(
        "swaps/mine.html",
        resident=resident,
        there=there,
        lawful=lawful,
        unlawful=len(open_offers) - len(lawful),
        page=page_of(queries.of_resident(resident)),
        offered=offered,
        states=STATES,
        kinds=KINDS,
    )


SHOWN = 20
"""Results to choose from: those that move least come first."""


@swaps.route("/placements/<int:placement_id>", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def offer(placement_id: int):
    """Offer a placement: what would be lawful, with whom, and what would not, and why."""
    resident, today = resident_of(viewer()), clock.today()
    placement = queries.placement_of(resident, placement_id)
    there = market(today=today)
    row = there.row_of(placement) if there else None
    if there is None or row is None or placement.id in queries.offered_placements(resident):
        return render_template(
            "swaps/not_offered.html", placement=placement, until=there and there.until
        )
    speaker = speaker_of(there.plan, there.rows)
    ask = WithForm()
    others = {one: speaker.person(one) for one in there.rows if one != resident.id}
    ask.to.choices = options({0: _("Everybody")} | dict(sorted(others.items(), key=_by_name)))
    to = ask.to.data if ask.to.data in others else 0
    judged = list(there.judged(row, [to])) if to else []
    found = results(speaker, there.lawful(row, [to] if to else None))[:SHOWN]
    form = OfferForm()
    form.wanted.choices = options({one.key: one.words for one in found})
    if form.validate_on_submit() and not form.errors:
        wanted = [one.rows for one in found if one.key in form.wanted.data]
        made = _offered(form, placement, wanted, to)
        if made is not None:
            flash(_("Offered. You are told when somebody takes it."), "success")
            return redirect(url_for("swaps.one", offer_id=made.id))
    return render_template(
        "swaps/offer.html",
        placement=placement,
        form=form,
        ask=ask,
        to=speaker.person(to) if to else None,
        found=found,
        refused=refusals(speaker, judged) if to else [],
        looked_at=len(judged),
        until=there.until,
    )


def _by_name(item: tuple[int, str]) -> str:
    return item[1]


def _offered(form: OfferForm, placement: Placement, wanted: list, to: int) -> Offer | None:
    try:
        return actions.offer_swap(
            placement,
            wanted=wanted,
            to=queries.residents_by_id([to]).get(to) if to else None,
            word=form.word.data,
            by=viewer(),
            at=clock.now(),
            request_key=form.form_key.data,
        )
    except AlreadyOffered:
        form.refuse("wanted", _("This placement is on offer already."))
    except TooSoon:
        form.refuse("wanted", _("This placement begins too soon to be exchanged."))
    except actions.Unlawful:
        form.refuse("wanted", _("This is not lawful any more: look at what is, and choose again."))
    return None


@swaps.post("/<int:offer_id>/acceptance")
@allow(Role.RESIDENT)
def accept(offer_id: int):
    resident, offer = resident_of(viewer()), queries.offer_for(viewer(), offer_id)
    form = AcceptanceForm()
    there = market(today=clock.today())
    found = matching(there, offer, resident)
    form.choice.choices = options({one.exchange.key: "" for one in found})
    if not form.validate_on_submit():
        flash(_("Choose an exchange."), "error")
        return redirect(url_for("swaps.one", offer_id=offer_id))
    try:
        done = actions.accept(offer, resident, form.choice.data, by=viewer(), at=clock.now())
    except NotOpen:
        flash(_("This offer is not open any more: somebody else was quicker, or it ended."), "info")
        return redirect(url_for("swaps.mine"))
    except (NotForYou, TooSoon):
        flash(_("This exchange is not possible any more."), "error")
    except actions.Unlawful as refused:
        flash(_refused(refused, offer, resident), "error")
    else:
        if done.state == "done":
            flash(_("The swap is made: look at your rotations."), "success")
        else:
            flash(_("Accepted. The office decides, and you are told."), "success")
    return redirect(url_for("swaps.one", offer_id=offer_id))


def _refused(refused: actions.Unlawful, offer: Offer, resident: Resident) -> str:
    if refused.problem is None:
        return _("This exchange is not possible any more.")
    speaker = speaker_of(offer.plan, (offer.resident_id, resident.id))
    words = [breach_in_words(speaker, refused.problem, one) for one in refused.breaches]
    return _("Not possible: %(breaches)s", breaches=" ".join(words))


@swaps.post("/<int:offer_id>/withdrawal")
@allow(Role.RESIDENT)
def withdraw(offer_id: int):
    resident, offer = resident_of(viewer()), queries.offer_for(viewer(), offer_id)
    try:
        actions.withdraw(offer, resident, by=viewer(), at=clock.now())
    except (NotOpen, NotForYou):
        flash(_("This offer is not open any more."), "info")
    else:
        flash(_("Withdrawn."), "success")
    return redirect(url_for("swaps.mine"))
