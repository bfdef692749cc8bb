"""A draft is changed by hand; what would break a rule is named and not saved."""

from datetime import UTC, date, datetime

import pytest

from tests.rotations.conftest import ASKED_AT, DECEMBER, MARCH, NOVEMBER, OCTOBER, SEPTEMBER
from trainingbase.db import Stale
from trainingbase.rotations import actions
from trainingbase.rotations.models import AlreadyPublished
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.plans import changes_of, plan_by_id
from trainingbase.rotations.queries.problem import rows_of_plan
from trainingbase.rotations.rules.moves import moved, swapped
from trainingbase.rotations.rules.rows import Row


@pytest.fixture
def change(office):
    def made(plan, out, new, version=None, at=ASKED_AT):
        return actions.change_rows(
            plan,
            removed=out,
            added=new,
            version=plan.version if version is None else version,
            by=office,
            at=at,
        )

    return made


@pytest.fixture
def alone(grid, alice_resident, stays_of):
    """A draft of Alice alone, without Bob in her way."""
    return grid(months={alice_resident.id: stays_of(0)})


def of(resident, plan):
    return [row for row in rows_of_plan(plan) if row.resident == resident.id]


def test_two_placements_of_a_resident_change_places(alone, change, alice_resident):
    medicine, surgery, _community = of(alice_resident, alone)
    out, new = swapped(SEPTEMBER, of(alice_resident, alone), medicine, surgery)
    change(alone, out, new)
    assert [(row.starts_on, row.ends_on) for row in of(alice_resident, alone)] == [
        (SEPTEMBER, OCTOBER),
        (OCTOBER, DECEMBER),
        (DECEMBER, MARCH),
    ]
    assert of(alice_resident, alone)[0].department == surgery.department


def test_what_lies_between_two_swapped_placements_moves_along(alone, change, alice_resident):
    medicine, _surgery, community = of(alice_resident, alone)
    out, new = swapped(SEPTEMBER, of(alice_resident, alone), medicine, community)
    change(alone, out, new)
    rows = of(alice_resident, alone)
    assert [row.starts_on for row in rows] == [SEPTEMBER, DECEMBER, date(2027, 1, 1)]
    assert rows[-1].ends_on == MARCH


def test_a_change_that_breaks_a_rule_is_not_saved(grid, change, alice_resident):
    plan = grid()
    medicine, surgery, _community = of(alice_resident, plan)
    out, new = swapped(SEPTEMBER, of(alice_resident, plan), medicine, surgery)
    with pytest.raises(actions.NewBreaches) as refused:
        change(plan, out, new)
    assert [one.rule for one in refused.value.breaches] == ["places"]  # Bob is in Surgery then
    plan = plan_by_id(plan.id)
    assert of(alice_resident, plan)[0] == medicine
    assert list(changes_of(plan)) == []


def test_a_breach_that_stood_before_does_not_block_a_change(
    grid, change, county, alice_resident, bob_resident, stays_of
):
    both = grid(months={alice_resident.id: stays_of(0), bob_resident.id: stays_of(0)})
    assert [one.rule for one in judge(both).breaches] == ["places"]
    medicine, surgery, _community = of(alice_resident, both)
    out, new = swapped(SEPTEMBER, of(alice_resident, both), medicine, surgery)
    change(both, out, new)
    assert judge(both).breaches == ()


def test_a_department_that_does_not_offer_it_is_refused(alone, change, county, alice_resident):
    surgery = of(alice_resident, alone)[1]
    out, new = moved(
        SEPTEMBER, surgery, department=county.medicine.id, standard=surgery.standard, first=4
    )
    with pytest.raises(actions.NewBreaches) as refused:
        change(alone, out, new)
    assert "standard" in {one.rule for one in refused.value.breaches}


def test_a_stale_page_saves_nothing(alone, change, alice_resident):
    medicine, surgery, _community = of(alice_resident, alone)
    out, new = swapped(SEPTEMBER, of(alice_resident, alone), medicine, surgery)
    seen = alone.version
    change(alone, out, new)
    with pytest.raises(Stale):
        change(alone, out, new, version=seen)


def test_a_row_that_is_gone_is_stale_too(alone, change, alice_resident, county):
    strange = Row(alice_resident.id, OCTOBER, NOVEMBER, county.surgery.id, 1)
    with pytest.raises(Stale):
        change(alone, [strange], [])


def test_a_change_can_be_taken_back(alone, change, office, alice_resident):
    before = of(alice_resident, alone)
    out, new = swapped(SEPTEMBER, before, before[0], before[1])
    change(alone, out, new)
    actions.undo(alone, version=alone.version, by=office, at=ASKED_AT)
    assert of(alice_resident, alone) == before
    assert changes_of(alone)[0].undone_at == ASKED_AT
    with pytest.raises(actions.NothingToUndo):
        actions.undo(alone, version=alone.version, by=office, at=ASKED_AT)


def test_what_has_begun_is_not_moved(alone, change, alice_resident):
    rows = of(alice_resident, alone)
    out, new = swapped(SEPTEMBER, rows, rows[0], rows[1])
    with pytest.raises(actions.HasBegun):
        change(alone, out, new, at=datetime(2026, 9, 2, 4, tzinfo=UTC))


def test_a_published_plan_is_changed_in_a_copy(grid, change, office, alice_resident):
    plan = grid()
    actions.publish_plan(plan, by=office, at=ASKED_AT)
    plan = plan_by_id(plan.id)
    rows = of(alice_resident, plan)
    out, new = swapped(SEPTEMBER, rows, rows[0], rows[1])
    with pytest.raises(AlreadyPublished):
        change(plan, out, new)
    copy = actions.copy_plan(plan, title="Copy", by=office, at=ASKED_AT)
    assert of(alice_resident, copy) == rows
    assert judge(copy).breaches == ()
