"""Rates and rules as dated data, monthly runs, lines that say why, and the accounts behind them."""

from trainingbase.incentives.models.after import (
    BankAccount,
    BankColumn,
    Correction,
    PlaceAccount,
    Question,
)
from trainingbase.incentives.models.facts import PaidFor
from trainingbase.incentives.models.money import ACCOUNTS, Budget, FundingSource, Posting, Rate
from trainingbase.incentives.models.runs import (
    AlreadyApproved,
    Approval,
    Line,
    Locked,
    Replaced,
    Run,
    Snapshot,
)
from trainingbase.incentives.models.schemes import Appraisal, InForce, Scheme, Version

__all__ = [
    "ACCOUNTS",
    "AlreadyApproved",
    "Appraisal",
    "Approval",
    "BankAccount",
    "BankColumn",
    "Budget",
    "Correction",
    "FundingSource",
    "InForce",
    "Line",
    "Locked",
    "PaidFor",
    "PlaceAccount",
    "Posting",
    "Question",
    "Rate",
    "Replaced",
    "Run",
    "Scheme",
    "Snapshot",
    "Version",
]
