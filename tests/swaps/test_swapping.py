"""An offer, an answer, a decision; the plan changes as it does in publishing, or not at all."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest

from tests.cast import add
from tests.swaps.conftest import (
    APRIL,
    FEBRUARY,
    JANUARY,
    NOW,
    PUBLISHED_AT,
    TODAY,
    key_for,
    months_of,
    told,
)
from trainingbase import worker
from trainingbase.audit.models import Entry
from trainingbase.db import Stale, db
from trainingbase.enrolment.models import Resident
from trainingbase.rotations import actions as rotations
from trainingbase.rotations.models import Placement, PlanChange
from trainingbase.rotations.queries.plans import plan_in_force
from trainingbase.rotations.queries.problem import rows_of_plan
from trainingbase.sites.models import Closure
from trainingbase.swaps import actions
from trainingbase.swaps.models import AlreadyOffered, NotForYou, NotOpen, Offer, TooSoon

SURGERY_LAST = [(1, "Medicine"), (3, "Surgery"), (4, "GP team")]
SURGERY_FIRST = [(1, "Surgery"), (2, "Medicine"), (4, "GP team")]


def offer_again(offer):
    return db.session.get(Offer, offer.id, populate_existing=True)


def test_two_residents_and_the_office_make_a_swap(
    in_force, taken, alice_resident, bob_resident, alice, bob, office, mei, live
):
    plan = in_force()
    stayed = {one.id for one in live() if one.starts_on >= APRIL}
    offer = taken()
    assert (offer.state, told(office)[-1], told(alice)[-1]) == (
        "accepted",
        "swap-waits",
        "swap-accepted",
    )
    assert months_of(alice_resident) == SURGERY_LAST  # nothing has moved yet
    actions.approve(offer, version=offer.version, by=office, at=NOW)
    assert months_of(alice_resident) == SURGERY_FIRST
    assert months_of(bob_resident) == SURGERY_LAST
    assert told(alice)[-2:] == ["placement-changed", "swap-done"]
    assert told(bob)[-2:] == ["placement-changed", "swap-done"]
    assert told(mei)[-1] == "supervising-changed"
    assert stayed <= {one.id for one in live()}
    cancelled = db.session.query(Placement).filter(Placement.cancelled_at.is_not(None)).all()
    assert len(cancelled) == 4 and {one.sequence for one in cancelled} == {1}
    # The plan says the same as the placements, so that the next plan begins from it.
    rows = {(r.resident, r.starts_on, r.department) for r in rows_of_plan(plan_in_force())}
    assert rows == {(p.resident_id, p.starts_on, p.department_id) for p in live()}
    assert plan_in_force().id == plan.id
    assert db.session.query(PlanChange).count() == 1
    acts = [one.act for one in db.session.query(Entry).order_by(Entry.id)]
    assert acts[-4:] == ["offer-swap", "accept-swap", "amend-plan", "carry-out-swap"]


def test_a_third_resident_hears_nothing(
    in_force, offered, stays, county, alice_resident, bob_resident, bob, carol_resident, office
):
    carol = [(date(2027, 7, 1), date(2027, 9, 1), *stays(0)[0][2:])]
    in_force(
        months={
            alice_resident.id: stays(0),
            bob_resident.id: stays(1),
            carol_resident.id: carol,
        },
        reason="Carol comes later",
    )
    before = told(carol_resident.person)
    offer = offered()
    actions.accept(offer, bob_resident, key_for(offer, bob_resident), by=bob, at=NOW)
    actions.approve(offer, version=offer.version, by=office, at=NOW)
    assert told(carol_resident.person) == before


def test_where_the_base_lets_them_lawful_swaps_pass_by_themselves(
    in_force, taken, pass_by_themselves, alice_resident, office, bob
):
    in_force()
    before = told(office)
    offer = taken()
    assert (offer.state, offer.closed_by_id) == ("done", bob.id)
    assert months_of(alice_resident) == SURGERY_FIRST
    assert told(office) == before


def test_the_first_who_accepts_has_it(
    in_force, offered, alice_resident, bob, bob_resident, carol_resident, stays
):
    months = {alice_resident.id: stays(0), bob_resident.id: stays(1)}
    in_force(months=months)
    offer = offered()
    key = key_for(offer, bob_resident)
    actions.accept(offer, bob_resident, key, by=bob, at=NOW)
    with pytest.raises(NotOpen):
        actions.accept(offer, carol_resident, key, by=carol_resident.person, at=NOW)
    with pytest.raises(NotOpen):
        actions.accept(offer_again(offer), bob_resident, key, by=bob, at=NOW)


def test_who_read_the_offer_before_it_was_taken_finds_it_taken(
    app, in_force, offered, bob, bob_resident
):
    """What another process did meanwhile is seen, whatever this one had read before."""
    from sqlalchemy import create_engine, text

    in_force()
    offer = offered()
    key = key_for(offer, bob_resident)
    number = offer.id
    assert offer.state == "open"
    db.session.rollback()
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with other.begin() as connection:
        connection.execute(text(f"UPDATE swap_offers SET state = 'withdrawn' WHERE id = {number}"))
    other.dispose()
    with pytest.raises(NotOpen):
        actions.accept(offer, bob_resident, key, by=bob, at=NOW)


def test_one_does_not_accept_ones_own_offer_or_one_for_somebody_else(
    in_force, offered, alice, alice_resident, bob_resident, carol_resident
):
    in_force()
    offer = offered(to=bob_resident)
    key = key_for(offer, bob_resident)
    for someone in (alice_resident, carol_resident):
        with pytest.raises(NotForYou):
            actions.accept(offer_again(offer), someone, key, by=someone.person, at=NOW)


def test_a_named_co_resident_is_told_and_nobody_else(
    in_force, offered, bob, bob_resident, carol_resident
):
    in_force()
    offered(to=bob_resident)
    assert told(bob)[-1] == "swap-offered"
    assert told(carol_resident.person) == []


def test_a_placement_is_on_offer_once(in_force, offered):
    in_force()
    offered()
    with pytest.raises(AlreadyOffered):
        offered()
    assert db.session.query(Offer).count() == 1


def test_sent_twice_it_is_one_offer(in_force, offered):
    in_force()
    assert offered(request_key="once").id == offered(request_key="once").id


def test_what_is_unlawful_by_now_is_not_accepted_and_the_breach_is_named(
    in_force, offered, county, bob, bob_resident, browse
):
    in_force()
    offer = offered()
    key = key_for(offer, bob_resident)
    add(Closure(department_id=county.surgery.id, starts_on=JANUARY, ends_on=FEBRUARY, reason="x"))
    with pytest.raises(actions.Unlawful) as refused:
        actions.accept(offer, bob_resident, key, by=bob, at=NOW)
    assert {one.rule for one in refused.value.breaches} == {"places"}
    browser = browse(bob)
    browser.post(f"/swaps/{offer.id}/acceptance", data={"choice": key})
    page = browser.get(f"/swaps/{offer.id}").text
    assert "Surgery has no place left in Jan 2027." in page
    assert offer_again(offer).state == "open"


def test_what_is_unlawful_by_now_is_not_approved(
    in_force, taken, county, office, browse, alice_resident
):
    in_force()
    offer = taken()
    add(Closure(department_id=county.surgery.id, starts_on=JANUARY, ends_on=FEBRUARY, reason="x"))
    with pytest.raises(actions.Unlawful):
        actions.approve(offer, version=offer.version, by=office, at=NOW)
    assert offer_again(offer).state == "accepted"
    assert months_of(alice_resident) == SURGERY_LAST
    page = browse(office).get(f"/swaps/{offer.id}").text
    assert "Not possible as things stand" in page and "no place left in Jan 2027" in page


def test_too_late_for_the_days_of_notice(in_force, taken, office):
    in_force()
    offer = taken()
    late = datetime(2026, 12, 2, 4, tzinfo=UTC)
    with pytest.raises(TooSoon):
        actions.approve(offer, version=offer.version, by=office, at=late)


def test_the_office_refuses_and_says_why(in_force, taken, office, alice, bob, alice_resident):
    in_force()
    offer = taken()
    actions.refuse(offer, reason="Exam week.", version=offer.version, by=office, at=NOW)
    assert told(alice)[-1] == told(bob)[-1] == "swap-refused"
    assert months_of(alice_resident) == SURGERY_LAST
    with pytest.raises(NotOpen):
        actions.approve(offer, version=offer.version, by=office, at=NOW)


def test_two_of_the_office_decide_at_once(in_force, taken, office):
    in_force()
    offer = taken()
    seen = offer.version
    offer.version += 1  # somebody else was there
    db.session.commit()
    with pytest.raises(Stale):
        actions.approve(offer, version=seen, by=office, at=NOW)
    db.session.rollback()


def test_a_swap_is_taken_back(in_force, taken, office, alice_resident, bob_resident, alice):
    in_force()
    offer = taken()
    actions.approve(offer, version=offer.version, by=office, at=NOW)
    actions.undo(offer, version=offer.version, by=office, at=NOW)
    assert months_of(alice_resident) == SURGERY_LAST
    assert months_of(bob_resident) == SURGERY_FIRST
    assert (offer.state, told(alice)[-1]) == ("undone", "swap-undone")


def test_what_has_begun_is_not_taken_back(in_force, taken, office, alice_resident):
    in_force()
    offer = taken()
    actions.approve(offer, version=offer.version, by=office, at=NOW)
    with pytest.raises(TooSoon):
        actions.undo(offer, version=offer.version, by=office, at=datetime(2027, 1, 4, tzinfo=UTC))
    assert offer_again(offer).state == "done"
    assert months_of(alice_resident) == SURGERY_FIRST


def test_either_takes_their_word_back_before_it_is_made(
    in_force, taken, bob, bob_resident, alice, carol_resident
):
    in_force()
    offer = taken()
    with pytest.raises(NotForYou):
        actions.withdraw(offer, carol_resident, by=carol_resident.person, at=NOW)
    actions.withdraw(offer_again(offer), bob_resident, by=bob, at=NOW)
    assert (offer_again(offer).state, told(alice)[-1]) == ("withdrawn", "swap-withdrawn")
    with pytest.raises(NotOpen):
        actions.withdraw(offer_again(offer), bob_resident, by=bob, at=NOW)


def test_an_offer_ends_in_time(in_force, offered, alice, bob, bob_resident):
    in_force()
    offer = offered()
    assert str(offer.expires_on) == "2026-12-06"
    key = key_for(offer, bob_resident)
    with pytest.raises(NotOpen):
        actions.accept(offer, bob_resident, key, by=bob, at=datetime(2026, 12, 6, 4, tzinfo=UTC))
    assert actions.expire(today=date(2026, 12, 5), at=NOW) == 0
    assert actions.expire(today=date(2026, 12, 6), at=NOW) == 1
    assert (offer_again(offer).state, told(alice)[-1]) == ("expired", "swap-expired")


def test_an_offer_whose_placement_changes_is_void_at_once(
    in_force, offered, stays, alice, alice_resident, bob_resident
):
    in_force()
    offer = offered()
    other = {alice_resident.id: stays(1), bob_resident.id: stays(0)}
    in_force(months=other, title="Another", at=NOW)
    assert (offer_again(offer).state, told(alice)[-1]) == ("void", "placement-changed")
    assert "swap-void" in told(alice)


def test_an_agreed_swap_is_void_when_the_others_placement_changes(
    in_force, taken, stays, bob, alice_resident, bob_resident, county
):
    in_force()
    offer = taken()
    moved = [(JANUARY, FEBRUARY, *stays(1)[0][2:]), (FEBRUARY, APRIL, *stays(1)[1][2:])]
    months = {alice_resident.id: stays(0), bob_resident.id: moved[:1] + stays(0)[2:]}
    in_force(months=months, title="Another", at=NOW, reason="Bob's Medicine is dropped")
    assert offer_again(offer).state == "void"
    assert "swap-void" in told(bob)


def test_a_plan_that_keeps_the_placement_keeps_the_offer(in_force, offered):
    in_force()
    offer = offered()
    in_force(title="The same again", at=NOW)
    assert offer_again(offer).state == "open"


def test_a_withdrawn_plan_leaves_no_offer(in_force, offered, office):
    plan = in_force()
    offer = offered()
    rotations.withdraw_plan(plan, by=office, at=NOW)
    assert offer_again(offer).state == "void"


def test_what_is_kept_with_an_offer_is_what_was_agreed(in_force, offered, bob, bob_resident):
    """A result that Alice did not tick is not forced on her."""
    in_force()
    offer = offered()
    key = key_for(offer, bob_resident)
    offer.wanted = []
    db.session.commit()
    with pytest.raises(NotForYou):
        actions.accept(offer, bob_resident, key, by=bob, at=NOW)


def test_days_and_moments(in_force, offered):
    in_force()
    offer = offered()
    assert offer.offered_at == NOW > PUBLISHED_AT
    assert offer.is_open(TODAY) and not offer.is_open(offer.expires_on)


def test_two_phones_accept_at_the_same_moment(app, in_force, offered, bob_resident):
    """Both have read the offer as open; one has it, the other is told."""
    in_force()
    offer = offered()
    number, resident_id, key = offer.id, bob_resident.id, key_for(offer, bob_resident)
    db.session.rollback()
    together, said = Barrier(2), []

    def accept():
        with app.app_context():
            mine = db.session.get(Offer, number)
            resident = db.session.get(Resident, resident_id)
            person = resident.person
            db.session.rollback()
            together.wait()
            try:
                actions.accept(mine, resident, key, by=person, at=NOW)
                said.append("has it")
            except NotOpen:
                said.append("too late")
            finally:
                db.session.remove()

    phones = [Thread(target=accept) for _ in range(2)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert sorted(said) == ["has it", "too late"]
    assert offer_again(offer).version == 2


def test_the_worker_closes_what_is_over(in_force, offered, alice, monkeypatch):
    in_force()
    offer = offered()
    worker.expire_swaps()
    assert offer_again(offer).state == "open"
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-12-06")
    worker.expire_swaps()
    assert (offer_again(offer).state, told(alice)[-1]) == ("expired", "swap-expired")
