"""What a resident owes, as digits and steps from digit to digit."""

from dataclasses import dataclass

from trainingbase.planner.timetables.careers import Career


@dataclass(frozen=True)
class Step:
    """One way on for requirement `way`: from digit to digit by a stay of task `task`."""

    way: int
    task: int
    before: int
    after: int
    length: int


@dataclass(frozen=True)
class Ways:
    """What is owed, as digits. `radix[w]` - 1 is requirement `w` met; `owed[w]` its periods."""

    requirements: tuple[str, ...]
    radix: tuple[int, ...]
    owed: tuple[int, ...]
    elective: tuple[bool, ...]
    steps: tuple[Step, ...]
    pairs: tuple[tuple[int, int], ...]
    choices: tuple[tuple[int, tuple[int, ...]], ...]
    free: int
    slack: int


def ways_of(career: Career) -> Ways:
    """Equal for residents who can share a graph."""
    names = tuple(career.tasks_of)
    number = {name: way for way, name in enumerate(names)}
    radix, owed, steps = [], [], []
    for way, tasks in enumerate(career.tasks_of.values()):
        first = career.tasks[tasks[0]]
        owed.append(first.requirement.length)
        if first.in_pieces:
            radix.append(first.length + 1)
            steps += _pieces(way, tasks[0], first.requirement.min_stretch or 1, first.length)
        else:
            radix.append(len(tasks) + 1)
            steps += [
                Step(way, task, digit, digit + 1, career.tasks[task].length)
                for digit, task in enumerate(tasks)
            ]
    pairs = [(number[a], number[b]) for a, b in career.pairs if a in number and b in number]
    return Ways(
        names,
        tuple(radix),
        tuple(owed),
        tuple(name in career.is_elective for name in names),
        tuple(steps),
        tuple(pairs),
        tuple(
            (count, tuple(number[one] for one in of if one in number))
            for count, of in career.choices
        ),
        len(career.free),
        career.slack,
    )


def _pieces(way: int, task: int, least: int, length: int) -> list[Step]:
    return [
        Step(way, task, done, done + piece, piece)
        for done in range(length)
        for piece in range(least, length - done + 1)
        if (done == 0 or done >= least)
        and (done + piece == length or length - done - piece >= least)
    ]
