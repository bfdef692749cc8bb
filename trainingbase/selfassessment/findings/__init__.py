"""What computes the parts of an edition, by the name its data use."""

from collections.abc import Callable

from trainingbase.selfassessment.findings.activities import activities, quality
from trainingbase.selfassessment.findings.found import Ask, Facts, Found
from trainingbase.selfassessment.findings.outcome import completion, pass_rate
from trainingbase.selfassessment.findings.people import certified, load
from trainingbase.selfassessment.findings.process import exits, intake, paid, plan_lawful
from trainingbase.selfassessment.findings.sites import readiness

FINDINGS: dict[str, Callable[[Ask], Found]] = {
    "activities": activities,
    "certified": certified,
    "completion": completion,
    "exits": exits,
    "intake": intake,
    "load": load,
    "paid": paid,
    "pass_rate": pass_rate,
    "plan_lawful": plan_lawful,
    "quality": quality,
    "readiness": readiness,
}


def can_find(finding: str | None, ask: Ask) -> bool:
    """Whether anything comes out with these settings, which then stand for everybody."""
    try:
        return finding is None or FINDINGS[finding](ask) is not None
    except (LookupError, ValueError, ArithmeticError):
        return False


__all__ = ["FINDINGS", "Ask", "Facts", "Found", "can_find"]
