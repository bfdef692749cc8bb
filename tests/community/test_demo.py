"""The demonstration's months."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from trainingbase.community.models import MonthlyEntry
from trainingbase.db import db
from trainingbase.demo import reporting
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.models import Count


def test_the_demonstration_enters_months_and_counts_figures(county, office):
    said = []
    at = datetime(2026, 11, 22, tzinfo=UTC)
    reporting.play(office=office, today=date(2026, 11, 22), at=at, say=said.append)
    assert db.session.scalar(select(func.count()).select_from(MonthlyEntry)) > 20
    assert db.session.scalar(select(func.count()).select_from(Count)) == len(INDICATORS)
    assert said
