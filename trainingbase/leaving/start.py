"""The general rules of leaving that a new base starts from, each with where it was read.

The score is the one of the generic exit form: daily 50, theory 10, skill 40.  What one platform
refuses to pass (diseases, cases or procedures below 80 %, fewer than four study activities a
month, a record graded C) is a veto here; what has no source is this portal's choice (S) and only
advises, but for the pass mark.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.leaving.models import Gate, GateItem

GENERIC = "WM 临床医学培训出科考核评分表"
FAILS = "WM 临床医学培训出科考核评分表（不合格条件）"
JIANGSU = "WM 江苏省临床轮转出科表"
LEAVE = "WM evaluation_1.0"
ITEMS = (
    ("attendance", "advice", 90, "Base", "S"),
    ("leave_days", "advice", 2, LEAVE, "M"),
    ("absence", "advice", 0, "Base", "S"),
    ("log", "advice", 80, "Base", "S"),
    ("diseases", "veto", 80, FAILS, "M"),
    ("cases", "veto", 80, FAILS, "M"),
    ("procedures", "veto", 80, FAILS, "M"),
    ("activities", "veto", 4, FAILS, "M"),
    ("mini_cex", "advice", 1, "Base", "S"),
    ("dops", "advice", 1, "Base", "S"),
    ("department_360", "advice", 1, "Base", "S"),
    ("exit_form", "needed", 1, "KH15 §8", "H"),
    ("appraisal", "needed", 1, JIANGSU, "H"),
    ("c_records", "veto", 0, FAILS, "M"),
    ("theory", "veto", 60, "Base", "S"),
    ("skill", "veto", 60, "Base", "S"),
    ("score", "veto", 60, "Base", "S"),
)
SINCE = date(2000, 1, 1)


def put_gate() -> None:
    """The general one, once; what the base has set stays.  The caller commits."""
    if db.session.scalar(select(Gate.id).limit(1)) is not None:
        return
    db.session.add(
        Gate(
            starts_on=SINCE,
            daily=Decimal(50),
            theory=Decimal(10),
            skill=Decimal(40),
            source=GENERIC,
            confidence="H",
            made_at=datetime(2000, 1, 1, tzinfo=UTC),
            items=[
                GateItem(
                    item=item,
                    effect=effect,
                    least=Decimal(least),
                    source=source,
                    confidence=confidence,
                )
                for item, effect, least, source, confidence in ITEMS
            ],
        )
    )
