"""Rules of the base's own, appraisals, a question and its answer: what makes the ledger alive."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.incentives.actions import after, appraising, payouts, schemes
from trainingbase.incentives.models import BankAccount, Line, Run
from trainingbase.people.models import Person
from trainingbase.sites.models import Department, Institution

DRAFTS = (
    ("全勤岗位津贴", "Post allowance", "resident", {
        "basis": "training", "quantity": "months", "share": "1 - leave_days / month_days",
        "pay": "yuan", "amount": Decimal(500)}),
    ("高质量教学积分", "Points for good teaching", "faculty", {
        "basis": "activity", "applies": "quality_score >= 80", "quantity": "hours",
        "multiplier": "1.2 if quality_score >= 90 else 1", "pay": "points", "amount": Decimal(3),
        "point_value": Decimal(20), "cap": Decimal(1200)}),
    ("科室教学绩效", "Teaching performance of departments", "department", {
        "basis": "appraisal", "quantity": "reward - deduction", "pay": "yuan",
        "amount": Decimal(1)}),
)  # fmt: skip
EMPTY = {
    "rates": "", "applies": "", "multiplier": "", "share": "", "splits": [],
    "point_value": Decimal(1), "cap": None, "source_id": None, "tax_note": None,
}  # fmt: skip


def play(resident: Resident, *, office: Person, at: datetime, say: Callable[[str], None]) -> None:
    """Two drafts to try, appraisals of the last month, an account, a question that was answered
    and one that waits."""
    for name, name_en, beneficiary, said in DRAFTS:
        schemes.make(name=name, name_en=name_en, beneficiary=beneficiary, said=EMPTY | said,
                     key=f"demo-{name}", by=office, at=at)  # fmt: skip
    _appraise(office, at=at)
    payouts.set_account(resident.person, bank="中国工商银行县支行", number="6222021234567890123",
                        version=None, by=resident.person, at=at)  # fmt: skip
    _accounts(office, at=at)
    _ask(resident.person, office, at=at)
    say("  Two rules drafted, appraisals kept, questions about amounts asked")


def _appraise(office: Person, *, at: datetime) -> None:
    month_on = (date(at.year, at.month, 1) - timedelta(days=1)).replace(day=1)
    departments = db.session.scalars(select(Department).order_by(Department.id).limit(8)).all()
    for number, one in enumerate(departments):
        said = {
            "month_on": month_on, "department_id": one.id, "person_id": None,
            "quality": Decimal(84 + number), "efficiency": Decimal(80 + number),
            "reward": Decimal(1000 if number % 3 == 0 else 0),
            "deduction": Decimal(200 if number % 4 == 3 else 0),
            "teaching_points": Decimal(5 + number), "total_points": Decimal(100), "note": None,
        }  # fmt: skip
        appraising.keep(said, key=f"demo-{one.id}", by=office, at=at)


def _accounts(office: Person, *, at: datetime) -> None:
    """Of most who were paid, and of the first departments and sites."""
    paid = db.session.scalars(
        select(Line.payee_id)
        .where(Line.payee_id.is_not(None), Line.payee_id.not_in(select(BankAccount.person_id)))
        .distinct()
        .order_by(Line.payee_id)
    ).all()
    db.session.add_all(
        BankAccount(person_id=one, bank="中国工商银行县支行", number=f"622202100000{one:07d}",
                    changed_at=at)
        for number, one in enumerate(paid)
        if number % 9
    )  # fmt: skip
    for department in db.session.scalars(select(Department).order_by(Department.id).limit(3)).all():
        _place("department", department.id, "青禾县人民医院", office, at)
    for site in db.session.scalars(select(Institution).order_by(Institution.id).limit(3)).all():
        _place("site", site.id, site.name, office, at)


def _place(kind: str, number: int, holder: str, office: Person, at: datetime) -> None:
    said = {"holder": holder, "bank": "中国农业银行县支行", "number": f"103655000000{number:07d}"}
    payouts.set_place_account(kind, number, said, version=None, by=office, at=at)


def _ask(person: Person, office: Person, *, at: datetime) -> None:
    lines = db.session.scalars(
        select(Line)
        .join(Line.run)
        .where(Line.payee_id == person.id, Run.approved_at.is_not(None))
        .order_by(Line.id)
        .limit(2)
    ).all()
    texts = ("上月的金额是否按第二年标准？", "基层实践的天数好像少算了。")
    asked = [
        after.ask(line, text, by=person, at=at) for line, text in zip(lines, texts, strict=False)
    ]
    if len(asked) > 1:
        after.answer(
            asked[0], "已核对：培训年按入培日期计算，无误。", amount=None, by=office, at=at
        )
