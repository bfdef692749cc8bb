"""The figure of completion out of the database is what a plain reading of the rows says."""

from datetime import date, timedelta
from random import Random

import pytest

from tests.cast import LONG_AGO, add
from trainingbase.db import db
from trainingbase.enrolment.models import Credit, Leave
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.completion import (
    completion_of,
    completions,
    parts_of,
    placement_completions,
)
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity

BEGIN = date(2026, 9, 1)


def entry(placement, item, state, number, **more) -> Entry:
    decided = {"decided_at": LONG_AGO, "decided_by_id": placement.resident.person_id}
    how = {
        "confirmed": {"confirmed": True, **decided},
        "replaced": {"confirmed": True, "replaced_at": LONG_AGO, **decided},
        "returned": {"confirmed": False, "reason": "why", **decided},
        "waiting": {},
        "withdrawn": {"withdrawn_at": LONG_AGO},
    }[state]
    return Entry(
        resident_id=placement.resident_id,
        placement_id=placement.id,
        category=item[0],
        item=item[1],
        done_on=placement.starts_on,
        entered_at=LONG_AGO,
        entry_key=f"{placement.id}-{number}",
        **how,
        **more,
    )


def fill(chance: Random, placements) -> None:
    items = [("disease", "COPD"), ("procedure", "ECG"), ("disease", "not asked")]
    states = ["confirmed"] * 4 + ["waiting", "waiting", "returned", "replaced", "withdrawn"]
    for placement in placements:
        for number in range(chance.randrange(7)):
            db.session.add(entry(placement, chance.choice(items), chance.choice(states), number))
    for number in range(8):
        approved = chance.random() < 0.7
        activity = Activity(
            held_on=BEGIN + timedelta(days=chance.randrange(150)),
            kind="教学查房",
            topic=str(number),
            approved_at=LONG_AGO if approved else None,
            cancelled_at=LONG_AGO if chance.random() < 0.2 else None,
            residents=[placements[0].resident] if chance.random() < 0.8 else [],
        )
        db.session.add(activity)
    db.session.commit()


def plainly(resident, category, item) -> tuple[int, int]:
    """How many of an item count and wait in Medicine, by reading row after row."""
    done = waiting = 0
    placements = [p for p in db.session.query(Placement) if p.resident_id == resident.id]
    inside = [p for p in placements if p.standard_department.name == "Medicine"]
    for one in db.session.query(Entry):
        if one.placement in inside and (one.category, one.item) == (category, item):
            done += one.state == "confirmed"
            waiting += one.state == "waiting" and one.corrects_id is None
    for one in db.session.query(Activity):
        if category == "activity" and one.kind == item and resident in one.residents:
            done += one.counts and any(p.covers(one.held_on) for p in inside)
    return done, waiting


@pytest.mark.parametrize("seed", range(3))
def test_the_database_counts_as_one_reads(
    app, asked, alice_resident, bob_resident, county, placed, seed
):
    chance = Random(seed)
    own, day = [], BEGIN
    for department in (county.medicine, county.surgery, county.medicine, county.medicine):
        ends_on = day + timedelta(days=chance.randrange(10, 45))
        own.append(placed(alice_resident, department, day, ends_on))
        day = ends_on
    own[-1].cancelled_at = LONG_AGO
    other = [placed(bob_resident, county.medicine, BEGIN, BEGIN + timedelta(days=60))]
    fill(chance, own)
    fill(chance, other)
    whole = completions([alice_resident.id, bob_resident.id])
    for resident in (alice_resident, bob_resident):
        for line in whole[resident.id].lines:
            assert (line.done, line.waiting) == plainly(resident, line.category, line.item)
    pieces = parts_of([alice_resident.id])[alice_resident.id]
    assert set(pieces) == {None, *(one.id for one in own[:-1])}
    asked_here = placement_completions([one.id for one in own])
    assert asked_here[own[-1].id].lines == ()
    for figure in ("counted", "target", "waiting"):
        total = getattr(whole[alice_resident.id], figure)
        assert sum(getattr(one, figure) for one in pieces.values()) == total
        rest = getattr(pieces[None], figure)
        assert sum(getattr(one, figure) for one in asked_here.values()) + rest == total


def test_work_in_a_cancelled_stay_counts_where_it_was_done(
    app, asked, alice_resident, county, placed
):
    gone = placed(alice_resident, county.medicine, date(2026, 9, 1), date(2026, 10, 1))
    for number in range(2):
        add(entry(gone, ("disease", "COPD"), "confirmed", number))
    gone.cancelled_at = LONG_AGO
    stands = placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    [line] = [one for one in completion_of(alice_resident.id).lines if one.item == "COPD"]
    assert (line.target, line.done) == (3, 2)
    line = placement_completions([stands.id])[stands.id].lines[0]
    assert (line.target, line.done, line.brought, line.counted) == (3, 0, 2, 2)


def leave(resident, first, end, kind="sick", granted=True, **more) -> Leave:
    return add(
        Leave(
            resident=resident,
            kind=kind,
            starts_on=first,
            ends_on=end,
            granted=granted,
            decided_at=LONG_AGO,
            **more,
        )
    )


def target(resident, item="COPD") -> int:
    [line] = [one for one in completion_of(resident.id).lines if one.item == item]
    return line.target


def test_long_leave_asks_for_less_and_short_or_unexcused_leave_does_not(app, stay, alice_resident):
    leave(alice_resident, date(2026, 11, 2), date(2026, 11, 9))
    leave(alice_resident, date(2026, 12, 1), date(2026, 12, 30), kind="absence")
    leave(alice_resident, date(2026, 12, 1), date(2026, 12, 30), granted=False)
    assert target(alice_resident) == 3
    leave(alice_resident, date(2026, 11, 10), date(2026, 12, 1), returned_on=date(2026, 11, 26))
    assert target(alice_resident) == 2


def test_a_split_stay_is_asked_for_its_part(app, asked, alice_resident, county, placed):
    first = placed(alice_resident, county.medicine, date(2026, 10, 1), date(2026, 11, 1))
    second = placed(alice_resident, county.medicine, date(2027, 2, 1), date(2027, 3, 1))
    found = placement_completions([first.id, second.id])
    assert [line.target for line in found[first.id].lines] == [2, 2, 2]
    assert [line.target for line in found[second.id].lines] == [1, 0, 0]


def test_credit_from_elsewhere_asks_for_less(app, asked, alice_resident):
    add(Credit(resident=alice_resident, standard_department=asked, months=1, kind="accepted"))
    assert [line.target for line in completion_of(alice_resident.id).lines] == [2, 1, 1]


def test_an_item_of_which_none_is_asked_takes_nothing_away(
    app, asked, stay, alice_resident, county
):
    from trainingbase.programmes.models import Minimum

    add(
        Minimum(
            programme=county.programme,
            standard_department=asked,
            category="disease",
            item="Gout",
            count=0,
        )
    )
    before = completion_of(alice_resident.id)
    add(entry(stay, ("disease", "Gout"), "confirmed", 1))
    after = completion_of(alice_resident.id)
    assert (before.counted, before.target) == (after.counted, after.target) == (0, 7)


def test_stays_nobody_knows_have_no_figure(app, county):
    assert placement_completions([]) == {}
    assert placement_completions([999])[999].lines == ()
