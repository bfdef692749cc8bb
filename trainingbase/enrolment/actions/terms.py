"""Contracts and service obligations: agreed, and changed with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment import queries
from trainingbase.enrolment.models import Contract, Obligation, Resident
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.people.models import Person


class Overlaps(Exception):
    """Another contract of this resident runs at the same time; `contract` is that one."""

    def __init__(self, contract: Contract):
        super().__init__(contract)
        self.contract = contract


def agree_contract(
    resident: Resident,
    values: Mapping[str, Any],
    *,
    file: Upload | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Contract:
    """Sent twice with one `request_key` it is one.  Raises `Overlaps`."""
    hold(resident, "version")
    known = queries.contract_by_key(request_key)
    if known is not None:
        return known
    _refuse_overlap(resident, values, None)
    contract = Contract(resident_id=resident.id, request_key=request_key or None, **values)
    return _add(contract, file, by=by, at=at)


def change_contract(
    contract: Contract,
    values: Mapping[str, Any],
    *,
    file: Upload | None,
    version: int | None,
    why: str,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale` and `Overlaps`."""
    hold(contract.resident, "version")
    contract.expect(version)
    _refuse_overlap(contract.resident, values, contract)
    change("change-contract", contract, values, by=by, at=at, why=why)
    _put_file(contract, file, by=by, at=at, why=why)
    db.session.commit()


def agree_obligation(
    resident: Resident,
    values: Mapping[str, Any],
    *,
    file: Upload | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Obligation:
    """Sent twice with one `request_key` it is one."""
    known = queries.obligation_by_key(request_key)
    if known is not None:
        return known
    obligation = Obligation(
        resident_id=resident.id, agreed_at=at, request_key=request_key or None, **values
    )
    return _add(obligation, file, by=by, at=at)


def change_obligation(
    obligation: Obligation,
    values: Mapping[str, Any],
    *,
    file: Upload | None,
    version: int | None,
    why: str,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`."""
    obligation.expect(version)
    change("change-obligation", obligation, values, by=by, at=at, why=why)
    _put_file(obligation, file, by=by, at=at, why=why)
    db.session.commit()


def _add(row: Any, file: Upload | None, *, by: Person, at: datetime) -> Any:
    if file is not None:
        row.file = keep(file, by=by, at=at)
    db.session.add(row)
    is_contract = isinstance(row, Contract)
    record("agree-contract" if is_contract else "agree-obligation", row, by=by, at=at)
    db.session.commit()
    return row


def _put_file(row: Any, file: Upload | None, *, by: Person, at: datetime, why: str) -> None:
    if file is None:
        return
    before, row.file = row.file, keep(file, by=by, at=at)
    note(row, {"file": (before, row.file)}, by=by, at=at, why=why)


def _refuse_overlap(resident: Resident, values: Mapping[str, Any], own: Contract | None) -> None:
    for other in queries.contracts_of(resident):
        if other is own:
            continue
        if values["starts_on"] < other.ends_on and other.starts_on < values["ends_on"]:
            db.session.rollback()
            raise Overlaps(other)
