"""The moves of one line: which blocks change places, and the order each would bring."""

import numpy as np

_UPPER: dict[int, tuple[np.ndarray, np.ndarray]] = {}


def upper(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of all i < j < n."""
    if n not in _UPPER:
        _UPPER[n] = np.triu_indices(n, 1)
    return _UPPER[n]


class Moves:
    """Changes in price of all moves of one line in `flat`, and the order each would bring."""

    def __init__(
        self,
        order: list[int],
        pairs: np.ndarray,
        switches: np.ndarray,
        segments: np.ndarray,
        behind: np.ndarray,
    ) -> None:
        self.order = order
        self.pairs = pairs
        self.behind = behind
        self.first_switch = pairs.size
        self.first_segment = pairs.size + switches.size
        self.flat = np.concatenate([pairs.ravel(), switches, segments.ravel()])

    def switched(self, pick: int) -> int:
        """The block that only changes its department; -1 for every other move."""
        if self.first_switch <= pick < self.first_segment:
            return self.order[pick - self.first_switch]
        return -1

    def rearranged(self, pick: int) -> list[int]:
        order = list(self.order)
        if pick >= self.first_segment:
            i, j = divmod(pick - self.first_segment, len(order))
            k = int(self.behind[i, j])
            if k <= i:
                return [*order[:j], order[i], *order[k:i], *order[j:k], *order[i + 1 :]]
            return [*order[:i], *order[j:k], *order[i + 1 : j], order[i], *order[k:]]
        if pick >= self.first_switch:
            return order
        kind, pair = divmod(pick, self.pairs.shape[1])
        i, j = (int(one[pair]) for one in upper(len(order)))
        if kind == 0:
            order[i], order[j] = order[j], order[i]
        elif kind == 1:
            order.insert(j, order.pop(i))
        else:
            order.insert(i, order.pop(j))
        return order
