"""What the portal does about assessments by itself, every hour."""

from datetime import date, datetime

from trainingbase.assessments import actions
from trainingbase.assessments.actions import guests


def ask_and_remind(*, today: date, at: datetime) -> None:
    """Once for each placement, so that running it again asks for nothing twice."""
    actions.hand_over(today=today, at=at)
    actions.ask_midway(today=today, at=at)
    actions.ask_for_exits(today=today, at=at)
    actions.remind_late(today=today, at=at)
    guests.remind_of_guests(today=today, at=at)
    guests.forget_tries(at=at)
