"""What a base begins with: reasons for leaving.  Rules of obligations, schemes and counties are the
base's own; nothing official fixes their amounts for all provinces."""

from sqlalchemy import select

from trainingbase.careers.models import Choice
from trainingbase.db import db

REASONS = (
    ("pay", "收入", "Pay"),
    ("family", "家庭原因", "Family"),
    ("career", "职业发展", "Career"),
    ("workload", "工作负荷", "Workload"),
    ("facilities", "条件与设备", "Facilities"),
    ("studies", "考研深造", "Further study"),
    ("end", "合同到期", "The contract ended"),
    ("other", "其他", "Other"),
)


def put_choices() -> None:
    """Add what is missing; the caller commits."""
    have = set(db.session.scalars(select(Choice.code).where(Choice.of == "left")))
    db.session.add_all(
        Choice(of="left", code=code, name=name, name_en=name_en, in_use=True)
        for code, name, name_en in REASONS
        if code not in have
    )
