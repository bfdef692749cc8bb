"""What is asked of a site's places, who goes to a site, who is sent up, and what is required."""

from trainingbase.network.models.posting import WORK, Posting, Session
from trainingbase.network.models.proposal import AlreadyDecided, Proposal
from trainingbase.network.models.readiness import RULE_KINDS, ReadinessRule
from trainingbase.network.models.short_course import ShortCourse

__all__ = [
    "RULE_KINDS",
    "WORK",
    "AlreadyDecided",
    "Posting",
    "Proposal",
    "ReadinessRule",
    "Session",
    "ShortCourse",
]
