"""A plan under search: who stays where, how full every place is, and what it costs."""

from collections.abc import Iterable

from trainingbase.planner.cost import cost
from trainingbase.planner.plan import Cost
from trainingbase.planner.problem import Placement
from trainingbase.planner.timetables.careers import Career, Careers
from trainingbase.planner.timetables.stay import Stay

Chosen = dict[int, list[tuple[int, Stay]]]  # career -> (task, stay)


class State:
    """`load[d][p]` counts residents, begun blocks included. May be over places while searching."""

    def __init__(self, careers: Careers) -> None:
        self.careers = careers
        self.chosen: Chosen = {}
        self.load = [list(row) for row in careers.load]
        self.places = [department.places for department in careers.problem.departments]

    def copy(self) -> "State":
        other = State(self.careers)
        other.chosen = dict(self.chosen)
        other.load = [list(row) for row in self.load]
        other.places = self.places
        return other

    def put(self, chosen: Chosen) -> None:
        """Replaces the timetables of the careers named."""
        for career, those in chosen.items():
            self._count(self.chosen.get(career, ()), -1)
            self._count(those, 1)
            self.chosen[career] = those

    def _count(self, those: Iterable[tuple[int, Stay]], sign: int) -> None:
        for _, stay in those:
            row = self.load[stay.department]
            for period in range(stay.start, stay.end):
                row[period] += sign

    def load_without(self, members: Iterable[int]) -> list[list[int]]:
        load = [list(row) for row in self.load]
        for member in members:
            for _, stay in self.chosen.get(member, ()):
                for period in range(stay.start, stay.end):
                    load[stay.department][period] -= 1
        return load

    def room_beside(self, load: list[list[int]]) -> list[list[int]]:
        return [
            [places - there for places, there in zip(row, filled, strict=True)]
            for row, filled in zip(self.places, load, strict=True)
        ]

    def overfull(self) -> list[tuple[int, int, int]]:
        """(department, period, how many too many)."""
        return [
            (department, period, there - limit[period])
            for department, (row, limit) in enumerate(zip(self.load, self.places, strict=True))
            for period, there in enumerate(row)
            if there > limit[period]
        ]

    def placements(self) -> list[Placement]:
        return self.careers.placements(
            (career, task, stay) for career, those in self.chosen.items() for task, stay in those
        )

    def cost(self) -> Cost:
        return cost(self.careers.problem, self.placements())

    def served(self, career: Career) -> float:
        """Wish and rank cost of one resident, near enough to choose whom to help next."""
        total = career.served_constant
        return total + sum(stay.served for _, stay in self.chosen.get(career.number, ()))

    def there(self, department: int, first: int, last: int) -> set[int]:
        """Careers with a stay in this department that meets [first, last)."""
        return {
            career
            for career, those in self.chosen.items()
            for _, stay in those
            if stay.department == department and stay.start < last and stay.end > first
        }


def chosen_from(careers: Careers, placements: Iterable[Placement]) -> Chosen:
    """The stays of a plan that are still allowed; what no longer is, is left out."""
    of_resident: dict[str, list[Placement]] = {}
    for placement in placements:
        of_resident.setdefault(placement.resident, []).append(placement)
    return {
        career.number: _matched(careers, career, of_resident.get(career.resident.id, []))
        for career in careers.careers
    }


def _matched(careers: Careers, career: Career, mine: list[Placement]) -> list[tuple[int, Stay]]:
    found: list[tuple[int, Stay]] = []
    for requirement, tasks in career.tasks_of.items():
        placed = sorted(
            (one.start, careers.department_number.get(one.department, -1), one.length)
            for one in mine
            if one.requirement == requirement
        )
        if career.tasks[tasks[0]].in_pieces:
            pairs = [(tasks[0], one) for one in placed]
        else:
            pairs = list(zip(tasks, placed, strict=False))
        for task, (start, department, length) in pairs:
            for stay in career.tasks[task].stays:
                if (stay.start, stay.department, stay.length) == (start, department, length):
                    found.append((task, stay))
                    break
    return found
