"""What every base starts with: thresholds, the official forms and what is required of sites.
Running it again adds only what is missing, and never touches what a base has set."""

from decimal import Decimal

from sqlalchemy import select

from trainingbase.assessments.start import put_instruments
from trainingbase.courses.start import put_reasons
from trainingbase.db import db
from trainingbase.leave.start import put_rules as put_leave_rules
from trainingbase.network.start import put_rules as put_readiness_rules
from trainingbase.thresholds.models import Threshold
from trainingbase.thresholds.seed import STARTING_POINT


def start_with() -> None:
    have = set(db.session.scalars(select(Threshold.key)))
    for key, value, unit, name, name_en, source, confidence in STARTING_POINT:
        if key not in have:
            db.session.add(
                Threshold(
                    key=key,
                    value=Decimal(value),
                    unit=unit,
                    name=name,
                    name_en=name_en,
                    source=source,
                    confidence=confidence,
                )
            )
    put_instruments()
    put_reasons()
    put_leave_rules()
    put_readiness_rules()
    db.session.commit()
