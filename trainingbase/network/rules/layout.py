"""Where each site stands on the drawing of the county."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

WIDTH, HEIGHT = 1000, 720
MARGIN_X, MARGIN_Y = 120, 60
RINGS = {"lead": 0.0, "branch": 0.5, "partner": 0.5, "community": 0.92, "township": 0.92}
"""How far from the middle, as a part of the way to the edge; every other level stands outside."""
OUTSIDE = 1.0


@dataclass(frozen=True)
class Spot:
    """`x` and `y` are 0 to 100 where the office has set them."""

    id: int
    level: str
    x: int | None
    y: int | None


def spots_of(sites: Sequence[Spot]) -> dict[int, tuple[int, int]]:
    """The middle of each site on a drawing of WIDTH × HEIGHT.  What the office has not placed
    stands on a ring of its level around the lead hospital, in the order given."""
    found: dict[int, tuple[int, int]] = {}
    rings: dict[float, list[Spot]] = {}
    for one in sites:
        if one.x is not None and one.y is not None:
            found[one.id] = _at(one.x / 50 - 1, one.y / 50 - 1)
        else:
            rings.setdefault(RINGS.get(one.level, OUTSIDE), []).append(one)
    for radius, members in rings.items():
        for number, one in enumerate(members):
            if radius == 0 and len(members) == 1:
                found[one.id] = _at(0, 0)
                continue
            reach = radius or 0.25
            turn = 2 * pi * number / len(members) - pi / 2 + (pi / 6 if radius == 0.5 else 0)
            found[one.id] = _at(reach * cos(turn), reach * sin(turn))
    return found


def _at(across: float, down: float) -> tuple[int, int]:
    """From −1 … 1 each way to the drawing, so that names stay inside it."""
    return (
        round(WIDTH / 2 + across * (WIDTH / 2 - MARGIN_X)),
        round(HEIGHT / 2 + down * (HEIGHT / 2 - MARGIN_Y)),
    )


def lines_of(name: str, longest: int = 20) -> list[str]:
    """A name on two lines where it is too long for one; a Chinese character counts as two."""
    if sum(2 if character > "\u2e80" else 1 for character in name) <= longest:
        return [name]
    words = name.split(" ")
    if len(words) == 1:
        middle = (len(name) + 1) // 2
        return [name[:middle], name[middle:]]
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return list(min(cuts, key=lambda cut: max(map(len, cut))))
