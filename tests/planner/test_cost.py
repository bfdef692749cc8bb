"""A plan's cost by part, each on an example small enough to add up by hand."""

from tests.planner.little import department, placed, plan, problem, requirement, resident
from trainingbase.planner.cost import cost, moved
from trainingbase.planner.problem import Choice, Weights, Wish

CARD = [department("CARD")]


def test_every_period_of_a_requirement_left_out_counts():
    there = problem(CARD, [requirement("CARD", 3, min_stretch=1)])
    assert cost(there, []).unplaced == 3000
    assert cost(there, plan("anna CARD 0-2")).unplaced == 1000
    assert cost(there, plan("anna CARD 0-3")).total == 0


def test_of_electives_not_chosen_the_shortest_count():
    wards = [department("URO"), department("ONC"), department("LAB")]
    wanted = [requirement("URO", 2), requirement("ONC", 1), requirement("LAB", 3)]
    there = problem(wanted and wards, wanted, choose=[Choice("EL", ("URO", "ONC", "LAB"), 2)])
    assert cost(there, []).unplaced == 3000
    assert cost(there, plan("anna LAB 0-3")).unplaced == 1000
    assert cost(there, plan("anna LAB 0-3", "anna URO 3-5")).unplaced == 0


def test_each_resident_missing_below_a_minimum_counts():
    there = problem([department("CARD", 3, minimum=[2, 1, 0, 0, 0, 0])], [requirement("CARD", 2)])
    assert cost(there, plan("anna CARD 0-2")).minimum == 1
    assert cost(there, plan("anna CARD 2-4")).minimum == 3


def test_a_wish_is_missed_when_its_requirement_starts_outside_it_or_not_at_all():
    wishing = resident(wishes=(Wish("CARD", 2, 4, 5),))
    there = problem(CARD, [requirement("CARD")], [wishing])
    assert cost(there, plan("anna CARD 3-4")).wish == 0
    assert cost(there, plan("anna CARD 4-5")).wish == 5
    assert cost(there, []).wish == 5


def test_rank_is_of_the_department_else_the_institution_else_the_requirement():
    sites = [department("east/gp", standards=["PC"], institution="east")]
    wanted = [requirement("PC")]
    here = plan("anna PC@east/gp 0-1")
    for rank, expected in [
        ({"east/gp": 1, "east": 2, "PC": 4}, 1),
        ({"east": 2, "PC": 4}, 2),
        ({"PC": 4}, 4),
        ({"west": 8}, 0),
    ]:
        assert cost(problem(sites, wanted, [resident(rank=rank)]), here).rank == expected


def test_the_worst_served_resident_counts_once_for_everybody():
    two = [
        resident("anna", wishes=(Wish("CARD", 0, 1, 3),)),
        resident("bert", wishes=(Wish("CARD", 0, 1, 2),), rank={"CARD": 2}),
    ]
    there = problem([department("CARD", 2)], [requirement("CARD")], two)
    assert cost(there, plan("anna CARD 1-2", "bert CARD 1-2")).worst_resident == 0.1 * 2 * 4


def test_future_placements_of_the_previous_plan_that_changed_count():
    previous = (placed("anna CARD 2-3"), placed("bert CARD 1-2"))
    two = [resident("anna"), resident("bert")]
    there = problem(CARD, [requirement("CARD")], two, previous=previous)
    now = plan("anna CARD 2-3", "bert CARD 3-4")
    assert moved(there, now) == [placed("bert CARD 1-2")]
    assert cost(there, now).moved == 3


def test_the_total_is_the_sum_of_the_weighted_parts():
    wishing = resident(wishes=(Wish("CARD", 0, 1, 2),), rank={"CARD": 3})
    weights = Weights(wish=10, rank=2, worst_resident=0.5, minimum=7)
    there = problem(
        [department("CARD", minimum=[1, 0, 0, 0, 0, 0])],
        [requirement("CARD")],
        [wishing],
        weights=weights,
    )
    parts = cost(there, plan("anna CARD 1-2")).by_part()
    assert parts == {
        "total": 20 + 6 + 13 + 7,
        "unplaced": 0,
        "minimum": 7,
        "wish": 20,
        "rank": 6,
        "worst_resident": 13,
        "moved": 0,
    }
