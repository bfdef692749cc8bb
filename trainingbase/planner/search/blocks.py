"""A block of a row, and the arrays that rows are laid out in."""

from dataclasses import dataclass, field

from trainingbase.planner.search.ways import Ways


@dataclass
class Block:
    """A stretch of somebody's time, with the ways of every length it may take."""

    start: int
    shapes: dict[int, Ways]
    length: int
    department: int = -1
    task: int = -1
    group: int = -1
    piece: int = -1
    choice: int = -1
    is_fixed: bool = False


@dataclass
class Arrays:
    """Grows while rows are laid out."""

    rows: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    shapes: list = field(default_factory=list)
    ways: list = field(default_factory=list)
    price: list = field(default_factory=list)
    served: list = field(default_factory=list)
    pairs: list = field(default_factory=list)


def place_among(ways: Ways, block: Block) -> int:
    """Where among the ways that of the block stands."""
    for at, (department, task, *_) in enumerate(ways):
        if department == block.department and task == block.task:
            return at
    return 0
