"""Rows of blocks: what a search changes in them is a lawful change, and told truly."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.planner.little import department, problem, requirement, resident
from trainingbase.planner import compiled
from trainingbase.planner.files.problem_file import read_problem
from trainingbase.planner.problem import Block, Choice, Placement, Wish
from trainingbase.planner.rules import check
from trainingbase.planner.search.annealing import Annealer
from trainingbase.planner.search.desk import ORDER
from trainingbase.planner.search.driving import anneal
from trainingbase.planner.search.repair import Repair
from trainingbase.planner.search.rows import Rows
from trainingbase.planner.search.search import Search
from trainingbase.planner.timetables.careers import careers_of
from trainingbase.planner.timetables.limits import Limits

HERE = Path(__file__).parent
COMPILES = re.compile(r"^@(compiled|inner)$", re.MULTILINE)


def searched(there):
    """A search with everybody in a timetable that is lawful but for places."""
    search = Search(careers_of(there), Limits(float("inf"), rounds=1, workers=1))
    search.construct()
    return search


def quiet(over):
    pass


def never():
    return False


def rules_broken(search):
    return {one.rule for one in check(search.careers.problem, search.state.placements())}


def everything_at_once():
    """Splittable, elective, in two stretches of one department, aligned, fixed, begun, on leave."""
    wards = [
        department("IM", 2),
        department("PC1", 2, standards=["PC"]),
        department("PC2", 2, standards=["PC"]),
        department("URO", 1),
        department("ONC", 1),
        department("ED", 2),
    ]
    wanted = [
        requirement("IM", 2, min_stretch=1),
        requirement("PC", 2, stretches=(1, 1), same_department=True),
        requirement("URO"),
        requirement("ONC"),
        requirement("ED", 1, align=2),
    ]
    people = [
        resident("anna", until=6),
        resident("bert", until=6, away=[3], done=["ED"]),
        resident("cleo", until=6, fixed=(Block("ED", "ED", 2, 1),)),
        resident("dora", until=6, in_progress=(Block("IM", "IM", 0, 1),)),
    ]
    return problem(
        wards, wanted, people, before=[("IM", "ED")], choose=[Choice("EL", ("URO", "ONC"), 1)]
    )


@pytest.mark.parametrize("seed", range(1, 6))
def test_whatever_is_rearranged_only_places_can_be_broken(seed):
    search = searched(everything_at_once())
    rows = Rows(search.book, search.state)
    desk = rows.desk(seed, 1.0)
    seen = set()
    for _ in range(40):
        anneal(desk, 5, 5.0, 1.0)
        search.state.put(rows.chosen())
        assert rules_broken(search) <= {"places"}
        assert rows.cells[0].tolist() == search.state.load
        seen.add(tuple(search.state.placements()))
    assert len(seen) > 20


def test_pieces_are_split_and_joined_and_electives_exchanged():
    search = searched(everything_at_once())
    rows = Rows(search.book, search.state)
    desk = rows.desk(3, 0.0)
    pieces, electives, sites = Counter(), Counter(), Counter()
    for _ in range(100):
        anneal(desk, 5, 5.0, 1.0)
        search.state.put(rows.chosen())
        mine = [one for one in search.state.placements() if one.resident == "anna"]
        pieces[sum(one.requirement == "IM" for one in mine)] += 1
        electives.update(one.requirement for one in mine if one.requirement in ("URO", "ONC"))
        sites.update({one.department for one in mine if one.requirement == "PC"})
    assert set(pieces) == {1, 2}
    assert set(electives) == {"URO", "ONC"}
    assert set(sites) == {"PC1", "PC2"}


def test_a_long_stay_passes_leave():
    there = problem(
        [department("CARD"), department("ED", 2), department("GP", 2), department("IM", 2)],
        [requirement("CARD", 2), requirement("ED"), requirement("GP"), requirement("IM")],
        [resident("anna", away=[2]), resident("bert", until=5)],
    )
    search = searched(there)
    work = Repair(search)
    work.run(2000, quiet, never)
    assert rules_broken(search) == set()


def test_a_row_put_back_has_its_loads_again():
    search = searched(everything_at_once())
    rows = Rows(search.book, search.state)
    before, load = rows.blocks[:, ORDER:].copy(), rows.cells[0].copy()
    anneal(rows.desk(1, 0.0), 50, 5.0, 1.0)
    rows.put(before)
    assert np.array_equal(rows.cells[0], load)


def test_what_is_forgiven_stays_over_and_what_is_not_does_not():
    wards = [department("CARD", [1, 0, 0, 0, 0, 0]), department("ED", 1)]
    people = [resident("anna", until=3), resident("bert", until=3)]
    search = searched(problem(wards, [requirement("CARD"), requirement("ED")], people))
    Repair(search, forgiven=[0]).run(500, quiet, never)
    assert search.state.overfull() == [(0, 0, 1)]


def test_the_same_seed_and_steps_drive_to_the_same_rows():
    whole = read_problem(HERE / "m30_s1.json")
    there = replace(whole, residents=whole.residents[:10])
    plans = []
    for _ in range(2):
        search = searched(there)
        Repair(search, zeal=0.4, seed=5).run(300, quiet, never)
        plans.append(search.state.placements())
    assert plans[0] == plans[1]


def test_annealing_makes_a_lawful_plan_cheaper_and_keeps_it_lawful():
    wards = [department(key, 1) for key in ("CARD", "ED", "GP")]
    people = [
        resident("anna", until=3, wishes=(Wish("CARD", 2, 3, 3),)),
        resident("bert", until=3, wishes=(Wish("CARD", 0, 1, 3),)),
        resident("cleo", until=3, wishes=(Wish("CARD", 1, 2, 3),)),
    ]
    there = problem(wards, [requirement(key) for key in ("CARD", "ED", "GP")], people)
    search = searched(there)
    Repair(search).run(2000, quiet, never)
    assert search.state.overfull() == []
    annealer = Annealer(search)
    for _ in range(4):
        annealer.cycle(never)
    assert search.state.cost().total == 0
    assert rules_broken(search) == set()


def test_a_begun_stay_counts_in_the_loads_of_the_rows():
    there = everything_at_once()
    search = searched(there)
    rows = Rows(search.book, search.state)
    begun = Placement("dora", "IM", "IM", 0, 1)
    assert begun in search.state.placements()
    assert rows.cells[0].sum() == sum(one.length for one in search.state.placements())


def test_machine_code_is_made_anew_when_any_source_of_it_changes():
    folder = Path(compiled.__file__).parent
    users = {file for file in folder.rglob("*.py") if COMPILES.search(file.read_text())}
    named = {str(file.relative_to(folder).with_suffix("")) for file in users}
    assert named | {"compiled", "search/desk"} == set(compiled.SOURCES)
