"""What a committee may decide, and who may."""

from collections.abc import Collection

OUTCOMES = ("progress", "extend", "remediate", "graduate")
LEVELS = ("meets", "below", "unknown")
"""Of one competency: as expected at this stage, below it, too little evidence to say."""

COMPETENCIES = (
    "professionalism", "knowledge_skills", "patient_care", "communication", "teaching", "learning",
)  # fmt: skip


def needs_plan(outcome: str) -> bool:
    """Who is to catch up is told with whom and until when."""
    return outcome in ("extend", "remediate")


def quorum_of(entitled: int, percent: int) -> int:
    """The least who must be there: so many per cent of those who sit, rounded up, never nobody."""
    return max(1, -(-entitled * percent // 100))


def may_vote(
    sitting: Collection[int], present: Collection[int], conflicted: Collection[int]
) -> set[int]:
    return (set(sitting) & set(present)) - set(conflicted)
