"""The checklist a new base starts from: this portal's choice, for the base to change."""

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.entering.models import InductionItem

ITEMS = (
    ("科室环境、人员与工作流程", "Rooms, people and daily routine"),
    ("劳动纪律、考勤与请假", "Rules of work, attendance and leave"),
    ("医疗核心制度与患者安全", "Core rules of care and patient safety"),
    ("院感防控与职业防护", "Infection control and one's own protection"),
    ("病历书写要求", "Writing of records"),
    ("本科室轮转目标与考核要求", "Goals of the placement and how it is assessed"),
    ("医德医风与医患沟通", "Conduct, and talking with patients"),
)


def put_items() -> None:
    """Only where there has never been a checklist.  The caller commits."""
    if db.session.scalar(select(func.count()).select_from(InductionItem)):
        return
    db.session.add_all(
        InductionItem(position=number, name=name, name_en=name_en)
        for number, (name, name_en) in enumerate(ITEMS, 1)
    )
