"""Residents, their leave, and what was agreed with them."""

from trainingbase.enrolment.models.credits import CreditClaim
from trainingbase.enrolment.models.residents import (
    LEAVE_KINDS,
    TRAINEE_TYPES,
    AlreadyDecided,
    Cohort,
    Credit,
    Leave,
    Resident,
    masked_within,
)
from trainingbase.enrolment.models.terms import PAYERS, Contract, Obligation, Particulars

__all__ = [
    "LEAVE_KINDS",
    "PAYERS",
    "TRAINEE_TYPES",
    "AlreadyDecided",
    "Cohort",
    "Contract",
    "Credit",
    "CreditClaim",
    "Leave",
    "Obligation",
    "Particulars",
    "Resident",
    "masked_within",
]
