"""The scales a rating may have.

Entrustment is asked in two ways that are never mixed: retrospective, what the supervisor had to do
(O-SCORE, 2012), and prospective, what the resident may do next (ten Cate, 2015).  The English
anchors are those of the sources, the Chinese ones are translations of this portal.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Scale:
    """`options` are `[value, zh, en]`, `anchors` `[from, to, zh, en]`; one of them is empty."""

    lowest: Decimal
    highest: Decimal
    step: Decimal = Decimal(1)
    options: tuple[tuple[float, str, str], ...] = ()
    anchors: tuple[tuple[int, int, str, str], ...] = ()


SCALES = {
    "nine": Scale(
        Decimal(1),
        Decimal(9),
        anchors=(
            (1, 3, "有待加强", "Needs improvement"),
            (4, 6, "合格", "Satisfactory"),
            (7, 9, "优良", "Superior"),
        ),
    ),
    "five": Scale(
        Decimal(1),
        Decimal(5),
        anchors=((1, 2, "较弱", "Weaker"), (3, 3, "中等", "Middling"), (4, 5, "较强", "Stronger")),
    ),
    "grades": Scale(
        Decimal(1),
        Decimal(4),
        options=((4, "优", "Excellent"), (3, "良", "Good"), (2, "中", "Fair"), (1, "差", "Poor")),
    ),
    "retrospective": Scale(
        Decimal(1),
        Decimal(5),
        options=(
            (1, "由我来做", "I had to do"),
            (2, "我需要全程口头指导", "I had to talk them through"),
            (3, "我需要不时提示", "I had to prompt them from time to time"),
            (4, "我只需在场以防万一", "I needed to be there in the room just in case"),
            (5, "我不需要在场", "I did not need to be there"),
        ),
    ),
    "prospective": Scale(
        Decimal(1),
        Decimal(5),
        options=(
            (1, "不可实施", "Not allowed to practice this EPA"),
            (
                2,
                "仅可在主动、全程监督下实施",
                "Allowed to practice only under proactive, full supervision",
            ),
            (
                3,
                "仅可在按需监督下实施",
                "Allowed to practice only under reactive/on-demand supervision",
            ),
            (4, "可无监督实施", "Allowed to practice unsupervised"),
            (
                5,
                "可监督他人实施",
                "Allowed to supervise others in the practice of this EPA",
            ),
        ),
    ),
    "milestones": Scale(
        Decimal(1),
        Decimal(5),
        step=Decimal("0.5"),
        options=tuple((half / 2, f"{half / 2:g}", f"{half / 2:g}") for half in range(2, 11)),
    ),
}
ENTRUSTMENT = ("prospective", "retrospective")


def filled(scale: str | None) -> dict:
    """The columns of an item with this scale; empty for none of these."""
    known = SCALES.get(scale or "")
    if known is None:
        return {}
    return {
        "lowest": known.lowest,
        "highest": known.highest,
        "options": [list(option) for option in known.options] or None,
        "anchors": [list(anchor) for anchor in known.anchors] or None,
    }
