"""Shares of a plan, and the code by which new residents report in."""

from trainingbase.codes import Code


def code_of(secret: str, intake_id: int, minutes: int) -> Code:
    """What the office's screen shows; it changes every `minutes`."""
    return Code(secret, "report in", intake_id, minutes * 60)


def share(count: int, planned: int) -> int | None:
    """Whole per cent; None where nothing was planned."""
    return round(100 * count / planned) if planned else None
