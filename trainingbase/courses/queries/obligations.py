"""What a resident has promised, and what a change means for it."""

from datetime import date
from decimal import Decimal

from trainingbase.courses.rules.states import LEAVING
from trainingbase.enrolment.models import Contract, Obligation, Resident
from trainingbase.enrolment.queries.records import contracts_of
from trainingbase.enrolment.queries.records import obligations_of as promised_by


def obligations_of(resident: Resident, kind: str, day: date) -> list[dict]:
    """Lines of what stands against leaving on `day`: `{"code"}`, or a text in both languages."""
    if kind not in LEAVING:
        return []
    found = [_contract(one) for one in contracts_of(resident) if one.ends_on > day]
    found += [_promise(one) for one in promised_by(resident) if one.ended_on is None]
    if resident.trainee_type == "rural":
        found.append({"code": "rural-counts" if kind == "graduation" else "rural-breach"})
    return found


def _contract(contract: Contract) -> dict:
    last = contract.last_day.isoformat()
    return {
        "code": "contract",
        "text": f"合同 {contract.number or '（无编号）'} 有效至 {last}，届时仍在合同期内。",
        "text_en": f"Contract {contract.number or '(no number)'} runs until {last}.",
    }


def _promise(promise: Obligation) -> dict:
    """Years owed, and what a breach costs by its own terms."""
    years = format(Decimal(promise.years).normalize(), "f")
    zh = f"服务期 {years} 年（{promise.place}）"
    en = f"{years} years of service owed ({promise.place})"
    if promise.penalty_amount is not None:
        zh, en = (
            f"{zh}；违约金 {promise.penalty_amount} 元",
            f"{en}; penalty {promise.penalty_amount} yuan",
        )
    if promise.penalty:
        zh, en = f"{zh}；{promise.penalty}", f"{en}; {promise.penalty}"
    return {"code": "obligation", "text": f"{zh}。", "text_en": f"{en}."}
