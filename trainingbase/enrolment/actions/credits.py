"""Earlier training: asked for with its evidence, approved or refused by the office."""

from datetime import date, datetime
from decimal import Decimal

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment import queries
from trainingbase.enrolment.models import AlreadyDecided, Credit, CreditClaim, Resident
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import note
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.models import Person


class MoreThanAsked(Exception):
    """With these months more would count than the programme asks for; `left` is what may."""

    def __init__(self, left: Decimal):
        super().__init__(left)
        self.left = left


def ask_for_credit(
    resident: Resident,
    *,
    standard_department_id: int,
    months: Decimal,
    place: str,
    starts_on: date,
    ends_on: date,
    evidence: Upload,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> CreditClaim:
    """Sent twice with one `request_key` it is one."""
    known = queries.claim_by_key(request_key)
    if known is not None:
        return known
    claim = CreditClaim(
        resident_id=resident.id,
        standard_department_id=standard_department_id,
        months=months,
        place=place,
        starts_on=starts_on,
        ends_on=ends_on,
        file=keep(evidence, by=by, at=at),
        asked_at=at,
        asked_by_id=by.id,
        request_key=request_key or None,
    )
    db.session.add(claim)
    record("ask-for-credit", claim, by=by, at=at, months=months)
    db.session.commit()
    return claim


def decide_credit(
    claim: CreditClaim,
    *,
    approved: bool,
    reason: str | None,
    by: Person,
    at: datetime,
    path: str,
) -> None:
    """Approve, refuse, or take an approval back; only what is approved counts.

    Raises `AlreadyDecided`, and `MoreThanAsked` when too much would count.
    """
    hold(claim.resident, "version")
    hold(claim, "approved")
    before = claim.approved
    try:
        claim.decide(approved, by=by, at=at, reason=reason)
        if approved or before:
            _count(claim, claim.months if approved else -claim.months, by=by, at=at, why=reason)
    except (AlreadyDecided, MoreThanAsked):
        db.session.rollback()
        raise
    record("approve-credit" if approved else "refuse-credit", claim, by=by, at=at)
    leave_notice(
        "credit-approved" if approved else "credit-refused",
        to_ids=[claim.resident.person_id],
        at=at,
        path=path,
        name=claim.standard_department.name,
        name_en=claim.standard_department.name_en,
        months=str(claim.months),
        reason=reason or "",
    )
    db.session.commit()


def _count(
    claim: CreditClaim, months: Decimal, *, by: Person, at: datetime, why: str | None
) -> None:
    credit = queries.credit_of(claim)
    before = credit.months if credit is not None else Decimal(0)
    left = queries.months_required(claim) - before
    if months > left:
        raise MoreThanAsked(max(left, Decimal(0)))
    after = before + months
    if credit is None and after <= 0:
        pass  # a change of course has taken the months out already
    elif credit is None:
        credit = Credit(
            resident_id=claim.resident_id,
            standard_department_id=claim.standard_department_id,
            months=after,
            kind="accepted",
        )
        db.session.add(credit)
    elif after > 0:
        credit.months = after
    else:
        db.session.delete(credit)
    note(
        claim, {"counted": (before or None, max(after, Decimal(0)) or None)}, by=by, at=at, why=why
    )
