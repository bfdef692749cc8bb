"""What a resident still owes (a task) and each way to do it (a stay)."""

from dataclasses import dataclass

from trainingbase.planner.problem import Requirement, Wish


@dataclass(frozen=True, slots=True)
class Stay:
    """`served` is wish and rank cost of the resident, `kept` what it saves of `moved`."""

    department: int
    start: int
    length: int
    served: float = 0.0
    kept: float = 0.0

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True)
class Task:
    """One stretch of a requirement, or (`in_pieces`) the whole of a splittable one."""

    requirement: Requirement
    stretch: int
    length: int
    in_pieces: bool
    is_first: bool
    stays: tuple[Stay, ...]
    wishes: tuple[Wish, ...] = ()
