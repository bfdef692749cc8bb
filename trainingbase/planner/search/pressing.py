"""Into its places without machine code: a few residents at once, by CP-SAT.

Slow on large problems; it is what can be done while the compiled searches are being made.
"""

from collections.abc import Iterable

from trainingbase.planner.search.search import Search


def press(search: Search) -> int:
    """Some around an overfull place are planned together anew; gives the places still too many."""
    state = search.state
    search.round += 1
    over = state.overfull()
    groups: list[list[int]] = []
    used: set[int] = set()
    for _ in range(max(1, search.limits.workers)):
        department, period, _ = search.random.choice(over)
        there = sorted(state.there(department, period, period + 1) - used)
        others = sorted(set(range(len(search.careers.careers))) - used - set(there))
        members = search.random.sample(there, min(4, len(there)))
        members += search.random.sample(others, min(4, len(others)))
        groups.append(members)
        used.update(members)
    least = _too_many(over)
    for answer in search.solve_all([one for one in groups if one], elastic=True):
        if answer.chosen is None:
            continue
        old = {member: state.chosen.get(member, []) for member in answer.chosen}
        state.put(answer.chosen)
        now = _too_many(state.overfull())
        if now > least:
            state.put(old)
        else:
            least = now
    return least


def _too_many(over: Iterable[tuple[int, int, int]]) -> int:
    return sum(count for *_, count in over)
