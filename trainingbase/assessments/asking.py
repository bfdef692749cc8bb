"""What the portal does about assessments by itself, every hour."""

from datetime import date, datetime

from trainingbase.assessments import actions
from trainingbase.assessments.actions import guests


def ask_and_remind(*, today: date, at: datetime) -> None:
    """Each thing once, so that running it again asks for nothing and tells nobody twice."""
    actions.hand_over(today=today, at=at)
    actions.plan_ahead(today=today, at=at)
    actions.send_planned(today=today, at=at)
    actions.chase(today=today, at=at)
    guests.remind_of_guests(today=today, at=at)
    guests.forget_tries(at=at)
    actions.forget_drafts(at=at)
