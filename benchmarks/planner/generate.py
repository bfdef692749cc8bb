"""Planning problems of any size and tightness, each with a lawful plan planted in it.

    python benchmarks/planner/generate.py --residents 300 --tightness 0.9 --out PROBLEM.json

Three cohorts of a 33-month programme follow a plan that is made first; departments then get so
many places that this plan takes the wanted share of all of them, and wishes, ranks, minimums,
begun and fixed stays and leave are drawn around it. `--infeasible` takes away places until there
is no lawful plan: more must be in General Practice in their first quarter than it has places.
"""

import argparse
import random
from dataclasses import dataclass, field, replace
from pathlib import Path

from programmes import ELECTIVES, MONTHS, Planted, Wanted, lawful_alone, programme

from trainingbase.planner.cost import cost
from trainingbase.planner.files.plan_file import write_plan
from trainingbase.planner.plan import Plan
from trainingbase.planner.problem import (
    Block,
    Department,
    Placement,
    Problem,
    Requirement,
    Resident,
    Wish,
)
from trainingbase.planner.problem_json import write_problem
from trainingbase.planner.rules import check


@dataclass
class Maker:
    wanted: Wanted
    load: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.wanted.seed)  # noqa: S311 - a draw, not a secret
        self.programme = programme(self.wanted)
        sites = 4 + self.wanted.residents // 150
        self.sites = tuple(f"SITE{number}" for number in range(sites))
        self.standards = dict.fromkeys(
            standard
            for requirement in self.programme.requirements
            for standard in requirement.standard
            if standard != "primary-care"
        )

    def problem(self) -> tuple[Problem, list[Placement]]:
        planted = [self.planted(number) for number in range(self.wanted.residents)]
        residents, placements = [], []
        for one in planted:
            resident, mine = self.from_today(one)
            residents.append(resident)
            placements += mine
        periods = max(self.wanted.periods * self.wanted.fold, *(one.until for one in residents))
        made = Problem(
            unit=self.wanted.unit,
            starts_on="2026-09-01",
            periods=periods,
            departments=self.departments(placements, periods),
            programmes={"gp": self.programme},
            residents=tuple(residents),
        )
        if self.wanted.infeasible:
            made = self.without_places(made)
        return made, sorted(placements)

    # one career

    def planted(self, number: int) -> Planted:
        """Drawn period by period, again and again until everything fits."""
        fold = self.wanted.fold
        begun = -12 * fold * (2 - 3 * number // max(1, self.wanted.residents))
        away: frozenset[int] = frozenset()
        if self.random.random() < 0.08:
            first = self.random.randrange(max(1, 2 - begun), MONTHS * fold - 4)
            away = frozenset(range(first, first + 2 * fold))
        until = MONTHS * fold + self.wanted.slack + len(away)
        while True:
            stays = self.drawn(f"r{number}", begun, until, away)
            if stays is not None:
                break
        for stay in stays:
            for period in range(stay.start + begun, stay.end + begun):
                key = (stay.department, period)
                self.load[key] = self.load.get(key, 0) + 1
        return Planted(Resident(f"r{number}", "gp", 0, 0, begun), stays, until, away)

    def drawn(
        self, who: str, begun: int, until: int, away: frozenset[int]
    ) -> list[Placement] | None:
        left = self.owed()
        stays: list[Placement] = []
        idle, at = self.wanted.slack, 0
        while at < until:
            if at in away:
                at += 1
                continue
            room = next((p - at for p in range(at, until) if p in away), until - at)
            options = [one for one in left if one[1] <= room and self.may_start(one, left, at)]
            if idle and (not options or self.random.random() < idle / (until - at)):
                idle, at = idle - 1, at + 1
                continue
            if not options:
                return None
            requirement, length = self.least_crowded(options, at + begun, at)
            department = self.department_for(requirement, at + begun, length)
            left.remove((requirement, length))
            stays.append(Placement(who, requirement.id, department, at, length))
            at += length
        return stays if not left and lawful_alone(self.programme, stays) else None

    def owed(self) -> list[tuple[Requirement, int]]:
        chosen = {self.random.choice(choice.of) for choice in self.programme.choose}
        owed = []
        for one in self.programme.requirements:
            if one.id in self.programme.elective_ids and one.id not in chosen:
                continue
            lengths = list(one.stretches or (one.length,))
            if one.min_stretch and self.random.random() < 0.5:
                lengths = [one.min_stretch, one.length - one.min_stretch]
            owed += [(one, length) for length in lengths]
        return owed

    def may_start(self, option: tuple[Requirement, int], left: list, at: int) -> bool:
        requirement, length = option
        owed = {one.id for one, _ in left}
        if at < requirement.earliest or at + length > (requirement.latest_end or 10**9):
            return False
        return not any(b == requirement.id and a in owed for a, b in self.programme.before)

    def least_crowded(self, options: list, period: int, at: int) -> tuple[Requirement, int]:
        def crowd(option: tuple[Requirement, int]) -> float:
            requirement, length = option
            if requirement.latest_end is not None and self.random.random() < 0.5:
                return -1.0
            there = self.departments_for(requirement)
            load = sum(
                self.load.get((one, p), 0) for one in there for p in range(period, period + length)
            )
            return load / (length * requirement.length) + self.random.random()

        return min(options, key=crowd)

    def departments_for(self, requirement: Requirement) -> tuple[str, ...]:
        return self.sites if requirement.id == "PC" else requirement.standard

    def department_for(self, requirement: Requirement, period: int, length: int) -> str:
        def crowd(one: str) -> float:
            load = sum(self.load.get((one, p), 0) for p in range(period, period + length))
            return load + self.random.random()

        return min(self.departments_for(requirement), key=crowd)

    # what is left of it today

    def from_today(self, planted: Planted) -> tuple[Resident, list[Placement]]:
        """What ended before period 0 is done, what runs over it is begun."""
        begun = planted.resident.training_start
        moved = [replace(one, start=one.start + begun) for one in planted.stays]
        future = [one for one in moved if one.start >= 0]
        running = [one for one in moved if one.start < 0 < one.end]
        met = {one.requirement for one in moved if one.start < 0}
        future = [one for one in future if one.requirement not in met]
        blocks = [Block(one.requirement, one.department, 0, one.end) for one in running]
        resident = replace(
            planted.resident,
            until=begun + planted.until,
            away=frozenset(p + begun for p in planted.away if p + begun >= 0),
            done=frozenset(met - {one.requirement for one in blocks}),
            in_progress=tuple(blocks),
            fixed=self.fixed(future),
            institutions=frozenset(self.open_sites(moved)),
        )
        resident = replace(resident, wishes=self.wishes(resident, future), rank=self.rank(resident))
        kept = [Placement(resident.id, b.requirement, b.department, 0, b.length) for b in blocks]
        return resident, kept + future

    def fixed(self, future: list[Placement]) -> tuple[Block, ...]:
        if not future or self.random.random() > 0.25:
            return ()
        one = self.random.choice(future)
        return (Block(one.requirement, one.department, one.start, one.length),)

    def open_sites(self, stays: list[Placement]) -> list[str]:
        mine = {one.department for one in stays if one.department in self.sites}
        others = [one for one in self.sites if one not in mine]
        self.random.shuffle(others)
        return sorted(mine) + others[: self.random.randrange(1, 4)]

    def wishes(self, resident: Resident, future: list[Placement]) -> tuple[Wish, ...]:
        owed = sorted({one.requirement for one in future})
        self.random.shuffle(owed)
        wide = 6 * self.wanted.fold
        drawn = []
        for key in owed[:4]:
            requirement = self.programme.by_id[key]
            first = max(0, resident.training_start + requirement.earliest)
            start = self.random.randrange(first, max(first, resident.until - wide) + 1)
            drawn.append(Wish(key, start, start + wide, self.random.choice((1, 2, 2, 3))))
        return tuple(drawn)

    def rank(self, resident: Resident) -> dict[str, float]:
        sites, electives = sorted(resident.institutions or ()), list(ELECTIVES)
        self.random.shuffle(sites)
        self.random.shuffle(electives)
        ranks = {site: 2.0 * place for place, site in enumerate(sites)}
        return ranks | {one: float(place) for place, one in enumerate(electives)}

    # places

    def departments(self, placements: list[Placement], periods: int) -> tuple[Department, ...]:
        load = {name: [0] * periods for name in sorted([*self.standards, *self.sites])}
        for one in placements:
            for period in range(one.start, one.end):
                load[one.department][period] += 1
        places = self.widened(load, periods)
        return tuple(
            Department(
                name,
                ("primary-care",) if name in self.sites else (name,),
                name if name in self.sites else "lead",
                tuple(places[name]),
                tuple(
                    min(least, most // 2)
                    for least, most in zip(load[name], places[name], strict=True)
                ),
                name in self.sites,
            )
            for name in load
        )

    def widened(self, load: dict[str, list[int]], periods: int) -> dict[str, list[int]]:
        """Empty places, each given where the neighbouring months have had more."""
        places = {name: list(row) for name, row in load.items()}
        taken = sum(map(sum, load.values()))
        for _ in range(round(taken / self.wanted.tightness) - taken):
            name = self.random.choices(list(load), [1 + sum(row) for row in load.values()])[0]
            row = places[name]
            some = [self.random.randrange(periods) for _ in range(3)]
            period = min(some, key=lambda p: row[p] - max(row[max(0, p - 2) : p + 3]))
            row[period] += 1
        return places

    def without_places(self, problem: Problem) -> Problem:
        """General Practice has one place less than those need who have just begun."""
        first = self.programme.by_id["GP1"]
        most = first.latest_end or 0
        needed = sum(
            first.length
            for one in problem.residents
            if one.training_start == 0 and "GP1" not in one.done
        )
        departments = []
        for one in problem.departments:
            places = list(one.places)
            while one.id == "GP" and sum(places[:most]) >= needed:
                fullest = max(range(most), key=lambda p: places[p])
                places[fullest] -= 1
            least = tuple(min(both) for both in zip(one.minimum, places, strict=True))
            departments.append(replace(one, places=tuple(places), minimum=least))
        return replace(problem, departments=tuple(departments))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--residents", type=int, default=90)
    parser.add_argument("--periods", type=int, default=36, help="months, at least")
    parser.add_argument("--unit", choices=("month", "half-month"), default="month")
    parser.add_argument("--tightness", type=float, default=0.85, help="share of places taken")
    parser.add_argument("--slack", type=int, default=0, help="free periods of each resident")
    parser.add_argument("--seed", type=int, default=1)
    for name in ("splittable", "electives", "infeasible"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--plan", type=Path, help="where to write the planted plan")
    options = vars(parser.parse_args())
    out, plan = options.pop("out"), options.pop("plan")
    problem, placements = Maker(Wanted(**options)).problem()
    if not options["infeasible"] and check(problem, placements):
        raise SystemExit("the planted plan breaks a rule")
    write_problem(replace(problem, name=out.stem), out)
    if plan:
        planted = tuple(placements)
        write_plan(Plan("feasible", planted, cost(problem, planted)), plan)
    taken = sum(one.length for one in placements)
    places = sum(sum(one.places) for one in problem.departments)
    print(f"{out}: {taken / places:.1%} of {places} places, planted cost", end=" ")
    print(cost(problem, placements).total)


if __name__ == "__main__":
    main()
