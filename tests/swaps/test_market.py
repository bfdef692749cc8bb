"""What may be exchanged is judged by the planner's rules, and only that is shown."""

from datetime import date

from tests.cast import add
from tests.swaps.conftest import APRIL, JANUARY, JULY, MARCH, TODAY
from trainingbase.db import db
from trainingbase.rotations.queries.judging import judge_rows
from trainingbase.rotations.queries.worsening import worse
from trainingbase.rotations.rules.rows import Row
from trainingbase.sites.models import Closure, Department, Institution
from trainingbase.swaps.queries.market import as_row, market
from trainingbase.swaps.rules import exchanges


def lawful(someone, department, placement, among=None):
    there = market(today=TODAY)
    return there.lawful(as_row(placement(someone, department)), among)


def test_two_change_the_order_of_their_months(
    in_force, county, placement, alice_resident, bob_resident
):
    in_force()
    [only] = lawful(alice_resident, county.surgery, placement)
    assert [(row.starts_on, row.department) for row in only.gets(alice_resident.id)] == [
        (JANUARY, county.surgery.id),
        (date(2027, 2, 1), county.medicine.id),
    ]
    assert [(row.starts_on, row.department) for row in only.gets(bob_resident.id)] == [
        (JANUARY, county.medicine.id),
        (MARCH, county.surgery.id),
    ]


def test_two_sites_in_the_same_months(
    in_force, county, placement, stays, alice_resident, bob_resident
):
    riverside = add(Institution(name="Riverside", name_en="Riverside", level="community"))
    room = add(
        Department(
            name="Family room",
            institution=riverside,
            most=1,
            standards=[county.standards["Community"]],
        )
    )
    community = county.standards["Community"].id
    other = [*stays(1)[:2], (APRIL, JULY, room.id, community)]
    in_force(months={alice_resident.id: stays(0), bob_resident.id: other})
    found = lawful(alice_resident, county.village_team, placement)
    least = found[0]
    assert least.removed == tuple(
        sorted(
            [
                Row(alice_resident.id, APRIL, JULY, county.village_team.id, community),
                Row(bob_resident.id, APRIL, JULY, room.id, community),
            ]
        )
    )
    assert [row.department for row in least.gets(alice_resident.id)] == [room.id]


def test_what_would_leave_somebody_without_a_requirement_is_no_match(
    in_force, county, placement, stays, alice_resident, bob_resident
):
    """Both in Community at once, nothing else in common: Bob has done the rest."""
    community = stays(0)[2:]
    months = {alice_resident.id: stays(0), bob_resident.id: community}
    in_force(months=months, reason="Bob has the rest from elsewhere")
    there = market(today=TODAY)
    judged = list(there.judged(as_row(placement(alice_resident, county.medicine))))
    assert judged and all(one.breaches for one in judged)


def test_a_closed_department_is_no_match(in_force, county, placement, alice_resident):
    in_force()
    add(
        Closure(
            department_id=county.surgery.id, starts_on=JANUARY, ends_on=date(2027, 2, 1), reason="x"
        )
    )
    assert lawful(alice_resident, county.surgery, placement) == []


def test_nothing_within_the_days_of_notice_moves(
    in_force, county, placement, alice_resident, bob_resident
):
    in_force()
    there = market(today=date(2026, 12, 2))  # thirty days before January
    assert there.row_of(placement(bob_resident, county.surgery)) is None
    assert there.lawful(as_row(placement(alice_resident, county.surgery))) == []
    there = market(today=date(2026, 12, 1))
    assert len(there.lawful(as_row(placement(alice_resident, county.surgery)))) == 1


def test_the_quick_judge_says_what_the_whole_one_says(
    in_force, county, placement, stays, alice_resident, bob_resident, carol_resident
):
    """Every exchange there is, also with somebody in the way, judged both ways."""
    medicine = (county.medicine.id, county.standards["Medicine"].id)
    carol = [(APRIL, date(2027, 6, 1), *medicine)]
    in_force(
        months={
            alice_resident.id: stays(0),
            bob_resident.id: stays(1),
            carol_resident.id: carol,
        },
        reason="Carol is not planned in full",
    )
    there, compared = market(today=TODAY), 0
    for someone in there.rows:
        for row in there.rows[someone]:
            for one in there.judged(row):
                gone = set(one.exchange.removed)
                rows = [r for r in there.judgement.rows if r not in gone]
                whole = judge_rows(there.judgement.facts, rows + list(one.exchange.added))
                slow = worse(there.judgement, whole, whole.problem)
                assert {
                    (b.rule, b.residents, b.requirements) for b in slow if b.rule != "places"
                } == {
                    (b.rule, b.residents, b.requirements)
                    for b in one.breaches
                    if b.rule != "places"
                }
                assert any(b.rule == "places" for b in slow) == any(
                    b.rule == "places" for b in one.breaches
                )
                compared += 1
    assert compared == 12


def test_an_exchange_takes_nothing_from_anybody_else(in_force, alice_resident, bob_resident):
    """The months of departments that go out of the plan are those that come in."""
    in_force()
    there = market(today=TODAY)
    mine, theirs = there.rows[alice_resident.id], there.rows[bob_resident.id]
    for offered in mine:
        for one in exchanges(there.plan.starts_on, mine, theirs, offered, after=TODAY):
            assert len(one.removed) == len(one.added)
            assert {row.resident for row in one.added} == {alice_resident.id, bob_resident.id}
            assert sorted((r.ends_on - r.starts_on).days // 28 for r in one.removed) == sorted(
                (r.ends_on - r.starts_on).days // 28 for r in one.added
            )


def test_without_a_plan_in_force_there_is_no_market(county, browse, alice):
    assert market(today=TODAY) is None
    db.session.rollback()
    assert "No plan is in force" in browse(alice).get("/swaps/").text


def test_what_is_left_out_unseen_is_not_lawful(
    in_force, stays, alice_resident, bob_resident, carol_resident
):
    """Looking only at what is likely finds whatever looking at everything finds."""
    in_force(
        months={
            alice_resident.id: stays(0),
            bob_resident.id: stays(1),
            carol_resident.id: stays(0)[2:],
        }
    )
    there, found = market(today=TODAY), 0
    for someone in there.rows:
        for row in there.rows[someone]:
            everything = {one.exchange for one in there.judged(row) if not one.breaches}
            assert set(there.lawful(row)) == everything
            found += len(everything)
    assert found > 0
