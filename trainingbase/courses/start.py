"""The lists of reasons a new base starts with; each base changes them as it likes."""

from sqlalchemy import select

from trainingbase.courses.models import Reason
from trainingbase.db import db

STARTING_POINT = (
    ("manner", "agreed", "协议退培", "By agreement"),
    ("manner", "breach", "违约退培", "In breach"),
    ("withdrawal", "resigned", "辞职", "Resigned"),
    ("withdrawal", "studies", "考研", "Postgraduate study"),
    ("withdrawal", "other", "其他", "Other"),
    ("transfer", "employer", "工作单位变动", "Change of employer"),
    ("transfer", "family", "家庭原因", "Family"),
    ("transfer", "programme", "专业调整", "Change of specialty"),
    ("transfer", "other", "其他", "Other"),
    ("extension", "leave", "请假超限", "Too much leave"),
    ("extension", "exam", "考核未通过", "Examination not passed"),
    ("extension", "requirement", "培训内容未完成", "Requirements not done"),
    ("extension", "other", "其他", "Other"),
    ("suspension", "illness", "疾病", "Illness"),
    ("suspension", "parenthood", "生育", "Parenthood"),
    ("suspension", "personal", "个人原因", "Personal reasons"),
    ("suspension", "other", "其他", "Other"),
)
"""list, code, Chinese, English"""


def put_reasons() -> None:
    """Add what is missing; the caller commits."""
    have = {(of, code) for of, code in db.session.execute(select(Reason.of, Reason.code))}
    db.session.add_all(
        Reason(of=of, code=code, name=name, name_en=name_en)
        for of, code, name, name_en in STARTING_POINT
        if (of, code) not in have
    )
