"""What is said of every plan is true: no lawful plan is cheaper than the bound."""

import itertools
from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.planner.little import department, problem, requirement, resident
from trainingbase.planner.cost import cost
from trainingbase.planner.problem import Block, Choice, Placement, Wish
from trainingbase.planner.proof.ascent import Ascent
from trainingbase.planner.proof.prices import bottlenecks
from trainingbase.planner.proof.pricing import Pricing
from trainingbase.planner.rules import check
from trainingbase.planner.solve import solve
from trainingbase.planner.timetables.careers import careers_of

SHORT = 4


def ascended(there, steps=60):
    careers = careers_of(there)
    pricing = Pricing(careers)
    if pricing.lonely:
        return None
    ascent = Ascent(careers, pricing)
    ascent.begin()
    for _ in range(steps):
        if not ascent.step() or ascent.is_hopeless():
            break
    return ascent


def timetables(there, who):
    """Every lawful timetable of one resident alone, by trying all."""
    alone = replace(there, residents=(who,), previous=())
    per_requirement = []
    for one in there.programmes["gp"].requirements:
        wards = [
            ward.id for ward in there.departments if set(ward.standards).intersection(one.standard)
        ]
        lengths = [one.stretches] if one.stretches else [(one.length,), (1,) * one.length]
        ways = [()]
        for those in lengths:
            for starts in itertools.combinations(range(there.periods), len(those)):
                for places in itertools.product(wards, repeat=len(those)):
                    ways.append(
                        tuple(
                            Placement(who.id, one.id, ward, start, length)
                            for ward, start, length in zip(places, starts, those, strict=True)
                            if start + length <= there.periods
                        )
                    )
        per_requirement.append(ways)
    begun = tuple(
        Placement(who.id, one.requirement, one.department, one.start, one.length)
        for one in who.in_progress
    )
    found = set()
    for ways in itertools.product(*per_requirement):
        placements = sum(ways, begun)
        if not any(breach.rule != "places" for breach in check(alone, placements)):
            found.add(placements)
    return sorted(found)


def least_cost(there):
    """Of any lawful plan; None when there is none."""
    costs = [
        cost(there, sum(those, ())).total
        for those in itertools.product(*(timetables(there, one) for one in there.residents))
        if keeps_places(there, sum(those, ()))
    ]
    return min(costs, default=None)


def keeps_places(there, placements):
    present = Counter((one.department, p) for one in placements for p in range(one.start, one.end))
    limits = {one.id: one.places for one in there.departments}
    return all(limits[ward][period] >= count for (ward, period), count in present.items())


@st.composite
def tiny_problems(draw):
    """Two or three residents, four periods, and one of everything a programme can ask for."""

    def per_period(most):
        return draw(st.lists(st.integers(0, most), min_size=SHORT, max_size=SHORT))

    wards = [
        department("one", per_period(2), standards=["A", "C"], minimum=per_period(2)),
        department("two", per_period(2), standards=["A", "B"]),
    ]
    shape = draw(st.sampled_from([{"stretches": (1, 1)}, {"min_stretch": 1}, {"stretches": (2,)}]))
    wanted = [
        requirement("A", 2, same_department=draw(st.booleans()), **shape),
        requirement("B", 1, earliest=draw(st.integers(0, 1))),
    ]
    choose = []
    if draw(st.booleans()):
        wanted.append(requirement("C", draw(st.integers(1, 2))))
        choose = [Choice("EL", ("B", "C"), 1)]
    people = [draw(a_resident(name)) for name in ("anna", "bert")]
    previous = draw(st.sampled_from([(), (Placement("anna", "B", "two", 1, 1),)]))
    made = problem(
        wards,
        wanted,
        people,
        before=draw(st.sampled_from([[], [("A", "B")], [("B", "A")]])),
        choose=choose,
        previous=previous,
    )
    wards = [
        replace(one, places=one.places[:SHORT], minimum=one.minimum[:SHORT])
        for one in made.departments
    ]
    return replace(made, periods=SHORT, departments=tuple(wards))


@st.composite
def a_resident(draw, name):
    return resident(
        name,
        until=draw(st.integers(3, SHORT)),
        away=draw(st.lists(st.integers(0, 3), max_size=1)),
        in_progress=draw(st.sampled_from([(), (), (Block("B", "two", 0, 1),)])),
        fixed=draw(st.sampled_from([(), (), (Block("B", "two", 2, 1),)])),
        wishes=tuple(
            Wish(key, start, start + 1, weight)
            for key, start, weight in draw(
                st.lists(
                    st.tuples(
                        st.sampled_from("AB"), st.integers(0, 2), st.sampled_from([1, 2, 0.3])
                    ),
                    max_size=3,
                )
            )
        ),
        rank={"two": draw(st.sampled_from([0, 1, 2, 1.7]))},
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tiny_problems())
def test_no_lawful_plan_is_cheaper_than_the_bound(there):
    best = least_cost(there)
    ascent = ascended(there)
    if best is None:
        return
    assert ascent is not None
    assert not ascent.is_hopeless()
    assert ascent.bound <= best + 1e-6


def test_a_bound_proves_what_places_alone_forbid():
    wards = [department("CARD", [1, 1, 0, 0, 0, 0])]
    people = [resident(name) for name in ("anna", "bert", "cora")]
    assert ascended(problem(wards, [requirement("CARD")], people)).is_hopeless()


def test_the_bound_counts_what_residents_take_from_each_other():
    people = [resident(name, wishes=(Wish("CARD", 0, 1, 4),)) for name in ("anna", "bert")]
    there = problem([department("CARD")], [requirement("CARD")], people)
    assert 4 < ascended(there).bound <= 4 + 0.1 * 2 * 4


def test_a_very_dear_wish_makes_no_false_bound():
    there = problem(
        [department("CARD")], [requirement("CARD")], [resident(wishes=(Wish("CARD", 5, 6, 1e9),))]
    )
    pricing = Pricing(careers_of(there))
    assert not pricing.fits()


def test_a_place_that_one_more_wish_needs_is_worth_that_wish():
    people = [resident(name, wishes=(Wish("CARD", 2, 3, 4),)) for name in ("anna", "bert")]
    free = problem([department("CARD")], [requirement("CARD")], people)
    there = replace(free, weights=replace(free.weights, worst_resident=0))
    ascent = ascended(there)
    (found,) = bottlenecks(there, ascent.best)
    assert (found.department, found.period, found.value) == ("CARD", 2, 4)


def test_a_plan_tells_what_places_are_worth():
    people = [resident(name, wishes=(Wish("CARD", 2, 3, 4),)) for name in ("anna", "bert")]
    found = solve(problem([department("CARD")], [requirement("CARD")], people), rounds=1)
    assert found.status == "optimal"
    assert {(one.department, one.period) for one in found.bottlenecks} == {("CARD", 2)}


def test_the_same_work_gives_the_same_bound():
    people = [resident(name, wishes=(Wish("A", 0, 1, 2),)) for name in ("anna", "bert", "cora")]
    wanted = [requirement("A", 2), requirement("B", 1)]
    wards = [department("A", 2), department("B")]
    there = problem(wards, wanted, people, before=[("A", "B")])
    first, second = (solve(there, rounds=1) for _ in range(2))
    assert (first.bound, first.bottlenecks) == (second.bound, second.bottlenecks)
    assert first.bound <= first.cost.total
