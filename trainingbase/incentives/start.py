"""The schemes a new base starts from: those that are missing, the base's own stay as they are."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.incentives.models import BankColumn, Scheme, Version
from trainingbase.incentives.rules.shipped import shipped

EVER = date(2000, 1, 1)
"""Shipped rules are older than any month a portal computes."""
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
COLUMNS = (
    ("name", "姓名"),
    ("staff_number", "工号"),
    ("bank", "开户行"),
    ("account", "账号"),
    ("amount", "金额"),
    ("note", "备注"),
)
"""Fields of the bank file and what they are headed, as most banks of the country take them."""


def put_schemes() -> None:
    """The caller commits."""
    known = set(db.session.scalars(select(Scheme.code)))
    for terms in shipped():
        if terms.code in known:
            continue
        version = Version(
            number=1, basis=terms.basis, rates=terms.rates, applies=terms.applies,
            quantity=terms.quantity, multiplier=terms.multiplier, share=terms.share,
            splits=list(terms.splits), pay=terms.pay, amount=terms.amount,
            point_value=terms.point_value, made_at=MADE_AT, starts_on=EVER,
            put_in_force_at=MADE_AT,
        )  # fmt: skip
        db.session.add(
            Scheme(code=terms.code, name=terms.name, name_en=terms.name_en,
                   beneficiary=terms.beneficiary, is_shipped=True, versions=[version])
        )  # fmt: skip
    have = set(db.session.scalars(select(BankColumn.field)))
    for position, (field, header) in enumerate(COLUMNS):
        if field not in have:
            db.session.add(BankColumn(position=position, field=field, header=header, is_used=True))
