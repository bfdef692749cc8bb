"""Where somebody worked, what a breach costs, who may be promoted, and whom the portal asks."""

from trainingbase.careers.models.address import GraduateAddress, PromotionTold
from trainingbase.careers.models.bond import (
    BondChoice,
    BondRule,
    BondRuleItem,
    BondTold,
    InUse,
)
from trainingbase.careers.models.breach import (
    AlreadyDecided,
    Breach,
    Payment,
    SameTwo,
    Waiver,
)
from trainingbase.careers.models.choices import Choice
from trainingbase.careers.models.employment import SOURCES, Employment
from trainingbase.careers.models.follow_up import MONTHS, FollowUp, LinkClosed
from trainingbase.careers.models.promotion import Award, Condition, Scheme

__all__ = [
    "MONTHS",
    "SOURCES",
    "AlreadyDecided",
    "Award",
    "BondChoice",
    "BondRule",
    "BondRuleItem",
    "BondTold",
    "Breach",
    "Choice",
    "Condition",
    "Employment",
    "FollowUp",
    "GraduateAddress",
    "InUse",
    "LinkClosed",
    "Payment",
    "PromotionTold",
    "SameTwo",
    "Scheme",
    "Waiver",
]
